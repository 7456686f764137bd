/** The days of a typed leave: `11-25至11-28 出差`, `下周一到周三 培训`, `明天起3天`, `下周`. They lie ahead, unlike the days of a visit. */
import {
  addDays,
  type Day,
  daysBetween,
  daysInMonth,
  makeDay,
  monthOf,
  weekday,
  weekOf,
  yearOf,
} from '../lib/day.ts';
import { fold } from './text/normalise.ts';
import { NUMERAL, toDigits } from './text/numerals.ts';

/** What the register keeps of a reason: a kind, never the story behind it (care 29: three facts, nothing more). */
export const LEAVE_REASONS = ['出差', '生病', '休假', '培训', '公务', '事假', '其他'] as const;
export type LeaveReason = (typeof LEAVE_REASONS)[number];

export interface LeaveSpan {
  from: Day;
  to: Day;
  /** What stood before and after the days, trimmed. */
  before: string;
  after: string;
}

/** A leave that began up to so many days ago may still be entered. */
const PAST = 60;
const LONGEST = 200;

const DATE =
  '(?:(?<y>\\d{4})[年./-])?(?<m>\\d{1,2})[月./-](?<d>\\d{1,2})[日号]?|(?<o>\\d{1,2})[日号]|(?<r>大后天|后天|明天|明日|今天|今日)|(?<n>下个?|这个?|本)?(?:周|星期|礼拜)(?<w>[一二三四五六日天])';
const named = (prefix: string): string => DATE.replace(/\?<([a-z])>/g, `?<${prefix}$1>`);
const SPAN = new RegExp(
  `(?:${named('a')})(?:\\s*(?:至|到|~|-|—|–)+\\s*(?:${named('b')}|(?<bare>\\d{1,2})(?![\\d月天]))|(?:起|开始)?\\s*(?:请假?|休|共)?(?<days>\\d{1,3})天)?`,
);
const DAYS_ONLY = /(?:请假?|休)?(?<days>\d{1,3})天|半天/;
const WEEK_ONLY = /(?<n>下个?|这个?|本)(?:周|星期|礼拜)(?![一二三四五六日天])/;

/** What people write in place of a span with 到: 明后天, 周四周五, 11-25 11-28, 今天起到周五, 明天开始出差一个星期. */
const SHORT_FORMS: readonly (readonly [RegExp, string])[] = [
  [/明后(?:两|2)?天/g, '明天到后天'],
  [/今明(?:两|2)?天/g, '今天到明天'],
  [/(?:起|开始)(?=[至到])/g, ''],
  [/((?:周|星期|礼拜)[一二三四五六日天])[\s、,，和]*(?:周|星期|礼拜)([一二三四五六日天])/g, '$1到周$2'],
  [/(\d{1,2}[月./-]\d{1,2}[日号]?)[\s、,，和]+(?=\d{1,2}[月./-]\d)/g, '$1到'],
  [/(起|开始|[天日号])([\u4e00-\u9fff]{1,3}?)(\d{1,3}天)/g, '$1$3 $2'],
];
const WEEKS = /([一两二三四]|\d)个?(?:星期|周|礼拜)(?![一二三四五六日天])/g;

/** The numbers in figures, weeks in days, and the short forms written out. */
function spelled(folded: string): string {
  let text = folded
    .replace(new RegExp(`[${NUMERAL}]+(?=[月日号天])`, 'g'), (word) =>
      word === '天' ? word : toDigits(word),
    )
    .replace(WEEKS, (_, count: string) => `${7 * Number(toDigits(count.replace('两', '二')))}天`);
  for (const [form, full] of SHORT_FORMS) text = text.replace(form, full);
  return text;
}

const AHEAD: Readonly<Record<string, number>> = { 今天: 0, 今日: 0, 明天: 1, 明日: 1, 后天: 2, 大后天: 3 };

