import { CharSet } from './char-set.ts';
import { trimSeparators } from './normalise.ts';
import { inheritParts, placeText } from './place.ts';
import { type PlacePart, RANK } from './place-parts.ts';
import type { Scanned } from './scan.ts';
import type { PersonToken, PlaceToken } from './tokens.ts';

/** A stretch of free words, as indexes into the line as typed. */
export interface Span {
  start: number;
  end: number;
}

/** One family of a line before its note is cut. */
export interface Draft {
  parts: PlacePart[] | null;
  place: PlaceToken | null;
  person: PersonToken | null;
  words: Span[];
}

/** The families of a line and the words that belong to all of them. */
export interface Assembled {
  drafts: Draft[];
  shared: Span[];
}

interface Work {
  done: Draft[];
  current: Draft;
  /** The last place that was named in full: later ones borrow its front (301 after 3号楼201). */
  lastParts: PlacePart[];
  /** The current place was only carried over from the family before. */
  carried: boolean;
  /** How many of the families done have their place for good. */
  placed: number;
}

const empty = (): Draft => ({ parts: null, place: null, person: null, words: [] });

/** Gives every place, person and stretch of words to its family (decision 25). Always at least one draft. */
export function assemble({ src, tokens }: Scanned): Assembled {
  const work: Work = { done: [], current: empty(), lastParts: [], carried: false, placed: 0 };
  const lead: Span[] = [];
  for (const token of tokens) {
    if (token.kind === 'place') takePlace(work, token);
    else if (token.kind === 'person') takePerson(work, token);
    else if (token.kind === 'text') {
      const begun = work.current.parts !== null || work.current.person !== null || work.done.length > 0;
      const own = begun && !isCount(src, token);
      (own ? work.current.words : lead).push({ start: token.start, end: token.end });
    }
  }
  const drafts = dropHeader([...work.done, work.current], lead);
  const first = drafts[0] ?? empty();
  if (drafts.length === 1) return { drafts: [{ ...first, words: [] }], shared: joined(lead, first.words) };
  const last = drafts[drafts.length - 1];
  if (last && !ownAbsence(src, last) && drafts.every((draft) => draft === last || draft.words.length === 0)) {
    return {
      drafts: drafts.map((draft) => ({ ...draft, words: [] })),
      shared: joined(lead, last.words),
    };
  }
  return { drafts, shared: lead };
}

/** 602何女士、701未遇: an absence written onto the last family is its own and not everybody's. */
function ownAbsence(src: string, last: Draft): boolean {
  const word = last.words[0];
  const fact = Math.max(last.place?.end ?? 0, last.person?.end ?? 0);
  return word !== undefined && word.start === fact && ABSENT.test(src.slice(word.start, word.start + 6));
}

/** 7栋3户：… counts the families and belongs to none. */
const COUNT = /^\d{1,3}[户家人]$/;

function isCount(src: string, { start, end }: Span): boolean {
  return end - start <= 4 && COUNT.test(src.slice(start, end));
}

const ABSENT = /^(?:未遇|没人|无人|不在家|没在家|没见到|未见到|外出)/;

function takePlace(work: Work, token: PlaceToken): void {
  const { current } = work;
  const parts = token.override ? token.parts : inheritParts(token.parts, work.lastParts);
  const replaces = token.override || current.parts === null || (work.carried && current.words.length === 0);
  const deeperFirst =
    (current.parts?.[0]?.rank ?? 0) >= RANK.unit && current.person === null && current.words.length === 0;
  if (!replaces && deeperFirst && (parts[parts.length - 1]?.rank ?? RANK.room) < RANK.unit) {
    // 2单元3号楼: said from the inside out.
    current.parts = [...parts, ...(current.parts ?? [])];
  } else if (
    !replaces &&
    current.person === null &&
    current.words.length === 0 &&
    isDeeper(token.parts, current.parts)
  ) {
    current.parts = parts;
  } else if (replaces) {
    current.parts = parts;
    current.place = token;
    for (; work.placed < work.done.length; work.placed++) {
      const draft = work.done[work.placed];
      if (draft?.parts === null) Object.assign(draft, { parts, place: token });
    }
  } else {
    work.done.push(current);
    work.current = { ...empty(), parts, place: token };
  }
  work.carried = false;
  work.lastParts = work.current.parts ?? parts;
}

