import { and, isNull } from 'drizzle-orm';
import { visit } from '../schema/index.ts';
import { isAtHousehold } from './filing.ts';
import type { Session } from './session.ts';

/** What is counted of one visit. */
interface Counted {
  orgId: number;
  outcome: 'met' | 'attempt';
  householdId: number | null;
  recordedAt: number;
}

/** How often visits of a store were written, whoever did it in this process. */
const writes = new WeakMap<object, number>();

export const noteVisitWritten = (db: object): void => void writes.set(db, (writes.get(db) ?? 0) + 1);

/** How many, for Monday's card; never whose. */
export function visitCounts({ db, prepare, epoch }: Pick<Session, 'db' | 'prepare' | 'epoch'>) {
  const inSpan = prepare<Counted>(
    `select org_id as "orgId", outcome, household_id as "householdId", recorded_at as "recordedAt" from visit
      where happened_day >= ? and happened_day <= ? and withdrawn_at is null`,
  );
  let kept: { as: string; orgs: Map<number, Counted[]> } | undefined;

  /** Standing visits of a span by org: read once for all groups of a Monday, and again when a visit was written since. */
  function span(from: string, to: string): Map<number, Counted[]> {
    const now = epoch();
    const as = `${from} ${to} ${now} ${writes.get(db) ?? 0}`;
    if (now !== null && kept?.as === as) return kept.orgs;
    const orgs = new Map<number, Counted[]>();
    for (const row of inSpan.all(from, to)) {
      const rows = orgs.get(row.orgId);
      if (rows) rows.push(row);
      else orgs.set(row.orgId, [row]);
    }
    if (now !== null) kept = { as, orgs };
    return orgs;
  }

  return {
    /** The orgs whose members have visited a household, standing records only. */
    orgsAt(householdId: number): number[] {
      return db
        .selectDistinct({ orgId: visit.orgId })
        .from(visit)
        .where(and(isAtHousehold(householdId), isNull(visit.withdrawnAt)))
        .all()
        .map((row) => row.orgId);
    },
    /**
     * Counts of a span of days for Monday's card, by happened day; `late`: how many of them were typed at `since`
     * (epoch ms) or later, 补记上周3次.
     */
    counts(
      orgIds: readonly number[],
      from: string,
      to: string,
      since: number,
    ): { records: number; households: number; attempts: number; late: number } {
      const orgs = span(from, to);
      const households = new Set<number>();
      let records = 0;
      let attempts = 0;
      let late = 0;
      for (const id of orgIds) {
        for (const { outcome, householdId, recordedAt } of orgs.get(id) ?? []) {
          records += 1;
          if (outcome === 'attempt') attempts += 1;
          else if (householdId !== null) households.add(householdId);
          if (recordedAt >= since) late += 1;
        }
      }
      return { records, households: households.size, attempts, late };
    },
  };
}
