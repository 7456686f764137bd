import type { Household } from '../../db/queries/households.ts';
import type { Queries } from '../../db/queries/index.ts';
import { canonicalAddress } from '../domain/address.ts';
import { canonicalBuilding } from '../domain/building.ts';
import { pinyinOf, samePerson } from '../domain/names.ts';
import { parseVisit } from '../domain/text/visit.ts';

export interface SaidHousehold {
  place: string | null;
  person: string | null;
}

/** Place and person of words such as `3号楼 张某`. */
export function readHousehold(words: string, now: number): SaidHousehold {
  const [contact] = parseVisit(words, { now }).contacts;
  return { place: contact?.place ?? null, person: contact?.person ?? null };
}

/** Households of that place and person within the org that scopes addresses; the same name first. */
export function findHouseholds(q: Queries, scope: number, { place, person }: SaidHousehold): Household[] {
  if (place === null && person === null) return [];
  const near =
    place === null
      ? q.households.byHeadPinyin(scope, pinyinOf(person ?? ''))
      : canonicalAddress(place).room === null
        ? q.households.inBuilding(scope, canonicalBuilding(place))
        : q.households.atAddress(scope, canonicalAddress(place).canonical);
  if (person === null) return near;
  const same = near.filter((each) => samePerson(person, each.headName) === 'same');
  return same.length > 0
    ? same
    : near.filter((each) => each.headName === '' || samePerson(person, each.headName) === 'maybe');
}

/** Creates a household from what was said, from a day on (decision 24). */
export function createHousehold(
  q: Queries,
  scope: number,
  { place, person }: SaidHousehold,
  day: string,
  now: number,
): Household {
  return q.households.create({ orgId: scope, address: place ?? '', headName: person ?? '', day, now });
}
