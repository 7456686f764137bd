import { addDays, type Day, dayOf, daysInMonth, minuteOfDay, monthOf, yearOf } from '../lib/day.ts';
import type { Calendar } from './calendar.ts';

/**
 * The monthly allowance of a connection (issue 4, point 3; dingtalk.md 5.9): 5,000 API calls and 3,000 pushes for a
 * whole organisation on the free edition. What goes out follows from the state:
 * ample — everything; frugal — receipts in groups are left out, other group lines are sent together;
 * near — clear words and answers and what is urgent, no lists and no nudges; out — only what is urgent is tried.
 */
export type QuotaState = 'ample' | 'frugal' | 'near' | 'out';
export type QuotaKind = 'calls' | 'pushes';

/** A month so far. */
export interface QuotaUse {
  kind: QuotaKind;
  used: number;
  /** 0: no limit. */
  allowance: number;
  /** The first day of this month on which anything was counted. */
  from: Day;
  /** Epoch ms. */
  now: number;
  /** The platform itself has said that nothing is left; other apps of the organisation use the same allowance. */
  refused: boolean;
}

export interface QuotaOutlook {
  state: QuotaState;
  /** Expected by the end of the month; null while too little is known to say. */
  forecast: number | null;
  runsOutOn: Day | null;
}

/** From this share on little may be left for what cannot wait: 500 of 5,000. */
const NEAR = 0.9;
/** What a day off takes beside a working day; a first guess at how branches work, not a measured figure. */
const DAY_OFF = 0.25;
/** The bot may be spoken to at any hour; most of it falls into these, minutes of the day. */
const BUSY_FROM = 8 * 60;
const BUSY_TO = 20 * 60;
/** A forecast is made from so many working days on, or from this share used: one busy first day is no trend. */
const DAYS_KNOWN = 2;
const SHARE_KNOWN = 0.2;

/** Where the month is heading, judged by the days counted so far; days off weigh less than working days. */
export function quotaOutlook(use: QuotaUse, calendar: Calendar): QuotaOutlook {
  const { used, allowance, refused } = use;
  const today = dayOf(use.now);
  if (refused || (allowance > 0 && used >= allowance))
    return { state: 'out', forecast: null, runsOutOn: today };
  if (allowance === 0) return { state: 'ample', forecast: null, runsOutOn: null };
  const weight = (day: Day): number => (calendar.isWorkingDay(day) ? 1 : DAY_OFF);
  const passed =
    Math.min(1, Math.max(0, minuteOfDay(use.now) - BUSY_FROM) / (BUSY_TO - BUSY_FROM)) * weight(today);
  let elapsed = passed;
  for (let day = use.from; day < today; day = addDays(day, 1)) elapsed += weight(day);
  const near = used >= allowance * NEAR;
  if (elapsed === 0 || (elapsed < DAYS_KNOWN && used < allowance * SHARE_KNOWN))
    return { state: near ? 'near' : 'ample', forecast: null, runsOutOn: null };
  const perDay = used / elapsed;
  let forecast = used;
  let runsOutOn: Day | null = null;
  const last = lastOfMonth(today);
  for (let day = today; day <= last; day = addDays(day, 1)) {
    forecast += perDay * (day === today ? weight(today) - passed : weight(day));
    if (runsOutOn === null && forecast >= allowance) runsOutOn = day;
  }
  const over = runsOutOn !== null;
  return { state: near ? 'near' : over ? 'frugal' : 'ample', forecast: Math.round(forecast), runsOutOn };
}

export function lastOfMonth(day: Day): Day {
  return addDays(`${day.slice(0, 8)}01`, daysInMonth(yearOf(day), monthOf(day)) - 1);
}
