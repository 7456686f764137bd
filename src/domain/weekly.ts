/** When Monday's card is posted and which days it speaks of (decision 32). */
import { addDays, at, type Day, dayOf, daysBetween, MINUTE, minuteOfDay, weekOf } from '../lib/day.ts';
import type { Calendar } from './calendar.ts';

/** Friday of a week that begins on Monday, counted from it. */
const FRIDAY = 4;
const FIRST = 8 * 60 + 20;
const LAST = 18 * 60;

/** The day of the card of the week that begins on `monday`: the first working day, or null when Friday is past by then. */
export function weeklyDay(monday: Day, calendar: Calendar): Day | null {
  const day = calendar.nextWorkingDay(monday);
  return daysBetween(monday, day) <= FRIDAY ? day : null;
}

/** The week before, and with it every week before that whose own card found no day: two shifted weeks are one card. */
export function weeklySpan(monday: Day, calendar: Calendar): { from: Day; to: Day; weeks: number } {
  let from = addDays(monday, -7);
  let weeks = 1;
  for (let own = from; weeks < 5 && weeklyDay(own, calendar) === null; own = addDays(own, -7)) {
    from = addDays(own, -7);
    weeks++;
  }
  return { from, to: addDays(monday, -1), weeks };
}

/**
 * The instant on a day at which a group's card is due, 08:20 to 08:50, always the same for one group. The first
 * hundred groups need no half hour: they are through by half past eight.
 */
export function weeklyInstant(day: Day, chatId: number): number {
  const minute = chatId < 100 ? (chatId * 7 + 3) % 11 : (chatId * 7 + 3) % 31;
  return at(day, '00:00') + (FIRST + minute) * MINUTE;
}

/**
 * When a card that was missed may still go out: now, the next morning, or not at all. Never before 08:20, never after
 * 18:00, never on a day off, never later than Friday of the week that begins on `monday`.
 */
export function weeklyCatchUp(monday: Day, chatId: number, now: number, calendar: Calendar): number | null {
  const today = dayOf(now);
  const minute = minuteOfDay(now);
  const open = calendar.isWorkingDay(today) && minute >= FIRST && minute < LAST;
  if (open) return daysBetween(monday, today) <= FRIDAY ? now : null;
  const next = calendar.nextWorkingDay(minute < FIRST ? today : addDays(today, 1));
  return daysBetween(monday, next) <= FRIDAY ? weeklyInstant(next, chatId) : null;
}

/** The Mondays whose card may be due in [from, to], oldest first. */
export function mondaysBetween(from: Day, to: Day): Day[] {
  const mondays: Day[] = [];
  for (let monday = weekOf(from).from; monday <= to; monday = addDays(monday, 7)) mondays.push(monday);
  return mondays;
}
