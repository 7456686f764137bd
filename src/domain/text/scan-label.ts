import { nameList } from './companions.ts';
import { dateAt } from './dates.ts';
import { type LabelKind, nextLabel } from './labels.ts';
import { modeOfWord } from './modes.ts';
import { segmentEnd } from './normalise.ts';
import { personAt } from './person.ts';
import { placeAt } from './place.ts';
import { RANK } from './place-parts.ts';
import { pushTokens, type ScanState } from './tokens.ts';

/** The longest value of a label that is looked at as a place, a person, a day …, characters. */
const VALUE = 200;

/** The value of a label: read as what the label says, or taken as it stands. */
export function labelled(state: ScanState, kind: LabelKind, from: number): number {
  const { folded, src } = state;
  const limit = nextLabel(folded, from, state.to);
  const start = skipSpaces(folded, from, limit, kind === 'what');
  if (kind === 'what') {
    state.head = false;
    return pushTokens(state, [{ kind: 'text', start, end: limit }]);
  }
  // A value is short; looking no further keeps a line of many labels linear.
  const reach = Math.min(limit, start + VALUE);
  let line = start;
  while (line < reach && folded.charAt(line) !== '\n') line++;
  if (start >= line) return start;
  const end = Math.max(segmentEnd(folded, start, line), start + 1);
  state.head = true;
  if (kind === 'visitors' || kind === 'companions') {
    const names = nameList(folded, start, line);
    return pushTokens(state, [
      {
        kind: 'people',
        start,
        end: names?.end ?? end,
        role: kind,
        names: names?.names ?? [src.slice(start, end)],
      },
    ]);
  }
  if (kind === 'mode') {
    const mode = modeOfWord(folded.slice(start, end));
    return pushTokens(state, [
      mode && !state.issue ? { kind: 'mode', start, end, mode } : { kind: 'text', start, end },
    ]);
  }
  if (kind === 'date') {
    const date = dateAt(folded, start, state.now);
    return pushTokens(state, [
      date ? { kind: 'date', start, end: date.end, day: date.day, sure: true } : { kind: 'text', start, end },
    ]);
  }
  if (kind === 'place') {
    const place = placeAt(folded, start, line, { roomOk: state.building });
    const parts = place?.parts ?? [{ rank: RANK.name, text: src.slice(start, end) }];
    return pushTokens(state, [
      { kind: 'place', start, end: place?.end ?? end, parts, sure: true, override: false },
    ]);
  }
  const person = personAt(folded, start, end, true);
  const stop = person?.end ?? end;
  return pushTokens(state, [{ kind: 'person', start, end: stop, text: src.slice(start, stop), sure: true }]);
}

function skipSpaces(folded: string, from: number, to: number, lines: boolean): number {
  let i = from;
  while (i < to && (folded.charAt(i) === ' ' || (lines && folded.charAt(i) === '\n'))) i++;
  return i;
}
