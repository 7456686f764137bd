import { isHan } from './normalise.ts';
import type { FoundPerson } from './person.ts';
import { wordEnds } from './word-breaks.ts';
import { FIGURE_NAMES, GIVEN_CHARACTERS, LOOSE_GIVEN } from './words/given-characters.ts';
import { NEVER_GIVEN, NOT_NAMES, OPENS_NOTE } from './words/not-names.ts';
import { COMMON_SURNAMES } from './words/surnames.ts';

const COMMON: ReadonlySet<string> = new Set(COMMON_SURNAMES);
/** 家 ends a name unless a word of its own begins there (家属, 家长, 家具 …). */
const HOME_WORD = /家(?!属|长|庭|具|电|务|暴|政|教|乡|伙)/y;

/**
 * A name without title or 某: surname and one or two characters. A whole segment is judged by its characters;
 * with words behind it, the engine's word breaks decide between one and two (白洁|孩子, 钱秀兰|血压).
 */
export function bareNameAt(
  folded: string,
  at: number,
  end: number,
  surname: number,
  expected: boolean,
): FoundPerson | null {
  const from = at + surname;
  let run = from;
  while (run < end && run < from + 3 && isHan(folded.charAt(run))) run++;
  if (run === from) return null;
  for (const given of [1, 2]) {
    const stop = from + given;
    const whole = stop === end;
    if (stop > run || !(whole || (isHome(folded, stop) && (expected || stop + 1 >= end)))) continue;
    const found = judge(folded.slice(at, stop), surname, expected);
    if (found !== null) return { end: stop, kind: 'full', sure: found };
    if (whole) return null;
  }
  if (run - from < 2 || (!expected && surname === 1)) return null;
  return attached(folded, at, end, surname);
}

/** True: surely a name; false: a name where one is expected; null: none. */
function judge(body: string, surname: number, expected: boolean): boolean | null {
  if (FIGURE_NAMES.has(body)) return true;
  if (NOT_NAMES.has(body)) return null;
  const given = body.slice(surname);
  if ([...given].some((char) => NEVER_GIVEN.has(char))) return null;
  const known = [...given].filter((char) => GIVEN_CHARACTERS.has(char)).length;
  const common = surname === 2 || COMMON.has(body.charAt(0));
  if (surname === 1 && given.length === 2 && NOT_NAMES.has(body.slice(0, 2))) {
    return expected && known === 2 ? false : null;
  }
  const ends = wordEnds(body);
  if (known === given.length) {
    // One dictionary word (战斗力, 金花): three characters are no name then, two only where a name is expected.
    if (ends.size === 1 && (body.length === 3 || !expected) && surname === 1) return null;
    if ([...given].every((char) => LOOSE_GIVEN.has(char))) return expected ? false : null;
    if (common || ends.has(surname)) return true;
    return expected ? false : null;
  }
  // Unknown characters: each a word of its own, one of them known to names, or the place where a name is expected.
  const apart = ends.size === body.length - surname + 1 && ends.has(surname);
  if (common && known > 0 && apart && ![...given].some((char) => OPENS_NOTE.has(char))) return true;
  if (!expected || !(common || known > 0)) return null;
  return ends.has(surname) ? false : null;
}

function attached(folded: string, at: number, end: number, surname: number): FoundPerson | null {
  const from = at + surname;
  const first = folded.charAt(from);
  const second = folded.charAt(from + 1);
  if (surname === 1 && (NOT_NAMES.has(folded.slice(at, at + 2)) || NOT_NAMES.has(folded.slice(at, at + 3))))
    return null;
  if (NEVER_GIVEN.has(first)) return null;
  if (FIGURE_NAMES.has(folded.slice(at, from + 1))) return { end: from + 1, kind: 'full', sure: false };
  const common = surname === 2 || COMMON.has(folded.charAt(at));
  const ends = wordEnds(folded.slice(at, Math.min(end, from + 6)));
  const firstFits = GIVEN_CHARACTERS.has(first);
  const secondFits = GIVEN_CHARACTERS.has(second) && !NEVER_GIVEN.has(second);
  const one = firstFits && !LOOSE_GIVEN.has(first);
  const two = firstFits && secondFits && !(LOOSE_GIVEN.has(first) && LOOSE_GIVEN.has(second));
  // A dictionary word that swallows the surname (毛孔, 白术) is no name, unless two given characters end with a word.
  if (!ends.has(surname)) return common && two && ends.has(surname + 2) ? sureName(from + 2) : null;
  if (two && ends.has(surname + 2)) return { end: from + 2, kind: 'full', sure: common };
  // A second character that is a word of its own and opens no note belongs to the name: 王孝通|问.
  const alone = ends.has(surname + 1) && ends.has(surname + 2) && isHan(second);
  const closes = NEVER_GIVEN.has(second) || OPENS_NOTE.has(second);
  if (common && alone && !closes && (one || secondFits)) return sureName(from + 2);
  if (one) return { end: from + 1, kind: 'full', sure: common };
  // A rare given name: only behind a common surname and before a word that cannot belong to it.
  if (!common) return null;
  return closes && ends.has(surname + 1) ? { end: from + 1, kind: 'full', sure: false } : null;
}

function sureName(end: number): FoundPerson {
  return { end, kind: 'full', sure: true };
}

function isHome(folded: string, at: number): boolean {
  HOME_WORD.lastIndex = at;
  return HOME_WORD.test(folded);
}
