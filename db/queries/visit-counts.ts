import { and, eq, gte, inArray, isNull, lt, lte, sql } from 'drizzle-orm';
import { visit } from '../schema/index.ts';
import type { Session } from './session.ts';

/** How many, for Monday's card; never whose. */
export function visitCounts({ db }: Session) {
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
      if (orgIds.length === 0) return { records: 0, households: 0, attempts: 0 };
      const rows = db
        .select({
          outcome: visit.outcome,
          records: sql<number>`count(*)`,
          households: sql<number>`count(distinct ${visit.householdId})`,
        })
        .from(visit)
        .where(
          and(
            inArray(visit.orgId, orgIds),
            gte(visit.happenedDay, from),
            lte(visit.happenedDay, to),
            isNull(visit.withdrawnAt),
          ),
        )
        .groupBy(visit.outcome)
        .all();
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
      if (orgIds.length === 0) return 0;
      return (
        db
          .select({ count: sql<number>`count(*)` })
          .from(visit)
          .where(
            and(
              inArray(visit.orgId, orgIds),
              gte(visit.happenedDay, from),
              lte(visit.happenedDay, to),
              gte(visit.recordedAt, since),
              isNull(visit.withdrawnAt),
            ),
          )
          .get()?.count ?? 0
      );
    },
    recordedBefore: (before: number): number =>
      db.select({ count: sql<number>`count(*)` }).from(visit).where(lt(visit.recordedAt, before)).get()
        ?.count ?? 0,
  };
}
