/**
 * Days and instants on the one clock of this product: Asia/Shanghai, UTC+8, no daylight saving.
 * A day is a 'YYYY-MM-DD' string (it sorts as text), an instant is epoch milliseconds.
 * Plain arithmetic, no Intl: these run for every visit of every member.
 */
export type Day = string;

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
const OFFSET = 8 * HOUR;

/** Days since 1970-01-01, e.g. dayNumber('1970-01-02') = 1. */
export function dayNumber(day: Day): number {
  return Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10))) / DAY;
}

/** The inverse of dayNumber (the civil-from-days algorithm, exact for every Gregorian date). */
export function dayFromNumber(n: number): Day {
  const z = n + 719_468;
  const era = Math.floor(z / 146_097);
  const doe = z - era * 146_097;
  const yoe = Math.floor(
    (doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365,
  );
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  const year = yoe + era * 400 + (month <= 2 ? 1 : 0);
  return makeDay(year, month, doy - Math.floor((153 * mp + 2) / 5) + 1);
}

/** Year, month 1–12 and day of the month as a Day; it does not check that the date exists (see isDay). */
export function makeDay(year: number, month: number, date: number): Day {
  return `${String(year).padStart(4, '0')}-${pad(month)}-${pad(date)}`;
}

/** The day on which an instant falls in Shanghai. */
export function dayOf(ms: number): Day {
  return dayFromNumber(Math.floor((ms + OFFSET) / DAY));
}

/** 00:00 of the day, as an instant. */
export function startOfDay(day: Day): number {
  return dayNumber(day) * DAY - OFFSET;
}

/** A time on a day as an instant: at('2026-11-24', '17:30'). */
export function at(day: Day, time: string): number {
  return startOfDay(day) + Number(time.slice(0, 2)) * HOUR + Number(time.slice(3, 5)) * MINUTE;
}

/** Minutes since midnight in Shanghai, 0–1439. */
export function minuteOfDay(ms: number): number {
  return Math.floor((ms + OFFSET - Math.floor((ms + OFFSET) / DAY) * DAY) / MINUTE);
}

export function addDays(day: Day, n: number): Day {
  return dayFromNumber(dayNumber(day) + n);
}

/** Calendar days from a to b: 1 for neighbours, negative when b is earlier. */
export function daysBetween(a: Day, b: Day): number {
  return dayNumber(b) - dayNumber(a);
}

/** The first of two days. Days are text, so Math.min is not for them. */
export function earlier(a: Day, b: Day): Day {
  if (b < a) return b;
  return a;
}

/** The last of two days. */
export function later(a: Day, b: Day): Day {
  if (b > a) return b;
  return a;
}

/** 1 = Monday … 7 = Sunday. */
export function weekday(day: Day): number {
  return ((((dayNumber(day) + 3) % 7) + 7) % 7) + 1;
}

/** The week Monday–Sunday that holds the day (decision 32). */
export function weekOf(day: Day): { from: Day; to: Day } {
  const from = addDays(day, 1 - weekday(day));
  return { from, to: addDays(from, 6) };
}

export function yearOf(day: Day): number {
  return Number(day.slice(0, 4));
}

/** 1–12. */
export function monthOf(day: Day): number {
  return Number(day.slice(5, 7));
}

/** 28–31. */
export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** True for the text of a date that exists: '2026-02-29' is none. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && dayFromNumber(dayNumber(text)) === text;
}

const WEEKDAYS = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'] as const;

/** 周一 … 周日. */
export function weekdayName(day: Day): string {
  return WEEKDAYS[weekday(day) - 1] ?? '';
}

/** '11月25日', with the year in front when it is not that of `today` (cards.md, Voice). */
export function sayDay(day: Day, today: Day = day): string {
  const short = `${monthOf(day)}月${Number(day.slice(8, 10))}日`;
  return yearOf(day) === yearOf(today) ? short : `${yearOf(day)}年${short}`;
}

/** '11月25日（周三）'. */
export function sayDate(day: Day, today: Day = day): string {
  return `${sayDay(day, today)}（${weekdayName(day)}）`;
}

/** '8:30', '15:04': hours without a leading nought, as people write them (cards.md samples). */
export function sayTime(ms: number): string {
  const minutes = minuteOfDay(ms);
  return `${Math.floor(minutes / 60)}:${pad(minutes % 60)}`;
}

/** '今天15:04', '昨天8:30', '11月25日15:04'. */
export function sayInstant(ms: number, now: number): string {
  const day = dayOf(ms);
  const distance = daysBetween(dayOf(now), day);
  const word = distance === 0 ? '今天' : distance === -1 ? '昨天' : distance === 1 ? '明天' : null;
  return `${word ?? sayDay(day, dayOf(now))}${sayTime(ms)}`;
}

function pad(n: number): string {
  return n < 10 ? `0${n}` : String(n);
}

/** 今天, 昨天, 前天, else the date: a past day as people say it. */
export function sayPastDay(day: Day, today: Day): string {
  const ago = daysBetween(day, today);
  return ['今天', '昨天', '前天'][ago] ?? sayDay(day, today);
}
