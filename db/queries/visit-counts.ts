import { and, eq, gte, isNull, lt, lte, sql } from 'drizzle-orm';
import { visit } from '../schema/index.ts';
import type { Session } from './session.ts';

/** How many, for Monday's card; never whose. */
export function visitCounts({ db }: Session) {
  const inSpan = and(
    sql`${visit.orgId} in (select value from json_each(${sql.placeholder('ids')}))`,
    gte(visit.happenedDay, sql.placeholder('from')),
    lte(visit.happenedDay, sql.placeholder('to')),
    isNull(visit.withdrawnAt),
  );
  const byOutcome = db
    .select({
      outcome: visit.outcome,
      records: sql<number>`count(*)`,
      households: sql<number>`count(distinct ${visit.householdId})`,
    })
    .from(visit)
    .where(inSpan)
    .groupBy(visit.outcome)
    .prepare();
  const late = db
    .select({ count: sql<number>`count(*)` })
    .from(visit)
    .where(and(inSpan, gte(visit.recordedAt, sql.placeholder('since'))))
    .prepare();
  return {
    /** The orgs whose members have visited a household, standing records only. */
    orgsAt(householdId: number): number[] {
      return db
        .selectDistinct({ orgId: visit.orgId })
        .from(visit)
        .where(and(eq(visit.householdId, householdId), isNull(visit.withdrawnAt)))
        .all()
        .map((row) => row.orgId);
    },
    /** Counts of the week for Monday's card: by happened day in [from, to], and late entries recorded since `lateSince` for earlier days. */
    counts(
      orgIds: number[],
      from: string,
      to: string,
    ): { records: number; households: number; attempts: number } {
      const rows = byOutcome.all({ ids: JSON.stringify(orgIds), from, to });
      const met = rows.find((row) => row.outcome === 'met');
      const attempts = rows.find((row) => row.outcome === 'attempt');
      return {
        records: (met?.records ?? 0) + (attempts?.records ?? 0),
        households: met?.households ?? 0,
        attempts: attempts?.records ?? 0,
      };
    },
    /** Records of [from, to] that were typed at `since` (epoch ms) or later: 补记上周3次. */
    lateCount(orgIds: number[], from: string, to: string, since: number): number {
      return late.get({ ids: JSON.stringify(orgIds), from, to, since })?.count ?? 0;
    },
    recordedBefore: (before: number): number =>
      db.select({ count: sql<number>`count(*)` }).from(visit).where(lt(visit.recordedAt, before)).get()
        ?.count ?? 0,
  };
}
