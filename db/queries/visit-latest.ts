import { and, desc, eq, getTableColumns, gt, isNull, sql } from 'drizzle-orm';
import { visit, visitor } from '../schema/index.ts';
import { wentSince } from './filing.ts';
import type { Session } from './session.ts';

/** Visits looked through for those typed for others: about a month of a county. */
const LOOKED_AT = 20_000;

/** How a typist's standing records are found. */
interface LatestTyped {
  latest(typistId: number): typeof visit.$inferSelect | undefined;
  /** The newest first. */
  recent(typistId: number, limit: number): (typeof visit.$inferSelect)[];
}

/**
 * A typist's newest standing records. There is no index of typists, for it would cost every visit: who types for others
 * mostly went himself as well, and what he typed since is looked for among the newest.
 */
export function latestTyped({ db, prepare }: Pick<Session, 'db' | 'prepare'>): LatestTyped {
  const latestOwn = db
    .select(getTableColumns(visit))
    .from(visitor)
    .innerJoin(visit, eq(visit.id, visitor.visitId))
    .where(
      and(
        wentSince(sql.placeholder('typistId'), ''),
        eq(visit.typistId, sql.placeholder('typistId')),
        isNull(visit.withdrawnAt),
      ),
    )
    .orderBy(desc(visit.id))
    .limit(sql.placeholder('limit'))
    .prepare();
  const typedSince = db
    .select()
    .from(visit)
    .where(
      and(
        gt(visit.id, sql.placeholder('since')),
        eq(visit.typistId, sql.placeholder('typistId')),
        isNull(visit.withdrawnAt),
      ),
    )
    .orderBy(desc(visit.id))
    .limit(sql.placeholder('limit'))
    .prepare();
  const newest = prepare<{ id: number | null }>('select max(id) as id from visit');
  const windowFrom = (): number => (newest.get()?.id ?? 0) - LOOKED_AT;
  return {
    latest(typistId) {
      const own = latestOwn.get({ typistId, limit: 1 });
      const since = Math.max(own?.id ?? 0, windowFrom());
      return typedSince.get({ typistId, since, limit: 1 }) ?? own;
    },
    recent(typistId, limit) {
      const rows = [
        ...typedSince.all({ typistId, since: windowFrom(), limit }),
        ...latestOwn.all({ typistId, limit }),
      ];
      return [...new Map(rows.map((row) => [row.id, row])).values()]
        .sort((a, b) => b.id - a.id)
        .slice(0, limit);
    },
  };
}
