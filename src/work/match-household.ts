import type { Door } from '../../db/queries/doors.ts';
import type { Household } from '../../db/queries/households.ts';
import type { Queries } from '../../db/queries/index.ts';
import { type Address, canonicalAddress } from '../domain/address.ts';
import { canonicalBuilding } from '../domain/building.ts';
import { pinyinOf, samePerson } from '../domain/names.ts';

export interface Sought {
  /** Org that scopes addresses (placeScope). */
  scope: number;
  place: string | null;
  person: string | null;
  memberId: number;
  day: string;
  now: number;
}

export interface Matched {
  /** null: a place without a family (政策宣传 in a building), or nothing said. */
  household: Door | null;
  /** False when another household could have been meant: the receipt offers [不是这户]. */
  sure: boolean;
  created: boolean;
  /** The place, taken apart. */
  address: Address;
}

/** Decision 24: linked by one canonical form; created silently; of several the paired or last visited one is taken. */
export function matchHousehold(q: Queries, sought: Sought): Matched {
  const { place, person } = sought;
  const address = canonicalAddress(place ?? '');
  if (person === null && address.room === null)
    return { household: null, sure: true, created: false, address };
  const candidates = candidatesFor(q, sought, address);
  const exact = candidates.filter((each) => each.fit === 'same');
  const pool = exact.length > 0 ? exact : candidates;
  if (pool.length === 0) return { household: create(q, sought), sure: true, created: true, address };
  const best = pool.length === 1 ? pool[0] : preferred(q, sought, pool);
  if (!best) return { household: null, sure: false, created: false, address };
  // A likeness alone (陈奶奶, 陈玉兰) does not make two people one unless they are paired or it is their own door.
  if (
    best.fit === 'like' &&
    !best.door &&
    !q.households.isPaired(sought.memberId, best.household.id, sought.day)
  ) {
    return { household: create(q, sought), sure: false, created: true, address };
  }
  return {
    household: best.household,
    sure: pool.length === 1 && best.fit === 'same',
    created: false,
    address,
  };
}

interface Candidate {
  household: Door;
  fit: 'same' | 'like';
  /** Same room. */
  door: boolean;
}

function candidatesFor(
  q: Queries,
  { scope, place, person, memberId, day }: Sought,
  address: Address,
): Candidate[] {
  const judged = (household: Door, door: boolean): Candidate[] => {
    if (person === null) return [{ household, fit: 'same', door }];
    if (household.headName === '') return door ? [{ household, fit: 'same', door }] : [];
    const same = samePerson(person, household.headName);
    return same === 'different' ? [] : [{ household, fit: same === 'same' ? 'same' : 'like', door }];
  };
  if (place !== null) {
    const atDoor =
      address.room === null
        ? []
        : q.households.doorsAt(scope, address.canonical).flatMap((each) => judged(each, true));
    if (atDoor.length > 0 || person === null) return atDoor;
    // The same family may have been noted without its room before; with another room it is another family.
    return q.households
      .inBuilding(scope, canonicalBuilding(place ?? ''))
      .filter((each) => address.room === null || canonicalAddress(q.households.address(each)).room === null)
      .flatMap((each) => judged(each, false));
  }
  const paired = q.households
    .pairingsOf(memberId)
    .filter((each) => each.fromDay <= day && (each.toDay === null || each.toDay >= day))
    .flatMap((each) => q.households.get(each.householdId) ?? [])
    .flatMap((each) => judged(each, false));
  if (paired.length > 0) return paired;
  return q.households.byHeadPinyin(scope, pinyinOf(person ?? '')).flatMap((each) => judged(each, false));
}

function preferred(q: Queries, { memberId, day }: Sought, pool: Candidate[]): Candidate | undefined {
  const paired = pool.find((each) => q.households.isPaired(memberId, each.household.id, day));
  if (paired) return paired;
  const seen = (each: Candidate) => q.households.lastMet(each.household.id) ?? '';
  return [...pool].sort((a, b) => seen(b).localeCompare(seen(a)))[0];
}

function create(q: Queries, { scope, place, person, day, now }: Sought): Household {
  return q.households.create({
    orgId: scope,
    address: place ?? '',
    headName: person ?? '',
    day,
    now,
  });
}
