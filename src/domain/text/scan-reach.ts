import { isGap, segmentEnd } from './normalise.ts';
import type { ScanState } from './tokens.ts';

/** The end of the segment, looked for only as far as a fact can reach: every step costs the same. */
export function nearEnd(state: ScanState, at: number): number {
  return segmentEnd(state.folded, at, Math.min(state.to, at + REACH));
}

const REACH = 40;

/** The first index at or after `at` that holds no space. */
export function skipSpaces(state: ScanState, at: number): number {
  let i = at;
  while (i < state.to && state.folded.charAt(i) === ' ') i++;
  return i;
}

/** True if the words end at `at`. */
export function atBreak(state: ScanState, at: number): boolean {
  return at >= state.to || isGap(state.folded, at);
}

/** True for what joins the members of a list: 、 or &. */
export function isJoined(gap: string): boolean {
  return (gap.includes('、') || gap.includes('&')) && JOINED.test(gap);
}

const JOINED = /^\s?[、&]\s?$/;

/** True for a gap behind which another family may follow: a new line or a semicolon. */
export function opensItem(gap: string): boolean {
  return gap !== '' && gap !== ' ' && (gap.includes('\n') || gap.includes(';'));
}

/** True where another family may begin: behind such a gap, or behind the day or the way that opened the item. */
export function startsItem(state: ScanState): boolean {
  if (opensItem(state.gap)) return true;
  const [before, last] = state.out.slice(-2);
  const opener = last ?? before;
  const from = state.items[state.items.length - 1] ?? 0;
  if (from === 0 || (opener?.kind !== 'date' && opener?.kind !== 'mode') || opener.start < from) return false;
  return last === undefined || (before?.start ?? 0) < from;
}
