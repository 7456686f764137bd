import { CharSet } from './char-set.ts';
import { Opening } from './match-at.ts';
import { isHanAt } from './normalise.ts';
import type { FoundPerson } from './person.ts';
import { isHamlet } from './place-names.ts';
import { wordEnds } from './word-breaks.ts';
import { FIGURE_NAMES, GIVEN_CHARACTERS, LOOSE_GIVEN, NAMES_TOO } from './words/given-characters.ts';
import { NEVER_GIVEN, NOT_NAMES, OPENS_NOTE } from './words/not-names.ts';
import { SURNAME_WORDS } from './words/surname-words.ts';
import { COMMON_SURNAMES } from './words/surnames.ts';

const COMMON = new CharSet(COMMON_SURNAMES);
/** Of given names where the whole segment is one (周一鸣); with words behind it one begins those: 王一直咳嗽. */
const GIVEN_IN_WHOLE = new CharSet('一');
const FIGURES = new CharSet('二三四五六七八九');
/** Shapes of land that end names of villages and nobody's own (林桥铺, 联合垸). */
const LAND_ENDS = new CharSet('铺堡寨坳坞垭圩垸畈垌塬屯沟崖洼嘴咀墩窑坨坎坑塆');
/** 家 ends a name unless a word of its own begins there (家属, 家长, 家具 …). */
const HOME_WORD = new Opening('家', /家(?!属|长|庭|具|电|务|暴|政|教|乡|伙)/y);

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
  while (run < end && run < from + 3 && isHanAt(folded, run)) run++;
  if (run === from) return null;
  for (let given = 1; given <= 2; given++) {
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
  if (NAMES_TOO.has(body)) return expected ? false : null;
  if (NOT_NAMES.has(body)) return null;
  if (count(body, surname, NEVER_GIVEN) > 0) return null;
  if (body.length === 3 && (LAND_ENDS.at(body, 2) || isHamlet(body, 0, 3))) return null;
  const given = body.length - surname;
  const known = count(body, surname, GIVEN_CHARACTERS) + count(body, surname, GIVEN_IN_WHOLE);
  const common = surname === 2 || COMMON.at(body, 0);
  if (surname === 1 && given === 2 && NOT_NAMES.has(body.slice(0, 2))) {
    return expected && known === 2 ? false : null;
  }
  // The word breaks are asked for last and only where they decide: they cost more than all the tables.
  if (known === given) {
    // One dictionary word (战斗力, 金花): three characters are no name then, two only where a name is expected.
    if (surname === 1 && isWord(body, common, expected)) return null;
    if (count(body, surname, LOOSE_GIVEN) === given) return expected ? false : null;
    if (common || wordEnds(body).has(surname)) return true;
    return expected ? false : null;
  }
  // Unknown characters: each a word of its own, one of them known to names, or the place where a name is expected.
  const ends = wordEnds(body);
  const apart = ends.size === given + 1 && ends.has(surname);
  if (common && known > 0 && apart && count(body, surname, OPENS_NOTE) === 0) return true;
  if (!expected || !(common || known > 0)) return null;
  return ends.has(surname) ? false : null;
}

/** A word and no name; the engine's dictionary is asked about uncommon surnames, and about two characters where no name is expected. */
function isWord(body: string, common: boolean, expected: boolean): boolean {
  if (body.length === 3 && common) return SURNAME_WORDS.has(body);
  return (body.length === 3 || !expected) && wordEnds(body).one;
}

/** How many characters from `from` on are of the set. */
function count(body: string, from: number, set: CharSet): number {
  let found = 0;
  for (let i = from; i < body.length; i++) if (set.at(body, i)) found++;
  return found;
}

function attached(folded: string, at: number, end: number, surname: number): FoundPerson | null {
  const from = at + surname;
  const second = from + 1;
  if (surname === 1 && (NOT_NAMES.has(folded.slice(at, at + 2)) || NOT_NAMES.has(folded.slice(at, at + 3))))
    return null;
  if (NEVER_GIVEN.at(folded, from)) return null;
  if (FIGURE_NAMES.has(folded.slice(at, from + 1))) return { end: from + 1, kind: 'full', sure: false };
  const common = surname === 2 || COMMON.at(folded, at);
  const ends = wordEnds(folded.slice(at, Math.min(end, from + 6)));
  const firstFits = GIVEN_CHARACTERS.at(folded, from);
  // 韩梅|二宝: a figure before more words counts them.
  const secondFits =
    GIVEN_CHARACTERS.at(folded, second) && !NEVER_GIVEN.at(folded, second) && !FIGURES.at(folded, second);
  const one = firstFits && !LOOSE_GIVEN.at(folded, from);
  const two = firstFits && secondFits && !(LOOSE_GIVEN.at(folded, from) && LOOSE_GIVEN.at(folded, second));
  // A dictionary word that swallows the surname (毛孔, 白术) is no name, unless two given characters end with a word.
  if (!ends.has(surname)) return common && two && ends.has(surname + 2) ? sureName(from + 2) : null;
  if (two && ends.has(surname + 2)) return { end: from + 2, kind: 'full', sure: common };
  // A second character that is a word of its own and opens no note belongs to the name: 王孝通|问.
  const alone = ends.has(surname + 1) && ends.has(surname + 2) && isHanAt(folded, second);
  const closes = NEVER_GIVEN.at(folded, second) || OPENS_NOTE.at(folded, second);
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
  return HOME_WORD.at(folded, at) !== null;
}
