import { dateAt } from './dates.ts';
import { type LabelKind, labelAt } from './labels.ts';
import { modeAt } from './modes.ts';
import { skipSeparators } from './normalise.ts';
import { nearEnd, opensItem } from './scan-reach.ts';
import type { ScanState, Token } from './tokens.ts';

/** A new line or a semicolon opens the head again: another family may follow, with its own day and way. */
export function openItem(state: ScanState, at: number): void {
  state.head = true;
  if (labelAt(state.folded, at)) return;
  state.labels.clear();
  beginItem(state, at);
}

/** The lines of a form are one item until a label comes a second time (楼栋：7栋 房号：602 is one place). */
export function openForm(state: ScanState, kind: LabelKind, at: number): void {
  const last = state.out[state.out.length - 1];
  const goesOn = kind === 'place' && last?.kind === 'place';
  if (state.labels.has(kind) && !goesOn && at > 0 && /[\n;]/.test(state.gap || state.folded.charAt(at - 1))) {
    state.labels.clear();
    beginItem(state, at);
  }
  state.labels.add(kind);
}

function beginItem(state: ScanState, at: number): void {
  state.items.push(at);
  if (state.issue) return;
  state.dated = false;
  state.moded = false;
}

/**
 * `…，今天 4号楼 李某`, `…，电话 4号楼 李某`: a day or way right before a further place and its person opens an item of
 * their own. `placed` reads what stands behind it.
 */
export function datedFamily(
  state: ScanState,
  at: number,
  placed: (at: number) => Token[] | null,
): Token[] | null {
  const last = state.out[state.out.length - 1];
  const fresh = (last?.start ?? 0) < (state.items[state.items.length - 1] ?? 0);
  if (state.issue || state.places === 0 || fresh) return null;
  const said = dayOrWay(state, at);
  if (!said) return null;
  const start = skipSeparators(state.folded, said.end, state.to);
  if (start - said.end > 2 || start >= state.to || opensItem(state.folded.slice(said.end, start)))
    return null;
  const family = placed(start);
  if (family?.[1]?.kind !== 'person') return null;
  beginItem(state, at);
  return [said, ...family];
}

function dayOrWay(state: ScanState, at: number): Token | null {
  const date = dateAt(state.folded, at, state.now);
  if (date) return date.sure ? { kind: 'date', start: at, end: date.end, day: date.day, sure: true } : null;
  const end = nearEnd(state, at);
  const mode = modeAt(state.folded, at, end);
  return mode?.whole && mode.end === end ? { kind: 'mode', start: at, end, mode: mode.mode } : null;
}
