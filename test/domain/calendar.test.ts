import { describe, expect, it } from 'vitest';
import { makeCalendar } from '../../src/domain/calendar.ts';
import { isQuiet, nextSendTime } from '../../src/domain/calendar-quiet.ts';
import { missingYears, officialListSchema, statutoryDays } from '../../src/domain/calendar-years.ts';
import {
  addDays,
  at,
  dayFromNumber,
  dayNumber,
  dayOf,
  isDay,
  sayInstant,
  weekday,
  weekOf,
} from '../../src/lib/day.ts';

const calendar = makeCalendar();

describe('days and instants in Shanghai', () => {
  it('turns an instant into the day of UTC+8 and back', () => {
    expect(dayOf(Date.parse('2026-11-22T15:59:59.999Z'))).toBe('2026-11-22');
    expect(dayOf(Date.parse('2026-11-22T16:00:00Z'))).toBe('2026-11-23');
    expect(at('2026-11-23', '17:30')).toBe(Date.parse('2026-11-23T17:30:00+08:00'));
    expect(dayOf(-1)).toBe('1970-01-01');
  });

  it('walks every day of four centuries without a slip', () => {
    const last = dayNumber('2300-12-31');
    for (let n = dayNumber('1900-01-01'); n <= last; n++) {
      const day = dayFromNumber(n);
      if (day !== new Date(n * 86_400_000).toISOString().slice(0, 10)) expect(day).toBe(n);
    }
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(isDay('2026-02-29')).toBe(false);
    expect(isDay('2028-02-29')).toBe(true);
  });

  it('knows the week, Monday first', () => {
    expect(weekday('2026-11-23')).toBe(1);
    expect(weekday('2026-11-22')).toBe(7);
    expect(weekOf('2026-11-22')).toEqual({ from: '2026-11-16', to: '2026-11-22' });
  });

  it('says times as people do', () => {
    const now = at('2026-11-23', '16:00');
    expect(sayInstant(at('2026-11-23', '15:04'), now)).toBe('今天15:04');
    expect(sayInstant(at('2026-11-22', '08:30'), now)).toBe('昨天8:30');
    expect(sayInstant(at('2025-11-22', '08:30'), now)).toBe('2025年11月22日8:30');
  });
});

describe('receptions of 2026 move to the next working day (domain.md)', () => {
  const receptions = Array.from({ length: 12 }, (_, i) => String(i + 1).padStart(2, '0')).flatMap((month) => [
    `2026-${month}-10`,
    `2026-${month}-25`,
  ]);
  const moved = (weekendsAsHolidays: boolean) =>
    receptions
      .map((day) => [day, calendar.rollForward(day, { weekendsAsHolidays })])
      .filter(([from, to]) => from !== to);

  it('with weekends as holidays', () => {
    expect(moved(true)).toEqual([
      ['2026-01-10', '2026-01-12'],
      ['2026-01-25', '2026-01-26'],
      ['2026-04-25', '2026-04-27'],
      ['2026-05-10', '2026-05-11'],
      ['2026-07-25', '2026-07-27'],
      ['2026-09-25', '2026-09-28'],
      ['2026-10-25', '2026-10-26'],
    ]);
  });

  it('with weekends left alone only the festival moves', () => {
    expect(moved(false)).toEqual([['2026-09-25', '2026-09-28']]);
  });

  it('a make-up Saturday is a working day and stays', () => {
    expect(weekday('2026-10-10')).toBe(6);
    expect(calendar.isWorkingDay('2026-10-10')).toBe(true);
    expect(calendar.isHoliday('2026-10-10')).toBe(false);
  });
});

describe('notices go out at least a week before, never later (S2-13)', () => {
  it.each([
    ['2026-02-25', '2026-02-14'],
    ['2026-10-10', '2026-09-30'],
    ['2026-05-11', '2026-04-30'],
    ['2026-11-25', '2026-11-18'],
  ])('for %s by %s', (day, notice) => {
    expect(calendar.noticeBy(day)).toBe(notice);
    expect(calendar.isWorkingDay(notice)).toBe(true);
  });
});

