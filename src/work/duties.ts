import type { DutyFacts } from '../../db/queries/duty-facts.ts';
import type { Queries } from '../../db/queries/index.ts';
import type { Calendar } from '../domain/calendar.ts';
import { owed } from '../domain/obligation.ts';
import type { Adoption, Duty, Link, MemberFacts } from '../domain/obligation-types.ts';
import type { Policy } from '../domain/policy.ts';
import { addDays } from '../lib/day.ts';

/** Visits older than this never matter to a current or still open period, days. */
const LOOK_BACK = 800;

/** Members whose rows are held at a time: thousands at once cost the collector more than the counting. */
const SLICE = 200;

/** A member's facts and what they come to. */
export interface Standing {
  facts: MemberFacts;
  duties: Duty[];
}

/**
 * What these members owe today, counted by the one function (domain.md "Obligation"). One reading of the facts for all
 * of them: a branch costs little more than a member. Who is not 在册 is left out.
 */
export function standingsOf(
  q: Queries,
  calendar: Calendar,
  memberIds: readonly number[],
  today: string,
): Map<number, Standing> {
  const adoptions = q.work.adoptions();
  // An office that keeps no 人员类别 at all lets the links tell who is meant.
  const cohortsKept = q.members.anyCohort();
  const around = adoptionsAround(q, adoptions);
  const found = new Map<number, Standing>();
  for (let at = 0; at < memberIds.length; at += SLICE) {
    const rows = q.work.dutyFacts(memberIds.slice(at, at + SLICE), today, addDays(today, -LOOK_BACK));
    for (const member of rows.members) {
      const facts = factsOf(rows, member.id, cohortsKept);
      const binding = around(member.orgId, member.communityId);
      const visits = rows.visits.get(member.id) ?? [];
      const duties =
        binding.length === 0 ? [] : owed({ adoptions: binding, member: facts, visits, today, calendar });
      found.set(member.id, { facts, duties });
    }
  }
  return found;
}

/** What this member owes today: every screen, nudge and summary asks here. */
export function dutiesOf(q: Queries, calendar: Calendar, memberId: number, today: string): Duty[] {
  return standingsOf(q, calendar, [memberId], today).get(memberId)?.duties ?? [];
}

/** Adoptions of the lines of orgs above a member's own org and his 报到社区; looked up once a pair of orgs. */
function adoptionsAround(q: Queries, rows: ReturnType<Queries['work']['adoptions']>) {
  const known = new Map<string, Adoption[]>();
  return (...orgs: (number | null)[]): Adoption[] => {
    const key = orgs.join();
    const before = known.get(key);
    if (before) return before;
    const line = new Set(orgs.flatMap((id) => (id === null ? [] : q.orgs.lineage(id).map((org) => org.id))));
    const binding = rows
      .filter((row) => line.has(row.orgId))
      .map((row) => ({ policy: row.policy as Policy, from: row.fromDay, to: row.toDay }));
    known.set(key, binding);
    return binding;
  };
}

/** The facts of one member as the obligation function wants them. */
function factsOf(rows: DutyFacts, id: number, cohortsKept: boolean): MemberFacts {
  const cohorts = rows.cohorts.get(id) ?? [];
  return {
    id,
    cohorts: cohortsKept ? cohorts.map((row) => row.name) : null,
    roles: (rows.roles.get(id) ?? []).map((row) => row.role),
    rank: null,
    pairings: (rows.pairings.get(id) ?? []).map(
      ({ id: household, building, head, from, to }): Link => ({
        id: household,
        name: building === null ? null : [building, head].filter(Boolean).join(' '),
        from,
        to,
      }),
    ),
    points: rows.points.get(id) ?? [],
    excuses: [
      ...(rows.leaves.get(id) ?? []).map(({ from, to, reason }) => ({ from, to, reason, duty: null })),
      ...(rows.excuses.get(id) ?? []),
    ],
  };
}
