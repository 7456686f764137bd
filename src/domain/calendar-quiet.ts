/**
 * When the bot may speak unasked (care.md 28): not from 21:00 to 08:00 and not on days off.
 * Asked at send time; answers to a person's own act and danger are exempt, which is the pump's business (decision 33).
 */
import { addDays, at, dayOf, minuteOfDay } from '../lib/day.ts';
import type { Calendar } from './calendar.ts';

const QUIET_FROM = 21 * 60;
const QUIET_TO = 8 * 60;

/** True in quiet hours and on a day off, for an instant in epoch milliseconds. */
export function isQuiet(now: number, calendar: Calendar): boolean {
  const minute = minuteOfDay(now);
  return minute < QUIET_TO || minute >= QUIET_FROM || !calendar.isWorkingDay(dayOf(now));
}

/** `now` when it is not quiet, else 08:00 of the next working day on which one may speak. */
export function nextSendTime(now: number, calendar: Calendar): number {
  if (!isQuiet(now, calendar)) return now;
  const today = dayOf(now);
  const from = minuteOfDay(now) < QUIET_TO ? today : addDays(today, 1);
  return at(calendar.nextWorkingDay(from), '08:00');
}
