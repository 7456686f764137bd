import { and, desc, gt, inArray, isNotNull, lt, lte, min, ne, notLike, or, sql } from 'drizzle-orm';
import {
  audit,
  follow,
  household,
  inbox,
  inboxByKey,
  jobRun,
  liveCard,
  outbox,
  told,
} from '../schema/index.ts';
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
    /**
     * Bodies and stored answers of events received before (decision 28), of at most `limit` events after the number
     * `after`; up to which number, null when nothing was left. Numbers rise with time; what a clock that was set back
     * stamped later than `now` goes too, for nobody can tell how old it is.
     */
    dropBodies(after: number, before: number, now: number, limit: number): number | null {
      const rows = db
        .select({ id: inbox.id, at: inbox.receivedAt })
        .from(inbox)
        .where(gt(inbox.id, after))
        .orderBy(inbox.id)
        .limit(limit)
        .all();
      const young = rows.findIndex(({ at }) => at >= before && at <= now);
      const last = (young < 0 ? rows : rows.slice(0, young)).at(-1);
      if (!last) return null;
      db.update(inbox)
        .set({ bodySealed: null, answerSealed: null })
        .where(and(gt(inbox.id, after), lte(inbox.id, last.id), isNotNull(inbox.bodySealed)))
        .run();
      return last.id;
    },
    /**
     * Keys that can no longer return. A failed one stays: its number was told to somebody; so does the newest, for its
     * number is not to be given twice.
     */
    dropKeys(before: number, limit: number): number {
      const old = db
        .select({ id: inbox.id, key: inbox.key, at: inbox.receivedAt })
        .from(inbox)
        .where(and(ne(inbox.status, 'failed'), lt(inbox.id, sql`(select max(id) from inbox)`)))
        .orderBy(inbox.id)
        .limit(limit)
        .all()
        .filter(({ at }) => at < before);
      if (old.length === 0) return 0;
      const keys = old.map(({ key }) => key);
      const ids = old.map(({ id }) => id);
      db.delete(inboxByKey).where(inArray(inboxByKey.key, keys)).run();
      db.delete(inbox).where(inArray(inbox.id, ids)).run();
      return old.length;
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
    sealedSample(): string | null {
      const newest = db
        .select({ sealed: household.addressSealed })
        .from(household)
        .orderBy(desc(household.id))
        .limit(1)
        .get();
      if (newest) return newest.sealed;
      const traced = db
        .select({ sealed: audit.dataSealed })
        .from(audit)
        .where(isNotNull(audit.dataSealed))
        .orderBy(desc(audit.seq))
        .limit(1)
        .get();
      return traced?.sealed ?? null;
    },
    auditLength: (): number => db.select({ count: sql<number>`count(*)` }).from(audit).get()?.count ?? 0,
  };
}
