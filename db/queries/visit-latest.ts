import { and, desc, eq, getTableColumns, gt, isNull, sql } from 'drizzle-orm';
import { visit, visitor } from '../schema/index.ts';
import { wentSince } from './filing.ts';
import type { Session } from './session.ts';

/** Visits looked through for those typed for others: about a month of a county. */
const LOOKED_AT = 20_000;

/**
 * A typist's newest standing record. There is no index of typists, for it would cost every visit: who types for others
 * mostly went himself as well, and what he typed since is looked for among the newest.
 */
export function latestTyped({ db, prepare }: Pick<Session, 'db' | 'prepare'>) {
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
    .limit(1)
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
    .limit(1)
    .prepare();
  const newest = prepare<{ id: number | null }>('select max(id) as id from visit');
  return (typistId: number): typeof visit.$inferSelect | undefined => {
    const own = latestOwn.get({ typistId });
    const since = Math.max(own?.id ?? 0, (newest.get()?.id ?? 0) - LOOKED_AT);
    return typedSince.get({ typistId, since }) ?? own;
  };
}
