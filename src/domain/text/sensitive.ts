import { CharSet } from './char-set.ts';
import { CONDITION_WORDS } from './data/topic-sensitive-words.ts';
import { matchAt } from './match-at.ts';

/** What should not be seen by others (care.md E.1): numbers that can be told by their form, and a few words. */
export type SensitiveKind =
  | 'phone'
  | 'id'
  | 'bankcard'
  | 'room'
  | 'illness'
  | 'violence'
  | 'record'
  | 'disability'
  | 'benefit';

/** A place in the text, in UTF-16 units, `end` not included. */
export interface Sensitive {
  kind: SensitiveKind;
  start: number;
  end: number;
}

/** The kinds for which the input guard reminds (decision 10); a room number only shortens the receipt. */
export type GuardKind = 'phone' | 'id' | 'bankcard' | 'illness' | 'violence';

const GUARDED: readonly GuardKind[] = ['phone', 'id', 'bankcard', 'illness', 'violence'];

const DIGITS = new Map<string, string>([
  ...[...'０１２３４５６７８９'].map((char, i): [string, string] => [char, String(i)]),
  ...[...'零一二三四五六七八九'].map((char, i): [string, string] => [char, String(i)]),
  ['〇', '0'],
  ['○', '0'],
  ['幺', '1'],
  ['两', '2'],
  ['壹', '1'],
  ['贰', '2'],
  ['叁', '3'],
  ['肆', '4'],
  ['伍', '5'],
  ['陆', '6'],
  ['柒', '7'],
  ['捌', '8'],
  ['玖', '9'],
  ['Ｘ', 'X'],
  ['ｘ', 'X'],
  ['x', 'X'],
  ['－', '-'],
  ['—', '-'],
  ['–', '-'],
  ['─', '-'],
  ['‐', '-'],
  ['‑', '-'],
  ['＋', '+'],
  ['　', ' '],
  ['\u00a0', ' '],
  ['\t', ' '],
]);

const ODD_DIGIT = new RegExp(`[${[...DIGITS.keys()].join('')}]`, 'g');

/** The same text with every way to write a digit or a dash made plain; one sign for one, so that places hold. */
function plainDigits(text: string): string {
  return text.replace(ODD_DIGIT, (char) => DIGITS.get(char) ?? char);
}

const written = (plain: string): string[] =>
  [...DIGITS].filter(([, sign]) => plain.includes(sign)).map(([char]) => char);
const COUNTED = new CharSet([...'0123456789X', ...written('0123456789X')]);
const BETWEEN = new CharSet([...' .·-', ...written(' -')]);
/** The shortest number that is looked for: a phone of three and four digits behind its label. */
const FEWEST_PLACES = 7;

/** True if the text holds a row of digits, whatever way they are written, that could be a number of somebody. */
function holdsLongNumber(text: string): boolean {
  let places = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (COUNTED.has(code)) places++;
    else if (!BETWEEN.has(code)) places = 0;
    if (places >= FEWEST_PLACES) return true;
  }
  return false;
}

const RUN = /\+?\d(?:[ .·-]?[\dX])*/g;
const PART = /[\dX]+/g;
/** A bank card has nineteen places at most; a country code may stand before a phone number. */
const MOST_PLACES = 19;
const ID_FACTORS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

