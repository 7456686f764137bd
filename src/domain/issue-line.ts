import { addDays, type Day, dayOf, isDay, makeDay, weekday, yearOf } from '../lib/day.ts';
import {
  ANSWERERS,
  type Answerer,
  CHANNELS,
  type Channel,
  CLOSE_KINDS,
  type CloseKind,
  SATISFACTION,
} from './issue-types.ts';
import { fold } from './text/normalise.ts';
import { NUMERAL, toDigits } from './text/numerals.ts';

/** `办 128 换了灯泡`: which matter, and what follows as typed. */
export interface NumberLine {
  number: number;
  rest: string;
}

const NUMBER = /^[\s:：,，#]*(?:第\s?)?(\d{1,6})(?!\s?号[楼院栋幢]|[\d楼栋幢座单弄组室年月日.-])(?:\s?号)?/u;

/** 第三号, as it is dictated; never the 第三号楼 of a place. */
const SPELT = new RegExp(`^[\\s:：,，#]*第\\s?([${NUMERAL}]{1,6})\\s?号(?![楼院栋幢])`, 'u');

/** The number at the head of what follows a command word; null when there is none. */
export function numberLine(rest: string): NumberLine | null {
  const match = NUMBER.exec(fold(rest)) ?? SPELT.exec(fold(rest));
  if (!match?.[1]) return null;
  return {
    number: Number(toDigits(match[1])),
    rest: rest
      .slice(match[0].length)
      .replace(/^[\s:：,，。]+/u, '')
      .trim(),
  };
}

const DATE = /(?:(\d{4})[年./-])?(\d{1,2})[月./-](\d{1,2})日?号?(?:[之以]?前)?/u;
const WEEKDAY = /(下下?|[本这])?个?(?:周|星期|礼拜)([一二三四五六日天])(?:[之以]?前)?/u;
const NEAR: readonly (readonly [RegExp, number])[] = [
  [/大后天(?:[之以]?前)?/u, 3],
  [/后天(?:[之以]?前)?/u, 2],
  [/明天(?:[之以]?前)?/u, 1],
  [/今天(?:[之以]?前)?/u, 0],
];

/** A day to come: 11-30, 11月30日, 明天, 下周三; without a year the next such day from `now` on (epoch ms). */
export function dayToCome(text: string, now: number): { day: Day; rest: string } | null {
  const folded = fold(text);
  const today = dayOf(now);
  const cut = (match: RegExpExecArray, day: Day) => ({
    day,
    rest: `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`.replace(
      /^[\s，,]+|[\s，,]+$/gu,
      '',
    ),
  });
  const dated = DATE.exec(folded);
  if (dated) {
    const make = (year: number): Day => makeDay(year, Number(dated[2]), Number(dated[3]));
    const year = dated[1] ? Number(dated[1]) : yearOf(today);
    const day = !dated[1] && make(year) < today ? make(year + 1) : make(year);
    return isDay(day) ? cut(dated, day) : null;
  }
  for (const [word, ahead] of NEAR) {
    const match = word.exec(folded);
    if (match) return cut(match, addDays(today, ahead));
  }
  const named = WEEKDAY.exec(folded);
  if (!named) return null;
  const wanted = '一二三四五六日'.indexOf((named[2] ?? '').replace('天', '日')) + 1;
  const weeks = named[1]?.startsWith('下') ? named[1].length : 0;
  const ahead = wanted - weekday(today) + 7 * weeks;
  return cut(named, addDays(today, ahead < 0 ? ahead + 7 : ahead));
}

/** The longest of the words that stands in a text: 不满意 holds 满意. */
export function keyIn<T extends string>(
  words: Readonly<Record<T, string>>,
  text: string,
): { key: T; word: string } | null {
  const found = (Object.entries(words) as [T, string][])
    .filter(([, word]) => text.includes(word))
    .sort((a, b) => b[1].length - a[1].length)[0];
  return found ? { key: found[0], word: found[1] } : null;
}

export const channelIn = (text: string): Channel | null =>
  keyIn(CHANNELS, text)?.key ?? (/打电话|通话/u.test(text) ? 'call' : null);
export const answererIn = (text: string): Answerer | null => keyIn(ANSWERERS, text)?.key ?? null;
export const closeKindIn = (text: string): CloseKind | null => keyIn(CLOSE_KINDS, text)?.key ?? null;

const TOLD =
  /(当面|电话|短信|纸条)?(?:已经?)?(?<![没未有])(?:告诉|告知|通知|跟|和)(?:群众|居民|她|他|老人|本人)?(?:说|讲)?(?:了|过)/u;

/** `换了灯泡，电话告诉了她`: how the resident was told; null when the line does not say so. */
export function toldIn(text: string): Channel | null {
  const match = TOLD.exec(text);
  return match ? (channelIn(match[1] ?? '') ?? 'face') : null;
}

const NOT_TOLD =
  /[没未不别](?:有|能|曾)?(?:去|打|发|用|接|联系|通过?|当面|告诉|告知|通知|跟|和|说|讲|电话|短信)|打不通|无人接听/u;

/** `告知 9 没打通电话`: the word for the way is there, and nobody was told. */
export const saysNotTold = (text: string): boolean => NOT_TOLD.test(text.split(/[，,。；;]/u)[0] ?? '');

/** What is left of an answer when the words of choice are taken out: the resident's sentence. */
export function sentenceIn(text: string): string {
  const words = [
    ...Object.values(SATISFACTION),
    ...Object.values(CHANNELS),
    ...Object.values(ANSWERERS),
  ].sort((a, b) => b.length - a.length);
  return words
    .reduce(
      (rest, word) =>
        rest.replace(new RegExp(`(^|[\\s，,。；;：:])${word}(?=$|[\\s，,。；;：:])`, 'u'), '$1'),
      text,
    )
    .replace(/^[\s，,。；;：:]+|[\s，,；;：:]+$/gu, '')
    .replace(/\s{2,}/gu, ' ');
}
