import type { Door } from '../../db/queries/doors.ts';
import type { Queries } from '../../db/queries/index.ts';
import type { NewVisit } from '../../db/queries/visits.ts';
import { canonicalAddress } from '../domain/address.ts';
import { samePerson } from '../domain/names.ts';

export interface Went {
  typist: { memberId: number; name: string };
  /** 走访人：…; empty = the typist. */
  visitors: readonly string[];
  /** 和李梅一起, @李梅. */
  companions: readonly string[];
  orgId: number;
  day: string;
  household: Door | null;
  place: string | null;
}

/** Who is credited, once each, frozen at the time (decision 23; domain.md "Attribution"). */
export function creditedVisitors(q: Queries, went: Went): NewVisit['visitors'] {
  const names = [...(went.visitors.length > 0 ? went.visitors : [went.typist.name]), ...went.companions];
  const seen = new Set<string>();
  return names.flatMap((name) => {
    const memberId = name === went.typist.name ? went.typist.memberId : memberNamed(q, went.orgId, name);
    const key = memberId === null ? name : String(memberId);
    if (seen.has(key)) return [];
    seen.add(key);
    const member = memberId === null ? undefined : q.members.get(memberId);
    return [
      {
        memberId,
        name: member?.name ?? name,
        paired:
          memberId !== null &&
          went.household !== null &&
          q.households.isPaired(memberId, went.household.id, went.day),
        contactPointIds: memberId === null ? [] : pointsAround(q, memberId, went),
      },
    ];
  });
}

/** A roster name, or 老王 when only one of the branch fits. null = not in the roster; the name is kept. */
function memberNamed(q: Queries, orgId: number, name: string): number | null {
  const near = [
    ...new Map(
      q.orgs
        .lineage(orgId)
        .flatMap((org) => q.members.ofOrg(org.id))
        .map((each) => [each.id, each]),
    ).values(),
  ];
  const exact = near.filter((each) => each.name === name);
  if (exact.length === 1) return exact[0]?.id ?? null;
  const same = near.filter((each) => samePerson(name, each.name) === 'same');
  if (same.length === 1) return same[0]?.id ?? null;
  const like = near.filter((each) => samePerson(name, each.name) === 'maybe');
  return like.length === 1 ? (like[0]?.id ?? null) : null;
}

/** The member's contact points in force that day in which the visit lies: its grid, or a point named in the place. */
function pointsAround(q: Queries, memberId: number, went: Went): number[] {
  const lineage = went.household?.gridId ? q.orgs.lineage(went.household.gridId).map((org) => org.id) : [];
  const points = q.households.contactPointsOf(memberId);
  if (points.length === 0) return [];
  const said = canonicalAddress(went.place ?? '');
  return points
    .filter((point) => point.fromDay <= went.day && (point.toDay === null || point.toDay >= went.day))
    .filter((point) => {
      if (point.orgId !== null && (lineage.includes(point.orgId) || went.orgId === point.orgId)) return true;
      const name = canonicalAddress(point.name);
      return (
        (went.place ?? '').includes(point.name) ||
        (name.canonical !== '' && said.canonical.startsWith(name.canonical))
      );
    })
    .map((point) => point.id);
}
