import { fold } from './text/normalise.ts';
import { placeAt } from './text/place.ts';
import { type PlacePart, RANK } from './text/place-parts.ts';

export interface Address {
  /** The look-up form: `3号楼2单元501室`, `3-2-501` and `３号楼二单元501` all give `3-2-501`; '' for no place (decision 24). */
  canonical: string;
  /** The same without unit, floor and room: `3`, `梅园小区-8`. */
  canonicalBuilding: string;
  /** Display label without unit and room: `3号楼`, `梅园小区8幢`, `柳树村3组`; null when none was said. */
  building: string | null;
  unit: string | null;
  room: string | null;
}

const NONE: Address = { canonical: '', canonicalBuilding: '', building: null, unit: null, room: null };

/** What of a part makes it this one and no other: its number with letters, or for a name the name. */
function core({ rank, text }: PlacePart): string {
  const plain = text.replace(/^-/, '');
  if (rank === RANK.name) return plain;
  const number = /[A-Za-z甲乙丙丁东西南北中前后]?\d+[A-Za-z]?|^[A-Za-z]/.exec(plain)?.[0];
  if (number === undefined) return plain;
  // A group, yard, row or floor is named by its kind too: 3组 is not 3号楼.
  return rank === RANK.building || rank === RANK.unit || rank === RANK.room ? number.toUpperCase() : `${number.toUpperCase()}${plain.slice(-1)}`;
}

function label(parts: readonly PlacePart[]): string {
  return parts.map((part) => (part.rank === RANK.building && /^\d+#?$/.test(part.text) ? `${part.text.replace('#', '')}号楼` : part.text)).join('');
}

/** The one canonical form of an address (decision 24). Text that is no address becomes its own name. */
export function canonicalAddress(text: string): Address {
  const folded = fold(text).replace(/\s+/g, '');
  if (folded === '') return NONE;
  const found = placeAt(folded, 0, folded.length, { roomOk: false });
  if (!found || found.parts.length === 0) return { ...NONE, canonical: folded, canonicalBuilding: folded, building: folded };
  const { parts } = found;
  const outer = parts.filter((part) => part.rank <= RANK.building);
  const join = (list: readonly PlacePart[]): string => list.map(core).join('-');
  const inner = (rank: PlacePart['rank']): string | null => {
    const part = parts.find((each) => each.rank === rank);
    return part ? core(part) : null;
  };
  return {
    canonical: join(parts),
    canonicalBuilding: join(outer),
    building: outer.length > 0 ? label(outer) : null,
    unit: inner(RANK.unit),
    room: inner(RANK.room),
  };
}
