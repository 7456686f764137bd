import type { Day } from '../../lib/day.ts';
import type { LabelKind } from './labels.ts';
import { type PlacePart, RANK } from './place-parts.ts';
import type { VisitMode } from './types.ts';

/**
 * What a line is cut into. `start` and `end` are indexes into the line as typed; everything that is no
 * recognised fact is a text token, so nothing typed is lost (issue 2 point 6).
 */
export type Token =
  | { kind: 'place'; start: number; end: number; parts: PlacePart[]; sure: boolean; override: boolean }
  | { kind: 'person'; start: number; end: number; text: string; sure: boolean }
  | { kind: 'date'; start: number; end: number; day: Day; sure: boolean }
  | { kind: 'mode'; start: number; end: number; mode: VisitMode }
  | { kind: 'people'; start: number; end: number; role: 'visitors' | 'companions'; names: string[] }
  | { kind: 'text'; start: number; end: number };

export type PlaceToken = Extract<Token, { kind: 'place' }>;
export type DateToken = Extract<Token, { kind: 'date' }>;
export type PersonToken = Extract<Token, { kind: 'person' }>;
export type ModeToken = Extract<Token, { kind: 'mode' }>;

/** What the scanner knows so far. */
export interface ScanState {
  readonly src: string;
  readonly folded: string;
  readonly to: number;
  readonly now: number;
  /** An issue keeps dates and modes inside the resident's words. */
  readonly issue: boolean;
  readonly out: Token[];
  /** Where the lines of a pasted block, and what stands between semicolons, begin; the first with the line. */
  readonly items: number[];
  /** The labels of the form that is being read. */
  readonly labels: Set<LabelKind>;
  /** True until the first free words: facts may stand without a break. */
  head: boolean;
  places: number;
  persons: number;
  /** True if a place token of this line is known to hold a building, so that bare room numbers may follow. */
  building: boolean;
  /** The item has its day, its way. */
  dated: boolean;
  moded: boolean;
  /** Separators between the last token and here, folded. */
  gap: string;
}

/** Adds tokens, notes what the line has named by now, and returns where reading goes on. */
export function pushTokens(state: ScanState, tokens: Token[]): number {
  for (const token of tokens) {
    state.out.push(token);
    if (token.kind === 'place') {
      state.places++;
      for (const part of token.parts) state.building ||= part.rank >= RANK.yard;
    } else if (token.kind === 'person') state.persons++;
    else if (token.kind === 'date') state.dated = true;
    else if (token.kind === 'mode') state.moded = true;
  }
  return tokens[tokens.length - 1]?.end ?? state.to;
}
