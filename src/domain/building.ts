import { canonicalAddress } from './address.ts';

/** The look-up form of a place's building, without unit and room: the households of one house share it; '' for no place. */
export function canonicalBuilding(place: string): string {
  const { building } = canonicalAddress(place);
  return building === null ? '' : canonicalAddress(building).canonical;
}
