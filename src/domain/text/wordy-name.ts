import { CharSet } from './char-set.ts';
import { Opening } from './match-at.ts';
import type { FoundPerson } from './person.ts';
import { wordEnds } from './word-breaks.ts';
import { longestFirst, WordTable } from './word-table.ts';
import { GIVEN_CHARACTERS, LOOSE_GIVEN } from './words/given-characters.ts';
import { NEVER_GIVEN, NOT_NAMES } from './words/not-names.ts';
import { WORDY_SURNAMES } from './words/surnames.ts';
import { FEMALE_TITLES, MALE_TITLES } from './words/titles.ts';

const WORDY = new CharSet(WORDY_SURNAMES);
/** 支书记 and 区主任 are offices; 支奶奶 and 区师傅 are people. */
const KIN = new WordTable(
  longestFirst(
    [...MALE_TITLES, ...FEMALE_TITLES, '师傅', '同学', '同志'].filter((title) => title.length > 1),
  ),
);
/** 二婶, 三姨, 七叔公 are called so by everybody around; 大妈 and 小哥 by everybody of anybody. */
const RANKED = new Opening(
  '二三四五六七八九幺',
  /[二三四五六七八九幺](?:叔公|叔婆|婆婆|爷爷|奶奶|姨妈|姑妈|叔|婶|姨|姑|伯|爷|奶|婆|舅|嫂|哥|姐|娘|妹|公)/y,
);

/** 水某, 支奶奶, and whole by itself 三姨: people whose surname is an everyday word, or who go by their rank among kin. */
export function wordyAddressed(folded: string, at: number, end: number): FoundPerson | null {
  if (WORDY.at(folded, at)) {
    let i = at + 1;
    while (i < end && folded.charAt(i) === '某' && i - at < 3) i++;
    if (i > at + 1) return { end: i, kind: 'some', sure: true };
    const title = KIN.at(folded, i);
    if (title !== '' && i + title.length <= end) return { end: i + title.length, kind: 'title', sure: true };
  }
  const named = givenWithKin(folded, at, end);
  if (named) return named;
  const ranked = RANKED.length(folded, at);
  return ranked > 0 && at + ranked === end ? { end, kind: 'title', sure: true } : null;
}

/** 水生叔, 秀兰嫂子: in a village the given name and what one calls him are enough; whole by itself. */
function givenWithKin(folded: string, at: number, end: number): FoundPerson | null {
  if (end - at < 3 || end - at > 4 || NOT_GIVEN_FIRST.at(folded, at) || !bothGiven(folded, at)) return null;
  return VILLAGE_KIN.has(folded.slice(at + 2, end)) ? { end, kind: 'title', sure: true } : null;
}

const NOT_GIVEN_FIRST = new CharSet('老大小阿二三四五六七八九');
const VILLAGE_KIN = new Set([
  '叔',
  '婶',
  '嫂',
  '哥',
  '姐',
  '伯',
  '爷',
  '婆',
  '爷叔',
  '阿姨',
  '大爷',
  '大妈',
  '大娘',
  '大叔',
  '大婶',
  '嫂子',
  '大嫂',
  '奶奶',
  '爷爷',
]);

/** Two characters of given names, one of them no everyday word. */
function bothGiven(folded: string, at: number): boolean {
  let loose = 0;
  for (let i = at; i < at + 2; i++) {
    if (!GIVEN_CHARACTERS.at(folded, i) || NEVER_GIVEN.at(folded, i)) return false;
    if (LOOSE_GIVEN.at(folded, i)) loose++;
  }
  return loose < 2;
}

/** 门玉兰, 楼永强: an everyday word as surname needs two given characters, and nothing more in its segment. */
export function wordyName(folded: string, at: number, end: number): FoundPerson | null {
  if (end - at !== 3 || !WORDY.at(folded, at)) return null;
  const body = folded.slice(at, end);
  if (!bothGiven(folded, at + 1) || NOT_NAMES.has(body) || !wordEnds(body).has(1)) return null;
  return { end, kind: 'full', sure: false };
}
