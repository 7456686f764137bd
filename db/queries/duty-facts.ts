import type { Role } from '../../src/domain/actor.ts';
import type { VisitFact } from '../../src/domain/obligation-types.ts';
import { filedUpTo } from './filing.ts';
import { remembering, type Session } from './session.ts';

/** Rows of many members at once, each with its member: what counting duties reads. Days are YYYY-MM-DD. */
export type DutyFacts = ReturnType<ReturnType<typeof dutyFacts>['dutyFacts']>;

interface Span {
  memberId: number;
  from: string;
  to: string | null;
}
type Excused = Omit<Span, 'to'> & { to: string; reason: string };

/**
 * The facts of duties for one member or for thousands, a prepared statement a table however many there are
 * (performance.md: who owes what for 20,000 members). 在册 only; attribution as it was frozen.
 */
export function dutyFacts(session: Session) {
  const { prepare } = session;
  const among = 'in (select value from json_each(?))';
  const members = prepare<{ id: number; orgId: number; communityId: number | null }>(
    `select id, org_id as "orgId", community_id as "communityId" from member where id ${among} and status = '在册'`,
  );
  const roles = prepare<{ memberId: number; role: Role }>(
    `select member_id as "memberId", role from role
      where member_id ${among} and from_day <= ? and (to_day is null or to_day >= ?)`,
  );
  const cohorts = prepare<{ memberId: number; name: string }>(
    `select member_id as "memberId", name from cohort
      where member_id ${among} and from_day <= ? and (to_day is null or to_day >= ?)`,
  );
  const leaves = prepare<Excused>(
    `select member_id as "memberId", from_day as "from", to_day as "to", reason from leave
      where member_id ${among} and cancelled_at is null`,
  );
  const excuses = prepare<Excused & { duty: string | null }>(
    `select member_id as "memberId", from_day as "from", to_day as "to", reason, duty from excuse
      where member_id ${among}`,
  );
  const points = prepare<Span & { id: number; name: string }>(
    `select member_id as "memberId", id, name, from_day as "from", to_day as "to" from contact_point
      where member_id ${among}`,
  );
  const pairings = prepare<Span & { id: number; building: string | null; head: string | null }>(
    `select member_id as "memberId", household_id as id, pairing.from_day as "from", pairing.to_day as "to",
        building, head_name as head
      from pairing left join household on household.id = household_id where member_id ${among}`,
  );
  // A member's visits as one JSON text: a row each costs several times as much to hand over.
  const visits = prepare<{ memberId: number; list: string }>(
    `select visitor.member_id as "memberId", json_group_array(json_array(visit.id, visit.happened_day, recorded_at, mode,
        outcome, kind, household_id, paired, json(contact_point_ids))) as list
      from (
        select visitor_id as went from visitor_by_member where member_id ${among} and happened_day >= ?
        union all select id from visitor where id > ${filedUpTo('visitor')} and member_id ${among}
      ) join visitor on visitor.id = went join visit on visit.id = visit_id
      where visitor.happened_day >= ? and withdrawn_at is null
      group by visitor.member_id`,
  );
  const standing = (ids: string, day: string) => ({
    members: members.all(ids),
    roles: groupBy(roles.all(ids, day, day)),
    cohorts: groupBy(cohorts.all(ids, day, day)),
    leaves: groupBy(leaves.all(ids)),
    excuses: groupBy(excuses.all(ids)),
    points: groupBy(points.all(ids)),
  });
  // Every receipt asks for one member; what he is seldom changes.
  const standingOf = remembering(session, (key: string) => {
    const [id = '', day = ''] = key.split(' ');
    return standing(`[${id}]`, day);
  });

  return {
    dutyFacts(memberIds: readonly number[], on: string, since: string) {
      const ids = JSON.stringify(memberIds);
      const still = memberIds.length === 1 ? standingOf(`${memberIds[0]} ${on}`) : standing(ids, on);
      return {
        ...still,
        pairings: groupBy(pairings.all(ids)),
        visits: new Map(
          visits.all(ids, since, ids, since).map(({ memberId, list }) => [memberId, visitsOf(list)]),
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

function groupBy<T extends { memberId: number }>(rows: readonly T[]): ReadonlyMap<number, readonly T[]> {
  const groups = new Map<number, T[]>();
  for (const row of rows) {
    const group = groups.get(row.memberId);
    if (group) group.push(row);
    else groups.set(row.memberId, [row]);
  }
  return groups;
}