/** Reads the days; null when there are none, or they end before they begin, or lie too far apart. */
export function leaveSpan(text: string, today: Day): LeaveSpan | null {
  const folded = spelled(fold(text));
  const found = SPAN.exec(folded);
  if (found?.groups) {
    const from = dayOf(found.groups, 'a', today, null);
    const to = from && endOf(found.groups, from, today);
    return from && to ? result(folded, found, from, to) : null;
  }
  const week = WEEK_ONLY.exec(folded);
  if (week) {
    const monday = addDays(weekOf(today).from, week.groups?.n?.startsWith('下') ? 7 : 0);
    return result(folded, week, monday < today ? today : monday, addDays(monday, 4));
  }
  const days = DAYS_ONLY.exec(folded);
  return days && result(folded, days, today, addDays(today, Number(days.groups?.days ?? 1) - 1));
}

/** The kind of a typed reason; what does not fit one is 其他, nothing at all is 事假. */
export function leaveReason(text: string): LeaveReason {
  const known = LEAVE_REASONS.find((reason) => text.includes(reason));
  if (known) return known;
  if (/病|住院|手术|看诊|体检/.test(text)) return '生病';
  if (/年休|年假|探亲|婚假|产假|陪产|休息|旅/.test(text)) return '休假';
  if (/学习|党校|轮训/.test(text)) return '培训';
  if (/开会|抽调|外出|公差/.test(text)) return '公务';
  return /[\p{Script=Han}]/u.test(text) ? '其他' : '事假';
}

type Groups = Record<string, string | undefined>;

function result(text: string, found: RegExpExecArray, from: Day, to: Day): LeaveSpan | null {
  if (to < from || daysBetween(from, to) > LONGEST) return null;
  const trim = (part: string) =>
    part.replace(/半天|请假/g, '').replace(/^[\s，,、。：:]+|[\s，,、。：:]+$/g, '');
  return {
    from,
    to,
    before: trim(text.slice(0, found.index)),
    after: trim(text.slice(found.index + found[0].length)),
  };
}

function endOf(groups: Groups, from: Day, today: Day): Day | null {
  if (groups.days !== undefined) return addDays(from, Math.max(1, Number(groups.days)) - 1);
  if (groups.bare !== undefined) return onDay(yearOf(from), monthOf(from), Number(groups.bare), from);
  const said = ['m', 'o', 'r', 'w'].some((key) => groups[`b${key}`] !== undefined);
  return said ? dayOf(groups, 'b', today, from) : from;
}

/** `after`: the end of a span is the first such day on or after its beginning. */
function dayOf(groups: Groups, side: 'a' | 'b', today: Day, after: Day | null): Day | null {
  const of = (key: string) => groups[`${side}${key}`];
  const relative = of('r');
  if (relative !== undefined) return addDays(today, AHEAD[relative] ?? 0);
  const week = of('w');
  if (week !== undefined) return inWeek(week, of('n'), today, after);
  const only = of('o');
  const earliest = after ?? addDays(today, -PAST);
  if (only !== undefined)
    return onDay(yearOf(after ?? today), monthOf(after ?? today), Number(only), after ?? today);
  const month = Number(of('m'));
  const date = Number(of('d'));
  const year = of('y');
  if (year !== undefined) return civil(Number(year), month, date);
  for (const candidate of [yearOf(earliest), yearOf(earliest) + 1]) {
    const day = civil(candidate, month, date);
    if (day !== null && day >= earliest) return day;
  }
  return null;
}

/** 下周三 is that of the next week; 周三 the next one that comes, today included. */
function inWeek(word: string, which: string | undefined, today: Day, after: Day | null): Day {
  const wanted = '一二三四五六日'.indexOf(word.replace('天', '日')) + 1;
  if (which?.startsWith('下')) return addDays(weekOf(today).from, 6 + wanted);
  if (which !== undefined) return addDays(weekOf(today).from, wanted - 1);
  const base = after ?? today;
  return addDays(base, (wanted - weekday(base) + 7) % 7);
}

/** The first such day of a month on or after `from`. */
function onDay(year: number, month: number, date: number, from: Day): Day | null {
  const here = civil(year, month, date);
  if (here !== null && here >= from) return here;
  return month === 12 ? civil(year + 1, 1, date) : civil(year, month + 1, date);
}

function civil(year: number, month: number, date: number): Day | null {
  if (month < 1 || month > 12 || date < 1 || date > daysInMonth(year, month)) return null;
  return makeDay(year, month, date);
}
