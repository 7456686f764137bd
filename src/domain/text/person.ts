import { bareNameAt } from './bare-name.ts';
import { CharSet } from './char-set.ts';
import { matchAt } from './match-at.ts';
import { minorityEnd, soundsTo } from './minority-name.ts';
import { isHanAt } from './normalise.ts';
import { wordEnds } from './word-breaks.ts';
import { longestFirst, WordTable } from './word-table.ts';
import { GIVEN_CHARACTERS, LOOSE_GIVEN } from './words/given-characters.ts';
import { NOT_NAMES } from './words/not-names.ts';
import { COMMON_SURNAMES, COMPOUND_SURNAMES, OTHER_SURNAMES, WORDY_COMPOUNDS } from './words/surnames.ts';
import { NOT_NICKNAMES, RELATIONS, TITLES, WEAK_TITLES } from './words/titles.ts';
import { wordyAddressed, wordyName } from './wordy-name.ts';

/**
 * A person read in a line. `sure` names carry their own proof: 某, a title, a middle dot, or a given name made of
 * the characters people use; the others are taken only where a name is expected.
 */
export interface FoundPerson {
  end: number;
  kind: 'some' | 'title' | 'minority' | 'nick' | 'full';
  sure: boolean;
}

const COMMON = new CharSet(COMMON_SURNAMES);
const SURNAMES = new CharSet(COMMON_SURNAMES + OTHER_SURNAMES);
const TITLES_BY_FIRST = new WordTable(longestFirst(TITLES));
/** Of two characters, and no words as well. */
const COMPOUNDS = new WordTable(
  COMPOUND_SURNAMES.filter((name) => name.length === 2 && !WORDY_COMPOUNDS.has(name)),
);
const RELATIONS_BY_FIRST = new WordTable(RELATIONS);
const NOT_NICKNAMES_BY_FIRST = new WordTable(NOT_NICKNAMES);
const DOTTED = /[\u4e00-\u9fff]{1,8}(?:·[\u4e00-\u9fff]{1,10})+/y;

/**
 * Reads the person at `at` in a segment that ends at `end`. `expected` says that a name is likely here
 * (right behind a place, at the head of the line), which lets a bare name be followed by words without a break.
 */
export function personAt(folded: string, at: number, end: number, expected: boolean): FoundPerson | null {
  if (!isHanAt(folded, at)) return null;
  const surname = surnameLength(folded, at);
  return (
    dotted(folded, at, end) ??
    (surname > 0 ? addressed(folded, at, end, surname) : wordyAddressed(folded, at, end)) ??
    minority(folded, at, end) ??
    nickname(folded, at, end) ??
    (surname > 0 ? bareNameAt(folded, at, end, surname, expected) : wordyName(folded, at, end))
  );
}

/** The person at `at` if 某 or a title shows him (李大爷); cheaper than `personAt`, for it judges no bare name. */
export function addressedAt(folded: string, at: number, end: number): FoundPerson | null {
  const surname = isHanAt(folded, at) ? surnameLength(folded, at) : 0;
  if (surname === 0) return wordyAddressed(folded, at, end);
  if (dotted(folded, at, end)) return null;
  return addressed(folded, at, end, surname);
}

/** 2 for 欧阳, 1 for 王, 0 where no surname stands. */
export function surnameLength(text: string, at: number): number {
  if (COMPOUNDS.at(text, at) !== '') return 2;
  return SURNAMES.at(text, at) ? 1 : 0;
}

/** Longest title that begins at `at`; weak ones only where the segment ends with them. */
export function titleLength(text: string, at: number, end: number): number {
  for (const title of TITLES_BY_FIRST.candidates(text, at)) {
    if (at + title.length > end || !text.startsWith(title, at)) continue;
    if (!WEAK_TITLES.has(title) || endsHere(text, at + title.length, end)) return title.length;
  }
  return 0;
}

function dotted(folded: string, at: number, end: number): FoundPerson | null {
  const reach = Math.min(end, at + 9);
  let dot = at + 1;
  while (dot < reach && folded.charAt(dot) !== '·') dot++;
  if (dot >= reach) return null;
  DOTTED.lastIndex = at;
  const found = DOTTED.exec(folded);
  if (!found) return null;
  const stop = Math.min(at + found[0].length, end);
  const lastDot = folded.lastIndexOf('·', stop - 1);
  if (folded.charAt(stop - 1) === '家' && stop - lastDot > 2)
    return { end: stop - 1, kind: 'minority', sure: true };
  if (stop - lastDot - 1 <= 6 && stop === end) return { end: stop, kind: 'minority', sure: true };
  const known = minorityEnd(folded, lastDot + 1, stop);
  const titled = known > 0 ? titleLength(folded, known, end) : 0;
  return { end: known > 0 ? known + titled : Math.min(stop, lastDot + 4), kind: 'minority', sure: true };
}

