import type { Queries } from '../../db/queries/index.ts';
import type { Calendar } from '../domain/calendar.ts';
import { owed } from '../domain/obligation.ts';
import type { Duty, Excuse, MemberFacts } from '../domain/obligation-types.ts';
import type { Policy } from '../domain/policy.ts';
import { addDays } from '../lib/day.ts';

/** Visits older than this never matter to a current or still open period, days. */
const LOOK_BACK = 800;

/** The facts of one member as the obligation function wants them. */
export function memberFacts(q: Queries, memberId: number, today: string): MemberFacts | null {
  const actor = q.members.actor(memberId, today);
  if (!actor) return null;
  const cohorts = q.members.cohorts(memberId, today);
  const excuses: Excuse[] = [
    ...q.members
      .leaves(memberId)
      .map((leave) => ({ from: leave.fromDay, to: leave.toDay, reason: leave.reason, duty: null })),
    ...q.work.excuses(memberId).map((excuse) => ({
      from: excuse.fromDay,
      to: excuse.toDay,
      reason: excuse.reason,
      duty: excuse.duty,
    })),
  ];
  return {
    id: memberId,
    // An office that keeps no 人员类别 at all lets the links tell who is meant.
    cohorts: cohorts.length > 0 || q.members.anyCohort() ? cohorts : null,
    roles: actor.roles.map((held) => held.role),
    rank: null,
    pairings: q.households.pairingsOf(memberId).map((pairing) => {
      const household = q.households.get(pairing.householdId);
      const name = household ? [household.building, household.headName].filter(Boolean).join(' ') : null;
      return { id: pairing.householdId, name, from: pairing.fromDay, to: pairing.toDay };
    }),
    points: q.households
      .contactPointsOf(memberId)
      .map((point) => ({ id: point.id, name: point.name, from: point.fromDay, to: point.toDay })),
    excuses,
  };
}

/** What this member owes today: every screen, nudge and summary asks here, and so one function (domain.md "Obligation"). */
export function dutiesOf(q: Queries, calendar: Calendar, memberId: number, today: string): Duty[] {
  const member = memberFacts(q, memberId, today);
  const row = q.members.get(memberId);
  if (!member || !row) return [];
  const orgs = [row.orgId, row.communityId].flatMap((id) =>
    id === null ? [] : q.orgs.lineage(id).map((org) => org.id),
  );
  const adoptions = q.work
    .adoptions()
    .filter((adoption) => orgs.includes(adoption.orgId))
    .map((adoption) => ({ policy: adoption.policy as Policy, from: adoption.fromDay, to: adoption.toDay }));
  if (adoptions.length === 0) return [];
  return owed({
    adoptions,
    member,
    visits: q.visits.credits(memberId, addDays(today, -LOOK_BACK)),
    today,
    calendar,
  });
}
