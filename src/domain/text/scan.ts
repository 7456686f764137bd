import { ASCII_DIGITS } from './char-set.ts';
import { companionsAt } from './companions.ts';
import { dateAt } from './dates.ts';
import { labelAt } from './labels.ts';
import { Opening } from './match-at.ts';
import { modeAt } from './modes.ts';
import { clean, fold, segmentEnd, skipSeparators } from './normalise.ts';
import { personAt } from './person.ts';
import { placeAt } from './place.ts';
import { RANK } from './place-parts.ts';
import { factAt, factBehindConnector, modeToken } from './scan-facts.ts';
import { datedFamily, openForm, openItem } from './scan-items.ts';
import { labelled } from './scan-label.ts';
import { personToken } from './scan-person.ts';
import { isJoined, nearEnd, opensItem } from './scan-reach.ts';
import { pushTokens, type ScanState, type Token } from './tokens.ts';

/** A line cut into tokens, with the text that the indexes point into. */
export interface Scanned {
  src: string;
  tokens: Token[];
  /** Where the facts begin, rising: what stands between two stretches of words. */
  facts: number[];
  /** Where the lines of a pasted block, and what stands between semicolons, begin; the first with the line. */
  items: number[];
}

/** Cuts what follows a command word into facts and free words. Total; one pass with bounded look-ahead. */
export function scan(rest: string, now: number, issue: boolean): Scanned {
  const src = clean(rest);
  const folded = fold(src);
  const state: ScanState = {
    src,
    folded,
    to: folded.length,
    now,
    issue,
    out: [],
    items: [0],
    labels: new Set(),
    head: true,
    places: 0,
    persons: 0,
    building: false,
    dated: false,
    moded: false,
    gap: '',
  };
  let at = 0;
  while (true) {
    const start = skipSeparators(folded, at, state.to);
    state.gap = folded.slice(at, start);
    at = start;
    if (at >= state.to) break;
    if (opensItem(state.gap)) openItem(state, at);
    at = step(state, at);
  }
  return { src, tokens: state.out, facts: factsOf(state.out), items: state.items };
}

/** The same line with these facts left among the words. */
export function asWords(scanned: Scanned, unused: ReadonlySet<Token>): Scanned {
  const tokens = scanned.tokens.flatMap((token): Token[] => {
    if (!unused.has(token)) return [token];
    return token.end > token.start ? [{ kind: 'text', start: token.start, end: token.end }] : [];
  });
  return { ...scanned, tokens, facts: factsOf(tokens) };
}

function factsOf(tokens: readonly Token[]): number[] {
  const facts: number[] = [];
  for (const token of tokens) if (token.kind !== 'text') facts.push(token.start);
  return facts;
}

function step(state: ScanState, at: number): number {
  const label = labelAt(state.folded, at);
  if (label) {
    openForm(state, label.kind, at);
    return labelled(state, label.kind, label.end);
  }
  const start = numbering(state, at);
  const tokens =
    datedFamily(state, start, (behind) => tailPlace(state, behind)) ??
    (state.head ? (factAt(state, start) ?? factBehindConnector(state, start)) : tailFact(state, start));
  if (tokens) return pushTokens(state, tokens);
  const end = Math.max(segmentEnd(state.folded, start, state.to), start + 1);
  state.head = false;
  return pushTokens(state, [{ kind: 'text', start, end }]);
}

/** `2、`, `(3)`, `①` in front of a line of a pasted list. */
function numbering(state: ScanState, at: number): number {
  if (at > 0 && !state.gap.includes('\n')) return at;
  const found = NUMBERING.at(state.folded, at);
  return found ? at + found[0].length : at;
}

const NUMBERING = new Opening(
  `${ASCII_DIGITS}①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳一二三四五六七八九十`,
  /(?:[一二三四五六七八九十]{1,2}、|\d{1,2}(?:[、)]|\.(?!\d)|\.(?=\d{1,3}(?:号楼|栋|幢|座|#)))|[①-⑳])\s?/y,
);

/** What may close a name that stands behind the words: 白洁反映, 张某家. */
const BEHIND_NAME = /^(?:家[里中]?|来?反映|说|提出|报的?|报修|求助|投诉|问|咨询)$/;

const LIVES = new Opening('现实居目户', /现住|现居|实际|实住|居住地|现在住|目前住|户籍|户口/y);

/** After free words only what fills a segment by itself is taken for a fact. */
function tailFact(state: ScanState, at: number): Token[] | null {
  const { folded, to } = state;
  const end = nearEnd(state, at);
  const people = companionsAt(folded, at, to);
  if (people && (people.role === 'visitors' || nearEnd(state, people.end) === people.end))
    return [{ kind: 'people', start: at, ...people }];
  if (!state.dated) {
    const date = dateAt(folded, at, state.now);
    if (date?.sure && date.end >= end && !(state.issue && state.places + state.persons > 0))
      return [{ kind: 'date', start: at, end: date.end, day: date.day, sure: true }];
  }
  if (!state.moded && !state.issue) {
    const mode = modeAt(folded, at, end);
    if (mode?.whole && (mode.mode !== 'meeting' || state.persons === 0)) return modeToken(state, at, end);
  }
  if (LIVES.at(folded, at)) {
    const tokens = factAt(state, at);
    if (tokens?.[0]?.kind === 'place') state.head = true;
    if (tokens) return tokens;
  }
  return tailPlace(state, at) ?? tailPerson(state, at, end);
}

function tailPlace(state: ScanState, at: number): Token[] | null {
  const { folded, to } = state;
  const place = placeAt(folded, at, to, { roomOk: state.building });
  if (!place || place.kind === 'plain') return null;
  const numbered = place.parts.some((part) => part.rank !== RANK.name);
  if (state.places > 0 && (state.issue || !numbered)) return null;
  const after = skipSeparators(folded, place.end, to);
  const near = after - place.end <= 2 && !folded.slice(place.end, after).includes('\n');
  const person = near ? personAt(folded, after, nearEnd(state, after), true) : null;
  const token: Token = {
    kind: 'place',
    start: at,
    end: place.end,
    parts: place.parts,
    sure: place.kind !== 'room',
    override: false,
  };
  if (state.places === 0) {
    const building = place.parts.some((part) => part.rank === RANK.building);
    if (
      !(place.whole || building || (person?.sure && numbered)) ||
      place.kind === 'room' ||
      place.kind === 'site'
    )
      return null;
    return withPerson(
      state,
      token,
      person?.sure && state.persons === 0 ? { start: after, end: person.end } : null,
    );
  }
  if (!person?.sure) return null;
  return withPerson(state, token, { start: after, end: person.end });
}

function withPerson(state: ScanState, place: Token, person: { start: number; end: number } | null): Token[] {
  if (!person) return [place];
  return [place, { kind: 'person', ...person, text: state.src.slice(person.start, person.end), sure: true }];
}

function tailPerson(state: ScanState, at: number, end: number): Token[] | null {
  if (state.persons > 0) return isJoined(state.gap) ? personToken(state, at, end) : null;
  const whole = personAt(state.folded, at, end, false);
  const person = whole?.end === end ? whole : personAt(state.folded, at, end, true);
  if (!person?.sure) return null;
  if (person.end !== end && !BEHIND_NAME.test(state.folded.slice(person.end, end))) return null;
  return [{ kind: 'person', start: at, end, text: state.src.slice(at, person.end), sure: true }];
}
