import { and, eq, gte, isNull, lte, or, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { VisitFact } from '../../src/domain/obligation-types.ts';
import {
  cohort,
  contactPoint,
  excuse,
  household,
  leave,
  member,
  pairing,
  role,
  visit,
  visitor,
} from '../schema/index.ts';
import type { Session } from './session.ts';

/** Rows of many members at once, each with its member: what counting duties reads. Days are YYYY-MM-DD. */
export type DutyFacts = ReturnType<ReturnType<typeof dutyFacts>['dutyFacts']>;

/**
 * The facts of duties for one member or for thousands, a prepared statement a table however many there are
 * (performance.md: who owes what for 20,000 members). 在册 only; attribution as it was frozen.
 */
export function dutyFacts({ db }: Session) {
  const among = (column: SQLiteColumn) =>
    sql`${column} in (select value from json_each(${sql.placeholder('ids')}))`;
  const day = sql.placeholder('day');
  const members = db
    .select({ id: member.id, orgId: member.orgId, communityId: member.communityId })
    .from(member)
    .where(and(among(member.id), eq(member.status, '在册')))
    .prepare();
  const roles = db
    .select({ memberId: role.memberId, role: role.role })
    .from(role)
    .where(and(among(role.memberId), lte(role.fromDay, day), or(isNull(role.toDay), gte(role.toDay, day))))
    .prepare();
  const cohorts = db
    .select({ memberId: cohort.memberId, name: cohort.name })
    .from(cohort)
    .where(
      and(among(cohort.memberId), lte(cohort.fromDay, day), or(isNull(cohort.toDay), gte(cohort.toDay, day))),
    )
    .prepare();
  const leaves = db
    .select({ memberId: leave.memberId, from: leave.fromDay, to: leave.toDay, reason: leave.reason })
    .from(leave)
    .where(and(among(leave.memberId), isNull(leave.cancelledAt)))
    .prepare();
  const excuses = db
    .select({
      memberId: excuse.memberId,
      from: excuse.fromDay,
      to: excuse.toDay,
      reason: excuse.reason,
      duty: excuse.duty,
    })
    .from(excuse)
    .where(among(excuse.memberId))
    .prepare();
  const pairings = db
    .select({
      memberId: pairing.memberId,
      id: pairing.householdId,
      from: pairing.fromDay,
      to: pairing.toDay,
      building: household.building,
      head: household.headName,
    })
    .from(pairing)
    .leftJoin(household, eq(household.id, pairing.householdId))
    .where(among(pairing.memberId))
    .prepare();
  const points = db
    .select({
      memberId: contactPoint.memberId,
      id: contactPoint.id,
      name: contactPoint.name,
      from: contactPoint.fromDay,
      to: contactPoint.toDay,
    })
    .from(contactPoint)
    .where(among(contactPoint.memberId))
    .prepare();
  // A member's visits as one JSON text: a row each costs several times as much to hand over.
  const visits = db
    .select({
      memberId: visitor.memberId,
      list: sql<string>`json_group_array(json_array(${visit.id}, ${visit.happenedDay}, ${visit.recordedAt}, ${visit.mode},
        ${visit.outcome}, ${visit.kind}, ${visit.householdId}, ${visitor.paired}, json(${visitor.contactPointIds})))`,
    })
    .from(visitor)
    .innerJoin(visit, eq(visit.id, visitor.visitId))
    .where(
      and(
        among(visitor.memberId),
        gte(visitor.happenedDay, sql.placeholder('since')),
        isNull(visit.withdrawnAt),
      ),
    )
    .groupBy(visitor.memberId)
    .prepare();

  return {
    dutyFacts(memberIds: readonly number[], on: string, since: string) {
      const ids = JSON.stringify(memberIds);
      return {
        members: members.all({ ids }),
        roles: groupBy(roles.all({ ids, day: on })),
        cohorts: groupBy(cohorts.all({ ids, day: on })),
        leaves: groupBy(leaves.all({ ids })),
        excuses: groupBy(excuses.all({ ids })),
        pairings: groupBy(pairings.all({ ids })),
        points: groupBy(points.all({ ids })),
        visits: new Map(
          visits
            .all({ ids, since })
            .flatMap(({ memberId, list }) => (memberId === null ? [] : [[memberId, visitsOf(list)]])),
        ) as ReadonlyMap<number, readonly VisitFact[]>,
      };
    },
  };
}

type Listed = [
  number,
  string,
  number,
  VisitFact['mode'],
  VisitFact['outcome'],
  VisitFact['kind'],
  number | null,
  0 | 1,
  number[],
];

function visitsOf(list: string): VisitFact[] {
  return (JSON.parse(list) as Listed[]).map(
    ([id, day, recordedAt, mode, outcome, kind, householdId, paired, contactPointIds]) => ({
      id,
      day,
      recordedAt,
      mode,
      outcome,
      kind,
      householdId,
      paired: paired === 1,
      contactPointIds,
    }),
  );
}

function groupBy<T extends { memberId: number | null }>(
  rows: readonly T[],
): ReadonlyMap<number, readonly T[]> {
  const groups = new Map<number, T[]>();
  for (const row of rows) {
    if (row.memberId === null) continue;
    const group = groups.get(row.memberId);
    if (group) group.push(row);
    else groups.set(row.memberId, [row]);
  }
  return groups;
}
