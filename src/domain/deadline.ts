/**
 * The one table of deadlines (decision 14) and the clock that reads it (decision 34).
 * Day grades count working days, the day of the step not counted, and end at 17:30 of day n.
 * Hour grades run on the wall clock, through nights and holidays.
 */
import { addDays, at, type Day, dayOf, HOUR, MINUTE, sayDate, sayTime, startOfDay } from '../lib/day.ts';
import type { Calendar } from './calendar.ts';

export type Grade = 'danger' | 'utility' | 'ordinary' | 'complex';
/** A wall-clock span, whole calendar days (the last one belongs to it), or working days. */
export type Span = { minutes: number } | { hours: number } | { days: number } | { workingDays: number };

/** End of the working day for every day grade. */
export const CLOSE_OF_DAY = '17:30';

/** Defaults of domain.md ("Default grades"); a policy may hand its own span to dueAfter. */
export const HANDLING: Readonly<Record<Grade, Span>> = {
  danger: { hours: 2 },
  utility: { hours: 24 },
  ordinary: { workingDays: 7 },
  complex: { workingDays: 15 },
};

/** 研判 within one working day; what burns or drips is triaged on its own wall clock. */
export const TRIAGE: Readonly<Record<Grade, Span>> = {
  danger: HANDLING.danger,
  utility: HANDLING.utility,
  ordinary: { workingDays: 1 },
  complex: { workingDays: 1 },
};

/** The ways out of a mistake (decision 20), each a span after the act. */
export const WINDOWS = {
  /** [收回] of a decision */
  takeBack: { minutes: 10 },
  /** [点错了] on a sign-off */
  signOffFix: { hours: 24 },
  /** 退回 by a unit, once */
  returnToSender: { workingDays: 1 },
  /** 又坏了 reopens the same matter */
  reopen: { days: 30 },
} as const satisfies Record<string, Span>;

/** Rework has the shorter clock: half of the grade's, rounded up (1 h, 12 h, 4 and 8 working days). */
export const REWORK: Readonly<Record<Grade, Span>> = {
  danger: { hours: 1 },
  utility: { hours: 12 },
  ordinary: { workingDays: 4 },
  complex: { workingDays: 8 },
};

/** When a span that starts with a step at `stepAt` ends (epoch milliseconds). */
export function dueAfter(span: Span, stepAt: number, calendar: Calendar): number {
  if ('minutes' in span) return stepAt + span.minutes * MINUTE;
  if ('hours' in span) return stepAt + span.hours * HOUR;
  if ('days' in span) return startOfDay(addDays(dayOf(stepAt), span.days + 1)) - 1;
  return at(calendar.addWorkingDays(dayOf(stepAt), span.workingDays), CLOSE_OF_DAY);
}

/** When the handling of a matter that was decided at `stepAt` is due. */
export function dueAt(grade: Grade, stepAt: number, calendar: Calendar): number {
  return dueAfter(HANDLING[grade], stepAt, calendar);
}

/** When a matter that was reported at `stepAt` is to be triaged. */
export function triageDueAt(grade: Grade, stepAt: number, calendar: Calendar): number {
  return dueAfter(TRIAGE[grade], stepAt, calendar);
}

/** When a matter that went back for rework at `stepAt` is due. */
export function reworkDueAt(grade: Grade, stepAt: number, calendar: Calendar): number {
  return dueAfter(REWORK[grade], stepAt, calendar);
}

/** Whether the way out is still open at `now`; the last instant still counts. */
export function withinWindow(
  window: keyof typeof WINDOWS,
  actAt: number,
  now: number,
  calendar: Calendar,
): boolean {
  return now <= dueAfter(WINDOWS[window], actAt, calendar);
}

/** Whole working days past the due day; 0 before it, on it, and on the days off right behind it. */
export function overdueWorkingDays(due: number, now: number, calendar: Calendar): number {
  return now <= due ? 0 : Math.max(0, calendar.workingDaysBetween(dayOf(due), dayOf(now)));
}

/** Working days left, today not counted (还有7个工作日); 0 on the due day and after it. */
export function workingDaysLeft(due: number, now: number, calendar: Calendar): number {
  return now >= due ? 0 : Math.max(0, calendar.workingDaysBetween(dayOf(now), dayOf(due)));
}

/**
 * A due time as people say it (cards.md): '今天17:30前', '11月24日（周二）17:30前' for the next working day,
 * '11月25日（周三）前' beyond, '超期2个工作日' behind. Only 今天 is relative: a card may be read for days.
 */
export function describeDue(due: number, now: number, calendar: Calendar): string {
  const day = dayOf(due);
  const today = dayOf(now);
  if (now > due) return describeOverdue(due, now, calendar);
  if (day === today) return `今天${sayTime(due)}前`;
  const time = isHourDue(due) || day <= calendar.addWorkingDays(today, 1) ? sayTime(due) : '';
  return `${sayDate(day, today)}${time}前`;
}

function describeOverdue(due: number, now: number, calendar: Calendar): string {
  const late = overdueWorkingDays(due, now, calendar);
  const hours = Math.floor((now - due) / HOUR);
  if (isHourDue(due) && hours < 24) return hours < 1 ? '刚过时限' : `超期${hours}小时`;
  if (late > 0) return `超期${late}个工作日`;
  const day = dayOf(due);
  return `${sayPast(day, dayOf(now))}${sayTime(due)}已到期`;
}

function sayPast(day: Day, today: Day): string {
  return day === today ? '今天' : sayDate(day, today);
}

/** An hour grade ends at the minute of its step; only a day grade ends at the close of day. */
function isHourDue(due: number): boolean {
  return due !== at(dayOf(due), CLOSE_OF_DAY);
}
