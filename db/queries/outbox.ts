import { and, eq, gt, inArray, lt, min, sql } from 'drizzle-orm';
import { outbox } from '../schema/index.ts';
import type { Session } from './session.ts';

export type OutboxRow = typeof outbox.$inferSelect;

export interface NewMessage {
  /** What caused it, and the how-manieth message of that cause: together unique. */
  cause: string;
  ordinal: number;
  connection: string;
  kind: OutboxRow['kind'];
  targetType: OutboxRow['targetType'];
  targetId: string;
  lane: OutboxRow['lane'];
  payload: string;
  messageId?: string | null;
  exempt: boolean;
  notBefore: number;
  now: number;
}

const LONGEST_BACKOFF = 10 * 60_000;
const LANE_RANK = sql`case ${outbox.lane} when 'answer' then 0 when 'urgent' then 1 when 'digest' then 2 else 3 end`;

/** Messages to be sent, once each (decisions 37–38). Times are epoch ms. */
export function outboxQueries({ db, vault }: Session) {
  const insert = db
    .insert(outbox)
    .values({
      cause: sql.placeholder('cause'),
      ordinal: sql.placeholder('ordinal'),
      connection: sql.placeholder('connection'),
      kind: sql.placeholder('kind'),
      targetType: sql.placeholder('targetType'),
      targetId: sql.placeholder('targetId'),
      lane: sql.placeholder('lane'),
      payload: sql.placeholder('payload'),
      messageId: sql.placeholder('messageId'),
      exempt: sql.placeholder('exempt'),
      notBefore: sql.placeholder('notBefore'),
      createdAt: sql.placeholder('createdAt'),
      state: 'pending',
      uuid: sql.placeholder('uuid'),
    })
    .onConflictDoNothing()
    .prepare();
  return {
    add(row: NewMessage): void {
      insert.run({
        cause: row.cause,
        ordinal: row.ordinal,
        connection: row.connection,
        kind: row.kind,
        targetType: row.targetType,
        targetId: row.targetId,
        lane: row.lane,
        payload: row.payload,
        messageId: row.messageId ?? null,
        exempt: row.exempt,
        notBefore: row.notBefore,
        createdAt: row.now,
        // The same at every attempt, also after a crash; at most 50 characters (Feishu).
        uuid: `lx-${vault.digest('outbox', `${row.cause}#${row.ordinal}`)}`,
      });
    },
    /**
     * Heads of the lanes that are due: inside one chat and lane the order is kept, a head in back-off holds those
     * behind it; other lanes and chats go on (decision 38).
     */
    heads(now: number, limit: number, busy: readonly number[]): OutboxRow[] {
      const rows = db
        .select()
        .from(outbox)
        .where(
          and(
            eq(outbox.state, 'pending'),
            sql`${outbox.notBefore} <= ${now}`,
            sql`not exists (select 1 from outbox p where p.connection = ${outbox.connection} and p.target_id = ${outbox.targetId}
              and p.lane = ${outbox.lane} and p.id < ${outbox.id} and p.state in ('pending', 'leased') and (p.attempts > 0 or p.not_before <= ${now}))`,
          ),
        )
        .orderBy(LANE_RANK, outbox.id)
        .limit(limit)
        .all();
      return rows.filter((row) => !busy.includes(row.id));
    },
    /** `attempted_at` is durable before the call (decision 37). */
    lease(ids: number[], now: number, until: number): void {
      if (ids.length === 0) return;
      db.update(outbox)
        .set({
          state: 'leased',
          leaseUntil: until,
          attemptedAt: now,
          firstAttemptAt: sql`coalesce(${outbox.firstAttemptAt}, ${now})`,
          attempts: sql`${outbox.attempts} + 1`,
        })
        .where(and(inArray(outbox.id, ids), eq(outbox.state, 'pending')))
        .run();
    },
    sent(id: number, messageId: string, now: number): void {
      db.update(outbox)
        .set({ state: 'sent', sentMessageId: messageId, sentAt: now, leaseUntil: null, error: null })
        .where(eq(outbox.id, id))
        .run();
    },
    again(id: number, notBefore: number, error: string, keepFirst: boolean): void {
      db.update(outbox)
        .set({
          state: 'pending',
          notBefore,
          leaseUntil: null,
          error,
          ...(keepFirst ? {} : { firstAttemptAt: null }),
        })
        .where(eq(outbox.id, id))
        .run();
    },
    /**
     * The clock was set back (or may have been, before a start): what was to go at once goes now, in its order; a
     * back-off that has become longer than any ends; no lease is longer than a lease.
     */
    clockSetBack(now: number, leaseUntil: number): void {
      db.update(outbox)
        .set({ notBefore: now })
        .where(
          and(
            eq(outbox.state, 'pending'),
            gt(outbox.notBefore, now),
            sql`((${outbox.attempts} = 0 and ${outbox.notBefore} = ${outbox.createdAt})
              or (${outbox.attempts} > 0 and ${outbox.exempt} and ${outbox.notBefore} > ${now + LONGEST_BACKOFF}))`,
          ),
        )
        .run();
      db.update(outbox)
        .set({ leaseUntil })
        .where(and(eq(outbox.state, 'leased'), gt(outbox.leaseUntil, leaseUntil)))
        .run();
    },
    /** Held back without an attempt (quiet hours). */
    hold(id: number, notBefore: number): void {
      db.update(outbox)
        .set({ notBefore })
        .where(and(eq(outbox.id, id), eq(outbox.state, 'pending')))
        .run();
    },
    end(id: number, state: 'dead' | 'uncertain' | 'dropped', error: string | null, now: number): void {
      db.update(outbox).set({ state, error, leaseUntil: null, sentAt: now }).where(eq(outbox.id, id)).run();
    },
    get: (id: number): OutboxRow | undefined => db.select().from(outbox).where(eq(outbox.id, id)).get(),
    /** Leases whose holder is gone. */
    expired: (now: number): OutboxRow[] =>
      db
        .select()
        .from(outbox)
        .where(and(eq(outbox.state, 'leased'), lt(outbox.leaseUntil, now)))
        .all(),
    inState: (states: OutboxRow['state'][], limit = 50): OutboxRow[] =>
      db.select().from(outbox).where(inArray(outbox.state, states)).orderBy(outbox.id).limit(limit).all(),
    /** Earliest instant at which something may become due, or null. */
    nextAt(): number | null {
      return (
        db
          .select({ at: min(outbox.notBefore) })
          .from(outbox)
          .where(eq(outbox.state, 'pending'))
          .get()?.at ?? null
      );
    },
    /** The earliest instant after `after` for which something is held back, or null. */
    heldUntil(after: number): number | null {
      return (
        db
          .select({ at: min(outbox.notBefore) })
          .from(outbox)
          .where(and(eq(outbox.state, 'pending'), gt(outbox.notBefore, after)))
          .get()?.at ?? null
      );
    },
    /** Not yet final and due by `now` (held-back ones do not count). */
    open(now: number): number {
      return (
        db
          .select({ count: sql<number>`count(*)` })
          .from(outbox)
          .where(
            sql`(${outbox.state} = 'leased') or (${outbox.state} = 'pending' and ${outbox.notBefore} <= ${now})`,
          )
          .get()?.count ?? 0
      );
    },
    pendingUpdate(cardId: number): boolean {
      return (
        db
          .select({ id: outbox.id })
          .from(outbox)
          .where(
            and(
              eq(outbox.state, 'pending'),
              eq(outbox.kind, 'update'),
              eq(outbox.payload, JSON.stringify({ card: cardId })),
            ),
          )
          .limit(1)
          .get() !== undefined
      );
    },
    /** Newest `sent` id so far, and how many were sent or ended after it: what a tick reports. */
    countSince(id: number): { sent: number; failed: number } {
      const rows = db
        .select({ state: outbox.state, count: sql<number>`count(*)` })
        .from(outbox)
        .where(sql`${outbox.sentAt} >= ${id}`)
        .groupBy(outbox.state)
        .all();
      const of = (state: OutboxRow['state']) => rows.find((row) => row.state === state)?.count ?? 0;
      return { sent: of('sent'), failed: of('dead') + of('uncertain') };
    },
  };
}
