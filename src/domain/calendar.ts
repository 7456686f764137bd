/**
 * China's working days with make-up Saturdays (domain.md "Calendar"). Every deadline in working days, every
 * "顺延到下一个工作日" (S2-7, S2-27) and every notice date asks this one object.
 */
import { addDays, type Day, dayNumber, yearOf } from '../lib/day.ts';
import { buildYear, libraryHas, type OfficialList, type YearTable } from './calendar-years.ts';

export type Calendar = {
  isWorkingDay(day: Day): boolean;
  /** a day off by list or statute; an ordinary weekend is none */
  isHoliday(day: Day): boolean;
  /** true where no official list is known yet: the answer may still change */
  provisional(day: Day): boolean;
  hasList(year: number): boolean;
  /** the nth working day after `day` (not counting it), before it for n < 0; n = 0 gives the day itself */
  addWorkingDays(day: Day, n: number): Day;
  /** the day itself when it is worked */
  nextWorkingDay(day: Day): Day;
  /** the day itself when it is worked */
  previousWorkingDay(day: Day): Day;
  /** working days after a up to and including b; negative when b is earlier */
  workingDaysBetween(a: Day, b: Day): number;
  /**
   * 如遇节假日顺延到下一个工作日 (S2-7). With the switch on a weekend counts as 节假日; with it off only a declared
   * day off moves. A make-up working day never moves.
   */
  rollForward(day: Day, options: { weekendsAsHolidays: boolean }): Day;
  /** the latest working day on which a notice for `day` may go out: at least a week before, never later (S2-13) */
  noticeBy(day: Day): Day;
};

/** A calendar from the library's lists plus those an administrator loaded (data, no I/O; an own list wins). */
export function makeCalendar(extra: readonly OfficialList[] = []): Calendar {
  const years = new Map<number, YearTable>();
  const owned = new Set(extra.map((list) => list.year));

  function tableOf(day: Day): YearTable {
    const year = yearOf(day);
    const known = years.get(year);
    if (known) return known;
    const built = buildYear(year, extra);
    years.set(year, built);
    return built;
  }
  function isWorkingDay(day: Day): boolean {
    const table = tableOf(day);
    return table.working[dayNumber(day) - table.first] === 1;
  }
  function isHoliday(day: Day): boolean {
    const table = tableOf(day);
    return table.holiday[dayNumber(day) - table.first] === 1;
  }
  function walk(day: Day, step: 1 | -1): Day {
    let at = day;
    while (!isWorkingDay(at)) at = addDays(at, step);
    return at;
  }
  function addWorkingDays(day: Day, n: number): Day {
    const step = n < 0 ? -1 : 1;
    let at = day;
    for (let left = Math.abs(n); left > 0; left--) at = walk(addDays(at, step), step);
    return at;
  }
  function workingDaysBetween(a: Day, b: Day): number {
    if (b < a) return -workingDaysBetween(b, a);
    let count = 0;
    for (let at = addDays(a, 1); at <= b; at = addDays(at, 1)) if (isWorkingDay(at)) count++;
    return count;
  }

  return {
    isWorkingDay,
    isHoliday,
    provisional: (day) => tableOf(day).provisional,
    hasList: (year) => owned.has(year) || libraryHas(year),
    addWorkingDays,
    nextWorkingDay: (day) => walk(day, 1),
    previousWorkingDay: (day) => walk(day, -1),
    workingDaysBetween,
    rollForward: (day, { weekendsAsHolidays }) => (weekendsAsHolidays || isHoliday(day) ? walk(day, 1) : day),
    noticeBy: (day) => walk(addDays(day, -7), -1),
  };
}
