import { and, asc, eq, gt, inArray, lt, lte, min, type SQL, sql } from 'drizzle-orm';
import { outbox } from '../schema/index.ts';
import type { Session } from './session.ts';

export type OutboxRow = typeof outbox.$inferSelect;

/** In the order in which they are served (decision 38). */
const LANES: readonly OutboxRow['lane'][] = ['answer', 'urgent', 'digest', 'nudge'];
/** So many rows of a lane are walked in order; beyond that one look per chat is cheaper than one per message. */
const WALK = 512;
const NO_EDGE = Number.MAX_SAFE_INTEGER;

// States stand as words in the SQL, not as parameters: only then the partial indexes serve.
const PENDING = sql`${outbox.state} = 'pending'`;
const UNSENT = sql`${outbox.state} <> 'sent'`;
const unsent = (state: 'pending' | 'leased'): SQL | undefined =>
  and(sql`${outbox.state} = ${sql.raw(`'${state}'`)}`, UNSENT);

/** Which messages may go now, and when the next ones may: cost by what is looked for, not by how much waits. */
export function outboxHeads({ db }: Session) {
  const lane = sql.placeholder('lane');
  const now = sql.placeholder('now');
  const due = and(PENDING, eq(outbox.lane, lane), lte(outbox.notBefore, now));
  const edgeOf = db
    .select({ id: outbox.id })
    .from(outbox)
    .where(due)
    .orderBy(asc(outbox.id))
    .limit(1)
    .offset(WALK - 1)
    .prepare();
  const walk = db
    .select()
    .from(outbox)
    .where(
      and(
        due,
        lte(outbox.id, sql.placeholder('edge')),
        sql`not exists (select 1 from outbox p where p.connection = ${outbox.connection} and p.target_id = ${outbox.targetId}
          and p.lane = ${outbox.lane} and p.id < ${outbox.id} and p.state in ('pending', 'leased')
          and (p.attempts > 0 or p.not_before <= ${now}))`,
      ),
    )
    .orderBy(asc(outbox.id))
    .limit(sql.placeholder('limit'))
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

  /** One head a lane of a chat, found chat by chat: for the day when one chat is flooded. */
  function scattered(at: number): OutboxRow[] {
    const ids = db.all<{ id: number | null }>(sql`
      with recursive first(id) as (
        select * from (select id from outbox where state in ('pending', 'leased')
          order by connection, target_id, lane, id limit 1)
        union all
        select (select n.id from outbox n where n.state in ('pending', 'leased')
            and (n.connection, n.target_id, n.lane) > (o.connection, o.target_id, o.lane)
            order by n.connection, n.target_id, n.lane, n.id limit 1)
          from first join outbox o on o.id = first.id
      )
      select (select h.id from outbox h where h.connection = o.connection and h.target_id = o.target_id
          and h.lane = o.lane and h.state in ('pending', 'leased') and (h.attempts > 0 or h.not_before <= ${at})
          order by h.id limit 1) as id
        from first join outbox o on o.id = first.id`);
    const wanted = JSON.stringify(ids.flatMap(({ id }) => id ?? []));
    return db
      .select()
      .from(outbox)
      .where(
        and(
          inArray(outbox.id, sql`(select value from json_each(${wanted}))`),
          PENDING,
          lte(outbox.notBefore, at),
        ),
      )
      .all();
  }

  return {
    /**
     * Heads of the lanes that are due: inside one chat and lane the order is kept, a head in back-off holds those
     * behind it; other lanes and chats go on (decision 38).
     */
    heads(at: number, limit: number, busy: readonly number[]): OutboxRow[] {
      const found: OutboxRow[] = [];
      for (const each of LANES) {
        if (found.length >= limit) break;
        const edge = edgeOf.get({ lane: each, now: at })?.id ?? NO_EDGE;
        const rows = walk.all({ lane: each, now: at, edge, limit: limit - found.length });
        if (edge !== NO_EDGE && found.length + rows.length < limit) {
          const others = scattered(at).filter((row) => row.lane === each);
          rows.splice(0, rows.length, ...others.sort((a, b) => a.id - b.id).slice(0, limit - found.length));
        }
        found.push(...rows);
      }
      return found.filter((row) => !busy.includes(row.id));
    },
    /** Leases whose holder is gone. */
    expired: (at: number): OutboxRow[] => expired.all({ now: at }),
    /** Earliest instant at which something may become due, or null. */
    nextAt: (): number | null => nextAt.get()?.at ?? null,
    /** The earliest instant after `after` for which something is held back, or null. */
    heldUntil: (after: number): number | null => heldUntil.get({ after })?.at ?? null,
    /** Not yet final and due by `at` (held-back ones do not count). */
    open: (at: number): number => (leased.get()?.count ?? 0) + (ripe.get({ now: at })?.count ?? 0),
  };
}
