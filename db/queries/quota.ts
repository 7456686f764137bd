import { and, eq, gte, lt, lte, sql } from 'drizzle-orm';
import { quota } from '../schema/index.ts';
import type { Session } from './session.ts';

/** Sums of some days. */
export interface QuotaSums {
  calls: number;
  pushes: number;
  /** The first day counted; null when there is none. */
  from: string | null;
  /** The platform said on the last of these days that none are left. */
  callsRefused: boolean;
  pushesRefused: boolean;
}

/** What each connection took of its monthly allowance. Days are YYYY-MM-DD. */
export function quotaQueries({ db }: Pick<Session, 'db'>) {
  const add = db
    .insert(quota)
    .values({
      connection: sql.placeholder('connection'),
      day: sql.placeholder('day'),
      calls: sql.placeholder('calls'),
      pushes: sql.placeholder('pushes'),
    })
    .onConflictDoUpdate({
      target: [quota.connection, quota.day],
      set: { calls: sql`${quota.calls} + excluded.calls`, pushes: sql`${quota.pushes} + excluded.pushes` },
    })
    .prepare();
  // Of the last day only: each day one call finds out anew, for more may have been bought.
  const refusedOn = (column: typeof quota.callsRefused | typeof quota.pushesRefused) =>
    sql<number>`coalesce(max(case when ${quota.day} = ${sql.placeholder('last')} then ${column} end), 0)`;
  const sums = db
    .select({
      calls: sql<number>`coalesce(sum(${quota.calls}), 0)`,
      pushes: sql<number>`coalesce(sum(${quota.pushes}), 0)`,
      from: sql<string | null>`min(${quota.day})`,
      callsRefused: refusedOn(quota.callsRefused),
      pushesRefused: refusedOn(quota.pushesRefused),
    })
    .from(quota)
    .where(
      and(
        eq(quota.connection, sql.placeholder('connection')),
        gte(quota.day, sql.placeholder('first')),
        lte(quota.day, sql.placeholder('last')),
      ),
    )
    .prepare();
  return {
    add(connection: string, day: string, spent: { calls: number; pushes: number }): void {
      add.run({ connection, day, calls: spent.calls, pushes: spent.pushes });
    },
    sums(connection: string, first: string, last: string): QuotaSums {
      const row = sums.get({ connection, first, last });
      return {
        calls: row?.calls ?? 0,
        pushes: row?.pushes ?? 0,
        from: row?.from ?? null,
        callsRefused: row?.callsRefused === 1,
        pushesRefused: row?.pushesRefused === 1,
      };
    },
    /** The platform said that the month's allowance is used up. */
    refuse(connection: string, day: string, kind: 'calls' | 'pushes'): void {
      const set = kind === 'calls' ? { callsRefused: true } : { pushesRefused: true };
      db.insert(quota)
        .values({ connection, day, ...set })
        .onConflictDoUpdate({ target: [quota.connection, quota.day], set })
        .run();
    },
    /** It works again: more was bought. */
    allow(connection: string, day: string, kind: 'calls' | 'pushes'): void {
      db.update(quota)
        .set(kind === 'calls' ? { callsRefused: false } : { pushesRefused: false })
        .where(and(eq(quota.connection, connection), eq(quota.day, day)))
        .run();
    },
    /** Months nobody asks after any more. */
    drop(before: string): void {
      db.delete(quota).where(lt(quota.day, before)).run();
    },
  };
}