function plausibleDay(month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/** Eighteen places: a right check digit, or a day of birth that can be (a mistyped number is still someone's). */
function isId(digits: string): boolean {
  if (/^[1-8]\d{14}$/.test(digits))
    return plausibleDay(Number(digits.slice(8, 10)), Number(digits.slice(10, 12)));
  if (!/^[1-8]\d{16}[\dX]$/.test(digits)) return false;
  const sum = ID_FACTORS.reduce((total, factor, i) => total + factor * Number(digits[i]), 0);
  if ('10X98765432'[sum % 11] === digits[17]) return true;
  return (
    /^(18|19|20)/.test(digits.slice(6)) &&
    plausibleDay(Number(digits.slice(10, 12)), Number(digits.slice(12, 14)))
  );
}

/** Luhn's check, which every bank card number passes. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  [...digits].reverse().forEach((digit, i) => {
    const value = Number(digit) * (i % 2 === 0 ? 1 : 2);
    sum += value > 9 ? value - 9 : value;
  });
  return sum % 10 === 0;
}

function kindOfRun(digits: string): SensitiveKind | null {
  if (/^(86)?1[3-9]\d{9}$/.test(digits)) return 'phone';
  if (isId(digits)) return 'id';
  if (/^\d{16,19}$/.test(digits) && (/^(62|4|5[1-5]|3[57])/.test(digits) || passesLuhn(digits)))
    return 'bankcard';
  return /^0\d{9,11}$/.test(digits) ? 'phone' : null;
}

const NAMED_PHONE = /(?:电话|手机|座机|联系方式|号码|tel)[号码是为:： ]{0,4}(\d{3,4}[ -]?\d{4,8})(?!\d)/gi;

const ROOM_FORMS: readonly RegExp[] = [
  /(?<=(?:\d|[东西南北甲乙丙丁])单元[ -]{0,2})\d{3,4}(?:室|房|户|号)?(?!\d)/g,
  /(?<=\d(?:号楼|栋|幢|座|楼|#)[ -]{0,2})\d{3,4}(?:室|房)?(?![\d年月日户人元块米])/g,
  /(?<!\d)\d{3,4} ?(?:室|房)(?![一二三四五六七八九]?厅|[屋子产租东价间])/g,
  /(?<=(?<![\d-])\d{1,3})-\d{1,2}-\d{3,4}(?![\d-])/g,
  /(?<=(?<![\d.-])\d{1,2})-\d{3,4}(?![\d元块户人米天斤年月日%.-])/g,
  /(?<=(?:单元|栋|幢|号楼|座)[ ,，]?)\d{1,2}(?:楼|层)[东西南北中左右]?(?:户|室|门|边)?/g,
];

function push(found: Sensitive[], kind: SensitiveKind, start: number, end: number): void {
  if (end > start && !found.some((other) => start < other.end && other.start < end))
    found.push({ kind, start, end });
}

/**
 * Numbers in a run of digits, which may be written in parts (139 1234 5678): a part that is a number by itself,
 * else the longest row of parts that is.
 */
function findInRun(run: string, at: number, found: Sensitive[]): void {
  const parts = [...run.matchAll(PART)].map((part) => ({
    digits: part[0],
    start: part.index,
    end: part.index + part[0].length,
  }));
  for (let i = 0; i < parts.length; i += 1) {
    let digits = '';
    let best: { kind: SensitiveKind; last: number } | null = null;
    for (let j = i; j < parts.length && digits.length < MOST_PLACES; j += 1) {
      digits += parts[j]?.digits ?? '';
      const kind = kindOfRun(digits);
      if (kind !== null) best = { kind, last: j };
      if (kind !== null && j === i) break;
    }
    if (best === null) continue;
    const plus = i === 0 && run.startsWith('+') ? 0 : (parts[i]?.start ?? 0);
    push(found, best.kind, at + plus, at + (parts[best.last]?.end ?? 0));
    i = best.last;
  }
}

/** Phones, cards and the like, then rooms, in a text of plain digits. */
function findNumbers(text: string, found: Sensitive[]): void {
  for (const match of text.matchAll(RUN)) if (match[0].length >= 10) findInRun(match[0], match.index, found);
  for (const match of text.matchAll(NAMED_PHONE)) {
    const end = match.index + match[0].length;
    push(found, 'phone', end - (match[1] ?? '').length, end);
  }
  for (const form of ROOM_FORMS) {
    for (const match of text.matchAll(form)) push(found, 'room', match.index, match.index + match[0].length);
  }
}

/**
 * Every sensitive place of a text, in order and never overlapping: numbers by their form (spaces, dashes, full
 * width and Chinese digits too; an ID number also when its check digit is wrong), conditions by word.
 */
export function findSensitive(text: string): Sensitive[] {
  const found: Sensitive[] = [];
  findNumbers(plainDigits(text), found);
  for (const [kind, words] of CONDITION_WORDS) {
    for (const match of text.matchAll(words)) push(found, kind, match.index, match.index + match[0].length);
  }
  return found.sort((a, b) => a.start - b.start);
}

/** First characters of the words for which the guard reminds; a word stands at a few places of a line or nowhere. */
const GUARDED_WORDS = CONDITION_WORDS.filter(([kind]) => kind === 'illness' || kind === 'violence').map(
  ([, words]) => ({
    first: new CharSet(words.source.split('|').map((word) => word.charAt(0))),
    here: new RegExp(words.source, 'y'),
  }),
);

function holdsGuardedWord(text: string): boolean {
  for (const { first, here } of GUARDED_WORDS) {
    for (let i = 0; i < text.length; i++)
      if (first.has(text.charCodeAt(i)) && matchAt(here, text, i)) return true;
  }
  return false;
}

/**
 * Which of the five kinds of decision 10 a text holds; each once, in a fixed order. Every line of a group is asked,
 * and hardly any holds one: that is seen first, without looking for rooms and benefits.
 */
export function guardKinds(text: string): GuardKind[] {
  if (!holdsLongNumber(text) && !holdsGuardedWord(text)) return [];
  const kinds = new Set(findSensitive(text).map((place) => place.kind));
  return GUARDED.filter((kind) => kinds.has(kind));
}

const SCRUBBED: Partial<Record<SensitiveKind, string>> = {
  phone: '[phone]',
  id: '[id]',
  bankcard: '[card]',
  room: '[room]',
};

/** The text as a log may hold it: phone, ID, bank card and room replaced by what they were. */
export function scrub(text: string): string {
  let out = '';
  let from = 0;
  for (const { kind, start, end } of findSensitive(text)) {
    const word = SCRUBBED[kind];
    if (word === undefined) continue;
    out += text.slice(from, start) + word;
    from = end;
  }
  return out + text.slice(from);
}
