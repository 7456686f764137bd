import { ASCII_DIGITS, ASCII_LETTERS, CharSet, WHITE_SPACE } from './char-set.ts';
import { NUMERAL } from './numerals.ts';

/** What may stand before or behind the number of a place: a letter, a heavenly stem, a side. */
const STEM = new CharSet(`${ASCII_LETTERS}甲乙丙丁戊东西南北中前后`);
const DIGIT = new CharSet(ASCII_DIGITS);
const NUMERALS = new CharSet(NUMERAL);
const SPACE = new CharSet(WHITE_SPACE);
const ORDINAL = 0x7b2c; // 第
/** A code that is in no set. */
const NOTHING = 0;

/** No number of a place or a day is longer; looking no further keeps a line of digits linear. */
const LONGEST = 6;
const MOST_SPACES = 2;

/** The end of the digits, or of the Chinese numerals, that begin at `at`; `at` itself where there are none. */
export function runOfNumber(folded: string, at: number): number {
  const kind = DIGIT.at(folded, at) ? DIGIT : NUMERALS;
  let i = at;
  while (i < at + LONGEST && kind.at(folded, i)) i++;
  return i;
}

/**
 * The code of the first character of the word behind a number (号 of `第3号楼`, 单 of `A2 单元`), which tells what the
 * number can be of before a pattern is tried; 0 where no number stands.
 */
export function wordBehindNumber(folded: string, at: number): number {
  let i = at < folded.length && folded.charCodeAt(at) === ORDINAL ? at + 1 : at;
  if (STEM.at(folded, i)) i++;
  const end = runOfNumber(folded, i);
  if (end === i) return NOTHING;
  i = STEM.at(folded, end) ? end + 1 : end;
  for (let spaces = 0; spaces < MOST_SPACES && SPACE.at(folded, i); spaces++) i++;
  return i < folded.length ? folded.charCodeAt(i) : NOTHING;
}
