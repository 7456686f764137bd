import { addDays, type Day, dayOf, daysInMonth, makeDay, monthOf, weekday, yearOf } from '../../lib/day.ts';
import { ASCII_DIGITS, CharSet, WHITE_SPACE } from './char-set.ts';
import { matchAt } from './match-at.ts';
import { runOfNumber } from './number-ahead.ts';
import { NUMERAL, toDigits } from './numerals.ts';

/** A day named in a line. `sure` is false for forms that could be a house number as well (11-3, 15号). */
export interface FoundDate {
  end: number;
  day: Day;
  sure: boolean;
}

const RELATIVE: Readonly<Record<string, number>> = {
  大前天: -3,
  大前日: -3,
  前天: -2,
  前日: -2,
  前晚: -2,
  昨天: -1,
  昨日: -1,
  昨晚: -1,
  昨儿个: -1,
  昨儿: -1,
  前儿个: -2,
  前儿: -2,
  今儿个: 0,
  昨夜: -1,
  昨早: -1,
  今天: 0,
  今日: 0,
  今早: 0,
  今晚: 0,
  今儿: 0,
  今晨: 0,
  刚才: 0,
  刚刚: 0,
  方才: 0,
  上午: 0,
  下午: 0,
  早上: 0,
  早晨: 0,
  中午: 0,
  晚上: 0,
  傍晚: 0,
};

const NUM = `(?:\\d{1,2}|[${NUMERAL}]{1,3})`;
const RELATIVE_WORD =
  /大前[天日]|前儿个?|昨儿个?|今儿个?|前[天日晚]|昨[天日晚夜早]|今[天日早晚晨]|刚[才刚]|方才|[上下中]午|早[上晨]|晚上|傍晚/y;
const DAYS_AGO = new RegExp(`(${NUM})天(?:以)?前`, 'y');
const WEEKDAY = /(上上个?|上个?|本|这个?)?(?:周|星期|礼拜)([一二三四五六日天1-7])(?![期年月周岁])/y;
const FULL = /(\d{4}|\d{2}(?=年))\s?(?:年|[-./])\s?(\d{1,2})\s?(?:月|[-./])\s?(\d{1,2})(?!\d)(?:日|号)?/y;
/** 20261105. */
const PACKED = /(20\d\d)(\d\d)(\d\d)(?!\d)/y;
const YEAR_WORD = /(去年|今年)?/y;
const MONTH_DAY = new RegExp(`(${NUM})月份?(${NUM})(?:日|号(?![楼院栋幢])|(?![0-9-]))`, 'y');
const SHORT = /(\d{1,2})([./-])(\d{1,2})(?![\d./-])(?:日|号)?/y;
const DAY_ONLY = new RegExp(`(上个?月|本月|这个月)?(${NUM})([日号])(?![楼院栋幢房线机])`, 'y');
const TIME_OF_DAY = new RegExp(
  `\\s?(?:凌晨|清早|清晨|大清早|早上|早晨|上午|中午|午后|下午|傍晚|晚上|夜里|半夜|一早|晚间|当天|晚(?=[\\s,，。]|$)|早(?=[\\s,，。]|$))?(?:\\s?${NUM}(?:点钟?|时|:\\d{2})(?:半|一刻|三刻|整|多|左右|\\d{1,2}分?|${NUM}分)?(?:左右|多)?)?`,
  'y',
);

/**
 * Reads a day at `at`; days without a year are the latest such day not in the future (decision 5).
 * `now` is the message's own time in epoch milliseconds. Null when there is no date there.
 */
export function dateAt(folded: string, at: number, now: number): FoundDate | null {
  const found = DATE_WORD.at(folded, at)
    ? worded(folded, at, dayOf(now))
    : NUMBER.at(folded, at)
      ? numbered(folded, at, now)
      : null;
  if (!found) return null;
  const rest = matchAt(TIME_OF_DAY, folded, found.end);
  // 3号下午 can be no house number.
  return rest?.[0].trim() ? { ...found, end: found.end + rest[0].length, sure: true } : found;
}

const DATE_WORD = new CharSet('大前昨今刚方上下中早晚傍本这周星礼去');
const NUMBER = new CharSet(ASCII_DIGITS + NUMERAL);
/** Behind the number that opens a date; the 号 of 3号楼 passes too and is told apart by the patterns. */
const BEHIND_NUMBER = new CharSet(`天年月日号-./${WHITE_SPACE}`);