describe('counting working days', () => {
  it('steps over the festival and through the make-up day', () => {
    expect(calendar.addWorkingDays('2026-09-30', 1)).toBe('2026-10-08');
    expect(calendar.addWorkingDays('2026-10-09', 1)).toBe('2026-10-10');
    expect(calendar.addWorkingDays('2026-10-08', -1)).toBe('2026-09-30');
    expect(calendar.addWorkingDays('2026-10-03', 0)).toBe('2026-10-03');
  });

  it('counts what it adds', () => {
    for (let n = 0; n < 60; n++) {
      const day = addDays('2026-08-17', n);
      const end = calendar.addWorkingDays(day, 7);
      expect(calendar.workingDaysBetween(day, end)).toBe(7);
      expect(calendar.workingDaysBetween(end, day)).toBe(-7);
    }
  });

  it('finds the nearest working day on both sides', () => {
    expect(calendar.nextWorkingDay('2026-02-15')).toBe('2026-02-24');
    expect(calendar.previousWorkingDay('2026-02-23')).toBe('2026-02-14');
    expect(calendar.nextWorkingDay('2026-02-14')).toBe('2026-02-14');
  });
});

describe('a year without a list', () => {
  it('is detected and stands on the statutory days', () => {
    expect(calendar.hasList(2026)).toBe(true);
    expect(calendar.hasList(2027)).toBe(false);
    expect(calendar.provisional('2026-12-31')).toBe(false);
    expect(calendar.provisional('2027-01-04')).toBe(true);
    expect(statutoryDays(2027)).toEqual([
      '2027-01-01',
      '2027-02-05',
      '2027-02-06',
      '2027-02-07',
      '2027-02-08',
      '2027-04-05',
      '2027-05-01',
      '2027-05-02',
      '2027-06-09',
      '2027-09-15',
      '2027-10-01',
      '2027-10-02',
      '2027-10-03',
    ]);
    for (const day of statutoryDays(2027)) expect(calendar.isWorkingDay(day)).toBe(false);
    expect(calendar.isWorkingDay('2027-01-09')).toBe(false);
    expect(calendar.isWorkingDay('2027-02-09')).toBe(true);
    expect(calendar.addWorkingDays('2026-12-31', 1)).toBe('2027-01-04');
  });

  it('is asked for from November on', () => {
    expect(missingYears('2026-10-31', calendar.hasList)).toEqual([]);
    expect(missingYears('2026-11-01', calendar.hasList)).toEqual([2027]);
  });

  it('is settled by the list that an administrator loads', () => {
    const list = officialListSchema.parse({
      year: 2027,
      holidays: ['2027-01-01', '2027-01-02', '2027-01-03', '2027-02-05', '2027-02-09'],
      workdays: ['2027-01-09', '2026-12-27'],
    });
    const loaded = makeCalendar([list]);
    expect(loaded.hasList(2027)).toBe(true);
    expect(loaded.provisional('2027-02-09')).toBe(false);
    expect(loaded.isWorkingDay('2027-02-09')).toBe(false);
    expect(loaded.isWorkingDay('2027-01-09')).toBe(true);
    // a list may reach back into the year before it
    expect(loaded.isWorkingDay('2026-12-27')).toBe(true);
    expect(loaded.isWorkingDay('2026-10-10')).toBe(true);
    // the day that only the statutory rule knew is worked if the list says nothing of it
    expect(loaded.isWorkingDay('2027-04-05')).toBe(true);
    expect(officialListSchema.safeParse({ ...list, workdays: ['2027-02-30'] }).success).toBe(false);
  });

  it('agrees with the statute in every year the library knows', () => {
    for (let year = 2014; year <= 2026; year++) {
      expect(calendar.hasList(year)).toBe(true);
      // 除夕 and 2 May became statutory in 2025; before, they were worked in some years (2014, 2017, 2024)
      const since2025 = [statutoryDays(year)[1], `${year}-05-02`];
      for (const day of statutoryDays(year)) {
        if (year < 2025 && since2025.includes(day)) continue;
        expect([day, calendar.isWorkingDay(day)]).toEqual([day, false]);
      }
    }
  });
});

describe('quiet hours (care.md 28)', () => {
  it.each([
    ['2026-11-23', '07:59', true],
    ['2026-11-23', '08:00', false],
    ['2026-11-23', '20:59', false],
    ['2026-11-23', '21:00', true],
    ['2026-11-22', '12:00', true],
    ['2026-10-10', '12:00', false],
    ['2026-10-01', '12:00', true],
  ])('%s %s quiet: %s', (day, time, quiet) => {
    expect(isQuiet(at(day, time), calendar)).toBe(quiet);
  });

  it('waits for eight in the morning of a working day', () => {
    expect(nextSendTime(at('2026-11-23', '12:00'), calendar)).toBe(at('2026-11-23', '12:00'));
    expect(nextSendTime(at('2026-11-23', '06:00'), calendar)).toBe(at('2026-11-23', '08:00'));
    expect(nextSendTime(at('2026-11-20', '21:00'), calendar)).toBe(at('2026-11-23', '08:00'));
    expect(nextSendTime(at('2026-09-30', '22:00'), calendar)).toBe(at('2026-10-08', '08:00'));
  });
});
