import { dateAt } from './dates.ts';
import { type LabelKind, labelAt } from './labels.ts';
import { Opening } from './match-at.ts';
import { modeAt } from './modes.ts';
import { skipSeparators } from './normalise.ts';
import { nearEnd } from './scan-reach.ts';
import type { ScanState, Token } from './tokens.ts';

/** The command typed again at the head of a pasted line: what was said before it is not said of what follows. */
const COMMAND = new Opening('走未补电', /(走访|未遇|补记|补访|电联)(?=[\s:,])/y);

/**
 * A new line or a semicolon opens the head again: another family may follow, with its own day and way. Returns where
 * reading goes on.
 */
export function openItem(state: ScanState, at: number): number {
  state.head = true;
  if (labelAt(state.folded, at)) return at;
  state.labels.clear();
  const again = COMMAND.at(state.folded, at);
  const command = again && (again[1] === '走访' || /[/、]/.test(state.gap)) ? again : null;
  beginItem(state, at, command !== null, command?.[1] === '未遇');
  if (command?.[1] === '电联') state.out.push({ kind: 'mode', start: at, end: at, mode: 'phone' });
  return command ? skipSeparators(state.folded, at + command[0].length, state.to) : at;
}

/** The lines of a form are one item until a label comes a second time (楼栋：7栋 房号：602 is one place). */
export function openForm(state: ScanState, kind: LabelKind, at: number): void {
  const last = state.out[state.out.length - 1];
  const goesOn = kind === 'place' && last?.kind === 'place';
  if (state.labels.has(kind) && !goesOn && at > 0 && /[\n;]/.test(state.gap || state.folded.charAt(at - 1))) {
    state.labels.clear();
    beginItem(state, at, false, false);
  }
  state.labels.add(kind);
}

function beginItem(state: ScanState, at: number, restated: boolean, attempt: boolean): void {
  state.items.push({ at, restated, attempt });
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
  if (state.issue || state.places === 0) return null;
  const said = dayOrWay(state, at);
  if (!said) return null;
  const start = skipSeparators(state.folded, said.end, state.to);
  if (start - said.end > 2 || start >= state.to) return null;
  const family = placed(start);
  if (family?.[1]?.kind !== 'person') return null;
  beginItem(state, at, false, false);
  return [said, ...family];
}

function dayOrWay(state: ScanState, at: number): Token | null {
  const date = dateAt(state.folded, at, state.now);
  if (date) return date.sure ? { kind: 'date', start: at, end: date.end, day: date.day, sure: true } : null;
  const end = nearEnd(state, at);
  const mode = modeAt(state.folded, at, end);
  return mode?.whole && mode.end === end ? { kind: 'mode', start: at, end, mode: mode.mode } : null;
}
