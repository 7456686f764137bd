/**
 * Which days of one year are worked (domain.md "Calendar"): the State Council's list from `chinese-days`, a list that
 * an administrator loaded, or, where there is none yet, the statutory days, marked provisional.
 */
import chineseDays from 'chinese-days';
import { z } from 'zod';
import { addDays, type Day, dayFromNumber, dayNumber, isDay, makeDay, weekday, yearOf } from '../lib/day.ts';

const daySchema = z.string().refine(isDay, '日期要写成2027-01-01这样');

/** A year's official list as an administrator loads it; the days may reach into the neighbouring years. */
export const officialListSchema = z.object({
  year: z.number().int().min(2000).max(2100),
  /** every day off by the notice, weekends inside it included or not */
  holidays: z.array(daySchema).min(1),
  /** the make-up working days (调休) on weekends */
  workdays: z.array(daySchema),
  /** e.g. 国办发明电〔2026〕…号 */
  source: z.string().optional(),
});
export type OfficialList = z.infer<typeof officialListSchema>;

/** One year: a flag a day (index 0 = 1 January), and whether it rests on a list or on the statutory days alone. */
export type YearTable = {
  first: number;
  working: Uint8Array;
  holiday: Uint8Array;
  provisional: boolean;
};

/** Builds the table of a year; later lists of `extra` win over earlier ones, any of them over the library. */
export function buildYear(year: number, extra: readonly OfficialList[]): YearTable {
  const own = extra.some((list) => list.year === year);
  const known = own || libraryHas(year);
  const table = weekendsOnly(year, !known);
  if (!own) fromLibrary(year, table);
  if (!known) for (const day of statutoryDays(year)) mark(table, day, false);
  for (const list of extra) {
    for (const day of list.holidays) mark(table, day, false);
    for (const day of list.workdays) mark(table, day, true);
  }
  return table;
}

/**
 * Whether the library carries the year's list. Fewer days than the statutory ones is no list: a neighbour's list
 * may spill a New Year's day into a year that is not out yet.
 */
export function libraryHas(year: number): boolean {
  return libraryHolidays(year).length >= 7;
}

/**
 * The statutory days (全国年节及纪念日放假办法, 2024): 元旦; 除夕 to 初三; 清明; 1–2 May; 端午; 中秋; 1–3 October.
 * What they are stretched to, and the make-up days, only the year's notice says.
 */
export function statutoryDays(year: number): Day[] {
  const springFestival = fromLunar(year, '01-01');
  return [
    makeDay(year, 1, 1),
    ...[-1, 0, 1, 2].map((n) => addDays(springFestival, n)),
    chineseDays.getSolarTermDate(year, 4, 'pure_brightness'),
    makeDay(year, 5, 1),
    makeDay(year, 5, 2),
    fromLunar(year, '05-05'),
    fromLunar(year, '08-15'),
    makeDay(year, 10, 1),
    makeDay(year, 10, 2),
    makeDay(year, 10, 3),
  ];
}

function fromLunar(year: number, monthDay: string): Day {
  return chineseDays.getSolarDateFromLunar(`${year}-${monthDay}`).date;
}

function libraryHolidays(year: number): string[] {
  return chineseDays.getHolidaysInRange(makeDay(year, 1, 1), makeDay(year, 12, 31), false);
}

function fromLibrary(year: number, table: YearTable): void {
  for (const day of libraryHolidays(year)) mark(table, day, false);
  for (let i = 0; i < table.working.length; i++) {
    if (table.working[i] === 1 || table.holiday[i] === 1) continue;
    const day = dayFromNumber(table.first + i);
    if (chineseDays.isWorkday(day)) mark(table, day, true);
  }
}

function weekendsOnly(year: number, provisional: boolean): YearTable {
  const first = dayNumber(makeDay(year, 1, 1));
  const length = dayNumber(makeDay(year + 1, 1, 1)) - first;
  const working = new Uint8Array(length);
  const monday = weekday(makeDay(year, 1, 1)) - 1;
  for (let i = 0; i < length; i++) working[i] = (monday + i) % 7 < 5 ? 1 : 0;
  return { first, working, holiday: new Uint8Array(length), provisional };
}

function mark(table: YearTable, day: Day, working: boolean): void {
  const i = dayNumber(day) - table.first;
  if (i < 0 || i >= table.working.length) return;
  table.working[i] = working ? 1 : 0;
  table.holiday[i] = working ? 0 : 1;
}

/** The years, from the one of `today` on, that the office will soon need and has no list for. */
export function missingYears(today: Day, hasList: (year: number) => boolean): number[] {
  const year = yearOf(today);
  // the notice for next year comes out in November (domain.md), so only then is its absence worth a word
  const years = today >= makeDay(year, 11, 1) ? [year, year + 1] : [year];
  return years.filter((y) => !hasList(y));
}
