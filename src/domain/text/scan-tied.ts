import { Opening } from './match-at.ts';
import { personAt } from './person.ts';
import { placeAt } from './place.ts';
import { RANK } from './place-parts.ts';
import { atBreak, nearEnd, skipSpaces } from './scan-reach.ts';
import type { ScanState, Token } from './tokens.ts';

const TIE = new Opening('以和与及跟', /以及|[和与及跟]/y);

/** The family that 和 ties to the one before: 薛大爷和贾大妈, 501张某和502李某, 501和502. */
export function tiedFamily(state: ScanState, at: number): Token[] | null {
  const tie = TIE.at(state.folded, at);
  const last = state.out[state.out.length - 1];
  if (!tie || (last?.kind !== 'place' && last?.kind !== 'person')) return null;
  const start = at + tie[0].length;
  return (
    (last.kind === 'person' ? tiedPerson(state, start) : null) ?? tiedPlace(state, skipSpaces(state, start))
  );
}

/** Nothing may follow him: 张某和李某吵架 is one story. */
function tiedPerson(state: ScanState, start: number): Token[] | null {
  const person = personAt(state.folded, start, nearEnd(state, start), true);
  if (!person?.sure || !atBreak(state, person.end)) return null;
  return [{ kind: 'person', start, end: person.end, text: state.src.slice(start, person.end), sure: true }];
}

/**
 * A further room stands by itself or with its person: 501和502漏水 is one story as well. A building needs the person,
 * for 3号楼和5号楼 之间 is a spot.
 */
function tiedPlace(state: ScanState, start: number): Token[] | null {
  if (state.issue) return null;
  const { folded, to, src } = state;
  const place = placeAt(folded, start, to, { roomOk: state.building });
  if (!place || (place.kind !== 'room' && place.kind !== 'numbered')) return null;
  const token: Token = {
    kind: 'place',
    start,
    end: place.end,
    parts: place.parts,
    sure: true,
    override: false,
  };
  const name = skipSpaces(state, place.end);
  const person = personAt(folded, name, nearEnd(state, name), true);
  if (person?.sure && atBreak(state, person.end))
    return [
      token,
      { kind: 'person', start: name, end: person.end, text: src.slice(name, person.end), sure: true },
    ];
  const room = place.parts[place.parts.length - 1]?.rank === RANK.room;
  return room && place.whole ? [token] : null;
}
