import { canonicalAddress } from './address.ts';
import { samePerson } from './names.ts';

/** What tells one visit of a batch from another. */
export interface Named {
  place: string | null;
  person: string | null;
}

/**
 * The visits that a correction can mean: those of the place and the person it names, else those of one of the two
 * (the other is what was wrong). None where it names neither.
 */
export function visitsNamed<T extends Named>(visits: readonly T[], said: Named): T[] {
  const there = visits.filter((visit) => placeFit(visit.place, said.place) === 'same');
  const near =
    there.length > 0 ? there : visits.filter((visit) => placeFit(visit.place, said.place) !== null);
  const same = visits.filter((visit) => isPerson(visit.person, said.person));
  const both = near.filter((visit) => same.includes(visit));
  if (both.length > 0) return both;
  return visits.filter((visit) => near.includes(visit) || same.includes(visit));
}

/** True if the place only points to the visit's own, which says more (3号楼 or 501 of 3号楼2单元501). */
export function pointsTo(visit: Named, place: string): boolean {
  return placeFit(visit.place, place) === 'part';
}

function placeFit(stands: string | null, said: string | null): 'same' | 'part' | null {
  if (stands === null || said === null) return null;
  const whole = canonicalAddress(stands).canonical;
  const part = canonicalAddress(said).canonical;
  if (whole === part) return 'same';
  if (part === '') return null;
  const within = whole.startsWith(`${part}-`) || whole.startsWith(`${part}/`);
  return within || whole.endsWith(`-${part}`) || whole.endsWith(`/${part}`) ? 'part' : null;
}

function isPerson(stands: string | null, said: string | null): boolean {
  return stands !== null && said !== null && samePerson(stands, said) === 'same';
}
