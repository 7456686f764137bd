import { and, eq, gt, lt, lte, min, type SQL, sql } from 'drizzle-orm';
import { outbox } from '../schema/index.ts';
import { chatOf, holdsOthers, isDue, outboxBacklog, type Waiting } from './outbox-backlog.ts';
import type { Session } from './session.ts';

export type OutboxRow = typeof outbox.$inferSelect;

/** In the order in which they are served (decision 38). */
const LANES: readonly OutboxRow['lane'][] = ['answer', 'urgent', 'digest', 'nudge'];
/** So many rows of a lane are walked in order; beyond that what waits is kept in mind chat by chat. */
const WALK = 256;

// States stand as words in the SQL, not as parameters: only then the partial indexes serve.
const UNSENT = sql`${outbox.state} <> 'sent'`;
const unsent = (state: 'pending' | 'leased'): SQL | undefined =>
  and(sql`${outbox.state} = ${sql.raw(`'${state}'`)}`, UNSENT);

/** Which messages may go now, and when the next ones may: cost by what is looked for, not by how much waits. */
export function outboxHeads({ db, prepare }: Session) {
  const now = sql.placeholder('now');
  const walk = prepare<Waiting>(
    `select id, connection, target_id as "targetId", not_before as "notBefore", attempts, state from outbox
      where state in ('pending', 'leased') and lane = ? and (not_before <= ? or attempts > 0)
      order by id limit ${WALK}`,
  );
  const newest = prepare<{ id: number | null }>('select max(id) as id from outbox');
  const backlog = outboxBacklog({ prepare });
  const whole = db
    .select()
    .from(outbox)
    .where(eq(outbox.id, sql.placeholder('id')))
    .prepare();
  const expired = db
    .select()
    .from(outbox)
    .where(and(unsent('leased'), lt(outbox.leaseUntil, now)))
    .prepare();
  const nextAt = db
    .select({ at: min(outbox.notBefore) })
    .from(outbox)
    .where(unsent('pending'))
    .prepare();
  const heldUntil = db
    .select({ at: min(outbox.notBefore) })
    .from(outbox)
    .where(and(unsent('pending'), gt(outbox.notBefore, sql.placeholder('after'))))
    .prepare();
  const count = { count: sql<number>`count(*)` };
  const leased = db.select(count).from(outbox).where(unsent('leased')).prepare();
  const ripe = db
    .select(count)
    .from(outbox)
    .where(and(unsent('pending'), lte(outbox.notBefore, now)))
    .prepare();

  const isOpen = prepare<{ open: 0 | 1 }>(
    `select exists (select 1 from outbox where state = 'leased' and state <> 'sent')
      or exists (select 1 from outbox where state = 'pending' and state <> 'sent' and not_before <= ?) as open`,
  );

  /** Those of one lane, the front of it walked in order. */
  function headsOf(lane: OutboxRow['lane'], at: number, limit: number, committed: number): number[] {
    if (backlog.isLong(lane)) return backlog.heads(lane, at, limit, committed);
    const rows = walk.all(lane, at);
    const found: number[] = [];
    const chats = new Set<string>();
    for (const row of rows) {
      const chat = chatOf(row);
      if (chats.has(chat) || !holdsOthers(row, at)) continue;
      chats.add(chat);
      if (isDue(row, at) && found.push(row.id) >= limit) break;
    }
    if (rows.length === WALK && found.length < limit) return backlog.heads(lane, at, limit, committed);
    backlog.forget(lane);
    return found;
  }

  return {
    /**
     * Heads of the lanes that are due: inside one chat and lane the order is kept, a head in back-off holds those
     * behind it; other lanes and chats go on (decision 38). `committed`: see `newest`.
     */
    heads(at: number, limit: number, busy: readonly number[], committed: number): OutboxRow[] {
      const found: number[] = [];
      for (const lane of LANES) {
        if (found.length >= limit) break;
        found.push(...headsOf(lane, at, limit - found.length, committed));
      }
      return found.flatMap((id) => (busy.includes(id) ? [] : (whole.get({ id }) ?? [])));
    },
    /** The number of the newest message; outside a transaction, of the newest that is on disk. */
    newest: (): number => newest.get()?.id ?? 0,
    /** Leases whose holder is gone. */
    expired: (at: number): OutboxRow[] => expired.all({ now: at }),
    /** Earliest instant at which something may become due, or null. */
    nextAt: (): number | null => nextAt.get()?.at ?? null,
    /** The earliest instant after `after` for which something is held back, or null. */
    heldUntil: (after: number): number | null => heldUntil.get({ after })?.at ?? null,
    /** Is anything not yet final and due by `at`? Held-back ones do not count. */
    isOpen: (at: number): boolean => isOpen.get(at)?.open === 1,
    /** How many are. */
    open: (at: number): number => (leased.get()?.count ?? 0) + (ripe.get({ now: at })?.count ?? 0),
  };
}
