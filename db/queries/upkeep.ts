import { and, desc, gt, gte, inArray, isNotNull, lt, lte, min, ne, notLike, or, sql } from 'drizzle-orm';
import { audit, follow, inbox, jobRun, liveCard, outbox, told } from '../schema/index.ts';
import type { Session } from './session.ts';

/** What the house does for itself: figures of the outbox, what is not kept for ever. Times are epoch ms. */
export function upkeepQueries({ db }: Pick<Session, 'db'>) {
  return {
    /** How many messages are in each state that is not final, and when the oldest due one was written. */
    outbox(now: number): { states: { state: string; count: number }[]; oldestAt: number | null } {
      // The partial index on what is not sent answers this, however much was sent.
      const unsent = ne(outbox.state, sql`'sent'`);
      const states = db
        .select({ state: outbox.state, count: sql<number>`count(*)` })
        .from(outbox)
        .where(and(unsent, ne(outbox.state, 'dropped')))
        .groupBy(outbox.state)
        .all();
      const oldest = db
        .select({ at: min(outbox.createdAt) })
        .from(outbox)
        .where(and(unsent, inArray(outbox.state, ['pending', 'leased']), lte(outbox.notBefore, now)))
        .get();
      return { states, oldestAt: oldest?.at ?? null };
    },
    /** Bodies and stored answers of events received in [from, before); at most `limit` rows, how many (decision 28). */
    dropBodies(from: number, before: number, limit: number): number {
      const some = db
        .select({ id: inbox.id })
        .from(inbox)
        .where(and(gte(inbox.receivedAt, from), lt(inbox.receivedAt, before), isNotNull(inbox.bodySealed)))
        .limit(limit);
      return db
        .update(inbox)
        .set({ bodySealed: null, answerSealed: null })
        .where(inArray(inbox.id, some))
        .returning({ id: inbox.id })
        .all().length;
    },
    /** Keys that can no longer return. A failed one stays: its number was told to somebody. */
    dropKeys(before: number, limit: number): number {
      const some = db
        .select({ id: inbox.id })
        .from(inbox)
        .where(and(lt(inbox.receivedAt, before), ne(inbox.status, 'failed')))
        .limit(limit);
      return db.delete(inbox).where(inArray(inbox.id, some)).returning({ id: inbox.id }).all().length;
    },
    dropSent(before: number, limit: number): number {
      const some = db
        .select({ id: outbox.id })
        .from(outbox)
        .where(and(lt(outbox.sentAt, before), inArray(outbox.state, ['sent', 'dropped'])))
        .limit(limit);
      return db.delete(outbox).where(inArray(outbox.id, some)).returning({ id: outbox.id }).all().length;
    },
    /** Cards whose life ended before: nothing updates them any more. */
    dropCards(before: number, limit: number): number {
      const ids = db
        .select({ id: liveCard.id })
        .from(liveCard)
        .where(lt(liveCard.retiredAt, before))
        .limit(limit)
        .all()
        .map((row) => row.id);
      if (ids.length === 0) return 0;
      db.delete(follow).where(inArray(follow.cardId, ids)).run();
      db.delete(liveCard).where(inArray(liveCard.id, ids)).run();
      return ids.length;
    },
    /** "Once per person and kind" of the input guard holds for ever (decision 10); the others are bounded by days. */
    dropTold(before: number): void {
      db.delete(told)
        .where(and(lt(told.at, before), notLike(told.kind, 'guard:%')))
        .run();
    },
    dropRuns(before: number): void {
      db.delete(jobRun).where(lt(jobRun.ranAt, before)).run();
    },
    /**
     * In a restored copy: messages that were waiting may have been sent since, so they are in doubt, to be sent again
     * by an administrator (decision 37). Card updates show the present state and may go on. How many.
     */
    doubtWaiting(now: number): number {
      return db
        .update(outbox)
        .set({ state: 'uncertain', error: 'lost', leaseUntil: null, sentAt: now })
        .where(
          and(
            inArray(outbox.state, ['pending', 'leased']),
            inArray(outbox.kind, ['send', 'reply', 'react']),
            // What was never tried and is due later cannot have been sent by now; a back-off says nothing of the kind.
            or(lte(outbox.notBefore, now), gt(outbox.attempts, 0)),
          ),
        )
        .returning({ id: outbox.id })
        .all().length;
    },
    /** Something the office's key must open; null in an office that has sealed nothing yet. */
    sealedSample: (): string | null =>
      db
        .select({ sealed: audit.dataSealed })
        .from(audit)
        .where(isNotNull(audit.dataSealed))
        .orderBy(desc(audit.seq))
        .limit(1)
        .get()?.sealed ?? null,
    auditLength: (): number => db.select({ count: sql<number>`count(*)` }).from(audit).get()?.count ?? 0,
  };
}