/** A day that begins with a word: 昨天, 上周五, 去年3月5日. */
function worded(folded: string, at: number, today: Day): FoundDate | null {
  const word = matchAt(RELATIVE_WORD, folded, at);
  if (word) return { end: at + word[0].length, day: addDays(today, RELATIVE[word[0]] ?? 0), sure: true };
  return weekdayAt(folded, at, today) ?? numeric(folded, at, today);
}

/** A day that begins with a number; the character behind the number tells which form it can be. */
function numbered(folded: string, at: number, now: number): FoundDate | null {
  const packed = matchAt(PACKED, folded, at);
  if (packed) {
    const day = civil(Number(packed[1]), Number(packed[2]), Number(packed[3]));
    return day ? { end: at + packed[0].length, day, sure: true } : null;
  }
  const mark = runOfNumber(folded, at);
  if (!BEHIND_NUMBER.at(folded, mark)) return null;
  const char = folded.charAt(mark);
  if (char === '天') return daysAgo(folded, at, now);
  if (char === '日' || char === '号') return dayOnly(folded, at, dayOf(now));
  return numeric(folded, at, dayOf(now));
}

function daysAgo(folded: string, at: number, now: number): FoundDate | null {
  const ago = matchAt(DAYS_AGO, folded, at);
  if (!ago) return null;
  const day = addDays(dayOf(now), -Number(toDigits(ago[1] ?? '')));
  return { end: at + ago[0].length, day, sure: true };
}

/** 周五 is the last Friday up to today; 上周五 is that of the week before this one (weeks begin on Monday). */
function weekdayAt(folded: string, at: number, today: Day): FoundDate | null {
  const found = matchAt(WEEKDAY, folded, at);
  if (!found) return null;
  const wanted = '一二三四五六日'.indexOf((found[2] ?? '').replace('天', '日')) + 1 || Number(found[2]);
  const back = weekday(today) - wanted;
  const end = at + found[0].length;
  if (found[1]?.startsWith('上上')) return { end, day: addDays(today, -back - 14), sure: true };
  if (found[1]?.startsWith('上')) return { end, day: addDays(today, -back - 7), sure: true };
  return { end, day: addDays(today, back >= 0 ? -back : -back - 7), sure: true };
}

function numeric(folded: string, at: number, today: Day): FoundDate | null {
  const full = matchAt(FULL, folded, at);
  if (full) {
    const day = civil((Number(full[1]) % 2000) + 2000, Number(full[2]), Number(full[3]));
    return day ? { end: at + full[0].length, day, sure: true } : null;
  }
  const yearWord = matchAt(YEAR_WORD, folded, at)?.[0] ?? '';
  const start = at + yearWord.length;
  const month = matchAt(MONTH_DAY, folded, start);
  if (month) {
    const day =
      yearWord === '去年'
        ? civil(yearOf(today) - 1, num(month[1]), num(month[2]))
        : latest(today, num(month[1]), num(month[2]));
    return day ? { end: start + month[0].length, day, sure: true } : null;
  }
  if (yearWord) return null;
  const short = matchAt(SHORT, folded, at);
  if (short) {
    const day = latest(today, Number(short[1]), Number(short[3]));
    return day ? { end: at + short[0].length, day, sure: short[2] !== '-' } : null;
  }
  return dayOnly(folded, at, today);
}

/** 15日, 上个月20号: the month is this one, or the one before when that day has not come yet. */
function dayOnly(folded: string, at: number, today: Day): FoundDate | null {
  const found = matchAt(DAY_ONLY, folded, at);
  if (!found) return null;
  const date = num(found[2]);
  let year = yearOf(today);
  let month = monthOf(today);
  if (found[1]?.startsWith('上') || (!found[1] && makeDay(year, month, date) > today)) {
    month -= 1;
    if (month === 0) {
      month = 12;
      year -= 1;
    }
  }
  const day = civil(year, month, date);
  return day ? { end: at + found[0].length, day, sure: found[3] === '日' || found[1] !== undefined } : null;
}

function latest(today: Day, month: number, date: number): Day | null {
  for (let year = yearOf(today); year > yearOf(today) - 5; year--) {
    const day = civil(year, month, date);
    if (day && day <= today) return day;
    if (!day && month !== 2) return null;
  }
  return null;
}

function civil(year: number, month: number, date: number): Day | null {
  if (month < 1 || month > 12 || date < 1 || date > daysInMonth(year, month)) return null;
  return makeDay(year, month, date);
}

function num(text: string | undefined): number {
  return Number(toDigits(text ?? ''));
}