/** 楼栋：7栋 房号：602 — the second completes the first. */
function isDeeper(parts: readonly PlacePart[], before: readonly PlacePart[] | null): boolean {
  const last = before?.[before.length - 1];
  const first = parts[0];
  return last !== undefined && first !== undefined && first.rank > last.rank;
}

function takePerson(work: Work, token: PersonToken): void {
  const { current } = work;
  if (current.person === null) {
    current.person = token;
    return;
  }
  work.done.push(current);
  work.current = { ...empty(), parts: current.parts, place: current.place, person: token };
  work.carried = current.parts !== null;
}

/** `4号楼消防检查` above a list of its rooms is a heading and no family of its own. */
function dropHeader(drafts: Draft[], lead: Span[]): Draft[] {
  const [first, second] = drafts;
  if (!first?.parts || !second?.parts || first.person !== null || drafts.length < 3) return drafts;
  const deeper =
    second.parts.length > first.parts.length && (first.parts[first.parts.length - 1]?.rank ?? 0) < RANK.room;
  if (!deeper || !placeText(second.parts).startsWith(placeText(first.parts))) return drafts;
  lead.push(...first.words);
  return drafts.slice(1);
}

/** Both in the order of the line; each of the two is so by itself. */
function joined(lead: Span[], words: Span[]): Span[] {
  if (lead.length === 0) return words;
  return [...lead, ...words].sort((a, b) => a.start - b.start);
}

/** Takes an opening bracket in again whose closing one stands inside the piece. */
function openedAt(src: string, piece: Span): number {
  if (piece.start === 0 || !OPENING.at(src, piece.start - 1)) return piece.start;
  const closing = BRACKETS[src.charAt(piece.start - 1)];
  return closing && src.slice(piece.start, piece.end).includes(closing) ? piece.start - 1 : piece.start;
}

const EXCLAIMED = new CharSet('！？!?…');

/** ！ and ？ behind the last word are the speaker's own. */
function closedAt(src: string, end: number): number {
  let i = end;
  while (i < end + 3 && EXCLAIMED.at(src, i)) i++;
  return i;
}

const BRACKETS: Readonly<Record<string, string>> = {
  '（': '）',
  '(': ')',
  '【': '】',
  '“': '”',
  '「': '」',
  '《': '》',
};
const OPENING = new CharSet(Object.keys(BRACKETS));

/**
 * The words of some spans as typed. Neighbours that only separators part are cut in one piece, so that
 * punctuation survives; others are joined by a comma. Null when nothing is left.
 */
export function wordsOf(scanned: Scanned, spans: readonly Span[]): string | null {
  const { src, facts } = scanned;
  const pieces: Span[] = [];
  let fact = firstAfter(facts, spans[0]?.start ?? 0);
  for (const span of spans) {
    const last = pieces[pieces.length - 1];
    while (fact < facts.length && (facts[fact] ?? 0) < (last?.end ?? 0)) fact++;
    const between = facts[fact];
    if (last && (between === undefined || between >= span.start)) last.end = span.end;
    else pieces.push({ ...span });
  }
  let words = '';
  for (const piece of pieces) {
    const cut = trimSeparators(src.slice(openedAt(src, piece), closedAt(src, piece.end)));
    if (cut !== '') words = words === '' ? cut : `${words}，${cut}`;
  }
  return words === '' ? null : words;
}

/** Index of the first of the rising numbers that is not below `at`. */
function firstAfter(numbers: readonly number[], at: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