/** 张某, 段某某, 李大爷, 薛桂芬大娘, 薛家. */
function addressed(folded: string, at: number, end: number, surname: number): FoundPerson | null {
  let i = at + surname;
  if (folded.charAt(i) === '某' && i < end) {
    while (i < end && folded.charAt(i) === '某' && i - at - surname < 2) i++;
    const title = titleLength(folded, i, end);
    return { end: relation(folded, i + title, end), kind: 'some', sure: true };
  }
  const title = ambiguousUncle(folded, at, i, end) ? 0 : titleLength(folded, i, end);
  if (title > 0 && !NOT_NAMES.has(folded.slice(at, i + title)))
    return { end: relation(folded, i + title, end), kind: 'title', sure: true };
  for (let given = 2; given >= 1; given--) {
    const stop = i + given;
    const named = titleLength(folded, stop, end);
    if (named > 0 && stop < end && allGiven(folded, i, stop))
      return { end: stop + named, kind: 'title', sure: true };
  }
  if (folded.charAt(i) === '家' && i + 1 === end) return { end, kind: 'title', sure: true };
  return null;
}

/** 刘伯承 is a name and 刘伯 an uncle: 伯 and 叔 before another character of given names that ends a word. */
function ambiguousUncle(folded: string, at: number, i: number, end: number): boolean {
  const uncle = folded.charAt(i);
  if ((uncle !== '伯' && uncle !== '叔') || i + 1 >= end) return false;
  const next = folded.charAt(i + 1);
  if (next === uncle || next === '母' || next === '娘' || !allGiven(folded, i + 1, i + 2)) return false;
  return wordEnds(folded.slice(at, Math.min(end, i + 5))).has(i + 2 - at);
}

function minority(folded: string, at: number, end: number): FoundPerson | null {
  const known = minorityEnd(folded, at, end);
  if (known === 0) return null;
  const stop = known - at >= 2 ? soundsTo(folded, known, end) : known;
  const title = titleLength(folded, stop, end);
  const enough = stop - at >= 4 || title > 0 || (stop === end && stop - at >= 2);
  return enough ? { end: stop + title, kind: 'minority', sure: stop - at >= 3 || title > 0 } : null;
}

/** Characters that hardly stand but in given names: 小茜, 小娟 (小雨 and 小路 are words). */
const CALLED = new CharSet(
  '婷娜萍莉莎芬芹蓉茜茹菲菁萱萌芷丽娟娥婕嫣妍姗姣娅媛婧妮娣琳琅璐瑶瑾瑜琪琦瑟慧惠淑娴倩霞虹雯俊杰伟鹏涛磊斌峰凯辉刚浩轩燕芳敏静洁玲艳玉梅兰菊',
);

/** 老李, 小王, 老王头, 阿珍, 小茜. */
function nickname(folded: string, at: number, end: number): FoundPerson | null {
  const first = folded.charAt(at);
  if (at + 2 > end) return null;
  if (first === '阿' && at + 2 === end && GIVEN_CHARACTERS.at(folded, at + 1))
    return { end, kind: 'nick', sure: true };
  if (first !== '老' && first !== '小' && first !== '大') return null;
  if (first !== '大' && COMPOUNDS.at(folded, at + 1) !== '') return { end: at + 3, kind: 'nick', sure: true };
  if (first === '小' && at + 2 === end && CALLED.at(folded, at + 1))
    return { end, kind: 'nick', sure: false };
  if (!SURNAMES.at(folded, at + 1)) return null;
  if (first === '大' && at + 2 !== end) return null;
  if (NOT_NICKNAMES_BY_FIRST.at(folded, at) !== '') return null;
  const common = COMMON.at(folded, at + 1);
  const whole = endsHere(folded, at + 2, end);
  if (!whole && !common) {
    // An uncommon surname needs a word that begins right behind it: 老鲍|头, 老薄|说.
    if (!wordEnds(folded.slice(at, Math.min(end, at + 6))).has(2)) return null;
  }
  const tail = folded.charAt(at + 2);
  const long =
    (tail === '头' || tail === '汉' || tail === '太') && !/[疼痛晕昏发]/.test(folded.charAt(at + 3)) ? 3 : 2;
  const title = long === 2 ? titleLength(folded, at + 2, end) : 0;
  return { end: at + long + title, kind: 'nick', sure: common || long === 3 };
}

function relation(folded: string, at: number, end: number): number {
  const pair = matchAt(PAIR, folded, at);
  if (pair && at + pair[0].length <= end) return at + pair[0].length;
  for (const word of RELATIONS_BY_FIRST.candidates(folded, at))
    if (at + word.length === end && folded.startsWith(word, at)) return end;
  return at;
}

/** 何女士夫妇, 张某一家: the whole home. */
const PAIR = /夫妇|夫妻|老两口|两口子|一家(?=$|[\s,;、。])/y;

function allGiven(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (!GIVEN_CHARACTERS.at(text, i) || LOOSE_GIVEN.at(text, i)) return false;
  return true;
}

function endsHere(text: string, at: number, end: number): boolean {
  return at >= end || text.charAt(at) === '家' || text.charAt(at) === '的';
}
