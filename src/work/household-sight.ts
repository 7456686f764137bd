import type { Household } from '../../db/queries/households.ts';
import type { Queries } from '../../db/queries/index.ts';
import type { Actor } from '../domain/actor.ts';
import { type Act, may, type Relation } from '../domain/rights.ts';
import { dayOf } from '../lib/day.ts';

interface Looking {
  q: Queries;
  now: number;
  viewer: Actor | null;
}

/** What every member of the community may know of a household: that it is there (P1). */
const OPEN_TO_COMMUNITY: ReadonlySet<Act> = new Set<Act>(['household.read']);

/**
 * Care 8: rooms, phones and words of visits are for the paired member and for the secretary whose grid it is, or whose
 * branch is paired with it or has visited it; another branch of the same community sees building and name only.
 */
export function mayWithHousehold(look: Looking, household: Household, act: Act): boolean {
  const { q, now, viewer } = look;
  if (!viewer) return false;
  const relations: Relation[] = q.households.isPaired(viewer.memberId, household.id, dayOf(now))
    ? ['paired']
    : [];
  return pathsOf(look, household, act).some((path) => may(viewer, act, { path, relations }));
}

function pathsOf({ q, now, viewer }: Looking, household: Household, act: Act): string[] {
  const community = q.orgs.get(household.orgId)?.path ?? '/';
  const own = q.orgs.get(household.gridId ?? household.orgId)?.path ?? community;
  if (OPEN_TO_COMMUNITY.has(act)) {
    return [
      own,
      ...(viewer?.roles ?? []).map((held) => held.path).filter((path) => path.startsWith(community)),
    ];
  }
  const day = dayOf(now);
  const paired = q.households
    .pairingsAt(household.id)
    .filter((pairing) => pairing.fromDay <= day && (pairing.toDay === null || pairing.toDay >= day))
    .flatMap((pairing) => q.members.get(pairing.memberId)?.orgId ?? []);
  const serving = new Set([...paired, ...q.visits.orgsAt(household.id)]);
  return [own, ...[...serving].flatMap((id) => q.orgs.get(id)?.path ?? [])];
}
