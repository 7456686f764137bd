import { and, desc, eq, gt, inArray, lte, sql } from 'drizzle-orm';
import { outbox } from '../schema/index.ts';
import { type OutboxRow, outboxHeads } from './outbox-heads.ts';
import type { Session } from './session.ts';

export type { OutboxRow };

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

/** As a word, not as a parameter: only then the partial index on what is not sent serves. */
const UNSENT = sql`${outbox.state} <> 'sent'`;
const LONGEST_BACKOFF = 10 * 60_000;
/** Messages looked through for those of one chat. */
const LOOKED_AT = 2_000;

/** Messages to be sent, once each (decisions 37–38). Times are epoch ms. */
export function outboxQueries(session: Session) {
  const { db, vault, prepare } = session;
  const insert = prepare(
    `insert into outbox (cause, ordinal, connection, kind, target_type, target_id, lane, payload, message_id, exempt,
      not_before, created_at, state, uuid) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?) on conflict do nothing`,
  );
  const pendingUpdate = prepare<{ id: number }>(
    `select id from outbox where state = 'pending' and kind = 'update' and payload = ?
      and message_id = (select message_id from live_card where id = ?)`,
  );
  const lease = db
    .update(outbox)
    .set({
      state: 'leased',
      leaseUntil: sql`${sql.placeholder('until')}`,
      attemptedAt: sql`${sql.placeholder('now')}`,
      firstAttemptAt: sql`coalesce(${outbox.firstAttemptAt}, ${sql.placeholder('now')})`,
      attempts: sql`${outbox.attempts} + 1`,
    })
    .where(and(eq(outbox.id, sql.placeholder('id')), eq(outbox.state, 'pending')))
    .prepare();
  const sent = db
    .update(outbox)
    .set({
      state: 'sent',
      sentMessageId: sql`${sql.placeholder('messageId')}`,
      sentAt: sql`${sql.placeholder('now')}`,
      leaseUntil: null,
      error: null,
    })
    .where(eq(outbox.id, sql.placeholder('id')))
    .prepare();
  return {
    ...outboxHeads(session),
    add(row: NewMessage): void {
      // The uuid stays the same at every attempt, also after a crash; at most 50 characters (Feishu).
      insert.run(
        row.cause,
        row.ordinal,
        row.connection,
        row.kind,
        row.targetType,
        row.targetId,
        row.lane,
        row.payload,
        row.messageId ?? null,
        row.exempt ? 1 : 0,
        row.notBefore,
        row.now,
        `lx-${vault.nonce()}`,
      );
    },
    /** `attempted_at` is durable before the call (decision 37). */
    lease(ids: number[], now: number, until: number): void {
      for (const id of ids) lease.run({ id, now, until });
    },
    sent: (id: number, messageId: string, now: number): void => void sent.run({ id, messageId, now }),
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
     * back-off that has become longer than any ends; what is in doubt is looked at now, before the clock has caught up
     * and makes it look young again; no lease is longer than a lease.
     */
    clockSetBack(now: number, leaseUntil: number): void {
      db.update(outbox)
        .set({ notBefore: now })
        .where(
          and(
            UNSENT,
            eq(outbox.state, 'pending'),
            gt(outbox.notBefore, now),
            sql`((${outbox.attempts} = 0 and ${outbox.notBefore} = ${outbox.createdAt})
              or ${outbox.firstAttemptAt} > ${now}
              or (${outbox.attempts} > 0 and ${outbox.exempt} and ${outbox.notBefore} > ${now + LONGEST_BACKOFF}))`,
          ),
        )
        .run();
      db.update(outbox)
        .set({ leaseUntil })
        .where(and(UNSENT, eq(outbox.state, 'leased'), gt(outbox.leaseUntil, leaseUntil)))
        .run();
    },
    /** Held back without an attempt (quiet hours). */
    hold(id: number, notBefore: number): void {
      db.update(outbox)
        .set({ notBefore })
        .where(and(eq(outbox.id, id), eq(outbox.state, 'pending')))
        .run();
    },
    /** Held back as if it had never been tried, which a definite "no" allows: it does not stop those behind it. */
    postpone(id: number, notBefore: number): void {
      db.update(outbox)
        .set({ notBefore, attempts: 0 })
        .where(and(eq(outbox.id, id), eq(outbox.state, 'pending')))
        .run();
    },
    /** What waits behind this one in its lane and was not tried yet, in its order. */
    behind: (row: OutboxRow, limit: number): OutboxRow[] =>
      db
        .select()
        .from(outbox)
        .where(
          and(
            sql`${outbox.state} in ('pending', 'leased')`,
            eq(outbox.lane, row.lane),
            gt(outbox.id, row.id),
            lte(outbox.id, row.id + LOOKED_AT),
            eq(outbox.connection, row.connection),
            eq(outbox.targetId, row.targetId),
            eq(outbox.state, 'pending'),
            eq(outbox.exempt, row.exempt),
          ),
        )
        .orderBy(outbox.id)
        .limit(limit)
        .all(),
    /** What is about to go to a page of somebody's own and waits for no hour, the newest first: the answers to what was just said. */
    underWayToPage: (targetId: string, now: number): number[] =>
      db
        .select({ id: outbox.id })
        .from(outbox)
        .where(
          and(
            sql`${outbox.connection} = 'page'`,
            sql`${outbox.state} in ('pending', 'leased')`,
            eq(outbox.targetId, targetId),
            eq(outbox.exempt, true),
            lte(outbox.notBefore, now),
          ),
        )
        .orderBy(desc(outbox.id))
        .all()
        .map((row) => row.id),
    /** Before its first attempt only: what has a uuid at the platform stays as it is. */
    rewrite(id: number, payload: string): string {
      db.update(outbox)
        .set({ payload })
        .where(and(eq(outbox.id, id), eq(outbox.attempts, 0)))
        .run();
      return payload;
    },
    end(id: number, state: 'dead' | 'uncertain' | 'dropped', error: string | null, now: number): void {
      db.update(outbox).set({ state, error, leaseUntil: null, sentAt: now }).where(eq(outbox.id, id)).run();
    },
    get: (id: number): OutboxRow | undefined => db.select().from(outbox).where(eq(outbox.id, id)).get(),
    inState: (states: OutboxRow['state'][], limit = 50): OutboxRow[] =>
      db
        .select()
        .from(outbox)
        .where(and(UNSENT, inArray(outbox.state, states)))
        .orderBy(outbox.id)
        .limit(limit)
        .all(),
    pendingUpdate: (cardId: number): boolean =>
      pendingUpdate.get(JSON.stringify({ card: cardId }), cardId) !== undefined,
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
