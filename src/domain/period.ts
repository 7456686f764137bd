/**
 * The stretches of time over which an obligation is counted: month, quarter, half-year, year, or a campaign with dates
 * of its own (S3-128, S3-139). Days are inclusive on both ends.
 */
import { addDays, type Day, daysBetween, daysInMonth, makeDay, monthOf, sayDay, yearOf } from '../lib/day.ts';
import type { Calendar } from './calendar.ts';

export const PER = ['month', 'quarter', 'halfYear', 'year', 'campaign'] as const;
export type Per = (typeof PER)[number];

export type Period = {
  per: Per;
  /** unique and sortable within one Per: '2026-11', '2026-Q4', '2026-H2', '2026', '2026-06-01/2026-09-30' */
  key: string;
  from: Day;
  to: Day;
  /** '11月', '第四季度', '下半年', '2026年', '6月1日—9月30日': without the year where the year is plain */
  label: string;
};

/** First and last day of a campaign. */
export type Span = { from: Day; to: Day };

const MONTHS = { month: 1, quarter: 3, halfYear: 6, year: 12 } as const;
const QUARTERS = ['第一季度', '第二季度', '第三季度', '第四季度'] as const;
const memo = new Map<string, Period>();
const before = new WeakMap<Period, Period | null>();
const after = new WeakMap<Period, Period | null>();

/** The period that holds `day`; null for a campaign that is not running on that day. */
export function periodOf(per: Per, day: Day, campaign?: Span): Period | null {
  if (per === 'campaign') return campaign === undefined ? null : campaignPeriod(day, campaign);
  const key = `${per}${day.slice(0, 7)}`;
  const known = memo.get(key);
  if (known) return known;
  // an office asks for a few dozen months in its life; a hostile date must still not fill the memory
  if (memo.size > 4000) memo.clear();
  const built = build(per, yearOf(day), monthOf(day));
  memo.set(key, built);
  return built;
}

/** The period before; null for a campaign, which stands alone. */
export function previousPeriod(period: Period): Period | null {
  return neighbour(before, period, period.from, -1);
}

/** The period after; null for a campaign. */
export function nextPeriod(period: Period): Period | null {
  return neighbour(after, period, period.to, 1);
}

/** Number of days in the period. */
export function lengthOf(period: Span): number {
  return daysBetween(period.from, period.to) + 1;
}

/** '本月', '上季度', '今年', else the label with the year where it is another one. */
export function spokenPeriod(period: Period, today: Day): string {
  const words = SPOKEN[period.per];
  const next = nextPeriod(period);
  if (words && period.from <= today && today <= period.to) return words[0];
  if (words && next && next.from <= today && today <= next.to) return words[1];
  const plain = period.per === 'year' || period.per === 'campaign' || yearOf(period.from) === yearOf(today);
  return plain ? period.label : `${yearOf(period.from)}年${period.label}`;
}

/**
 * The two working days on which what is short may be mentioned: the 7th and the 2nd before the period's last day,
 * that day not counted (decision 31). For November 2026: the 19th and the 26th.
 */
export function nudgeDays(period: { to: Day }, calendar: Calendar): [first: Day, second: Day] {
  return [calendar.addWorkingDays(period.to, -7), calendar.addWorkingDays(period.to, -2)];
}

const SPOKEN: Readonly<Record<Per, readonly [string, string] | null>> = {
  month: ['本月', '上月'],
  quarter: ['本季度', '上季度'],
  halfYear: null,
  year: ['今年', '去年'],
  campaign: null,
};

/** Neighbours are asked for with every visit of every member, so each is worked out once. */
function neighbour(
  known: WeakMap<Period, Period | null>,
  period: Period,
  edge: Day,
  step: 1 | -1,
): Period | null {
  const memoised = known.get(period);
  if (memoised !== undefined) return memoised;
  const found = period.per === 'campaign' ? null : periodOf(period.per, addDays(edge, step));
  known.set(period, found);
  return found;
}

function campaignPeriod(day: Day, { from, to }: Span): Period | null {
  if (day < from || day > to) return null;
  return { per: 'campaign', key: `${from}/${to}`, from, to, label: `${sayDay(from)}—${sayDay(to, from)}` };
}

function build(per: Exclude<Per, 'campaign'>, year: number, month: number): Period {
  const months = MONTHS[per];
  const nth = Math.ceil(month / months);
  const last = nth * months;
  const from = makeDay(year, last - months + 1, 1);
  const to = makeDay(year, last, daysInMonth(year, last));
  switch (per) {
    case 'month':
      return { per, key: from.slice(0, 7), from, to, label: `${month}月` };
    case 'quarter':
      return { per, key: `${year}-Q${nth}`, from, to, label: QUARTERS[nth - 1] ?? '' };
    case 'halfYear':
      return { per, key: `${year}-H${nth}`, from, to, label: nth === 1 ? '上半年' : '下半年' };
    case 'year':
      return { per, key: String(year), from, to, label: `${year}年` };
  }
}
