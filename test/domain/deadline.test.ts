import { describe, expect, it } from 'vitest';
import { makeCalendar } from '../../src/domain/calendar.ts';
import {
  describeDue,
  dueAt,
  type Grade,
  HANDLING,
  overdueWorkingDays,
  REWORK,
  reworkDueAt,
  triageDueAt,
  withinWindow,
  workingDaysLeft,
} from '../../src/domain/deadline.ts';
import { at, DAY, HOUR, MINUTE } from '../../src/lib/day.ts';

const calendar = makeCalendar();
const monday = at('2026-11-23', '10:12');
const GRADES: Grade[] = ['danger', 'utility', 'ordinary', 'complex'];

describe('due times (decision 34)', () => {
  it('counts working days from the day after the step to 17:30', () => {
    expect(dueAt('ordinary', monday, calendar)).toBe(at('2026-12-02', '17:30'));
    expect(dueAt('complex', monday, calendar)).toBe(at('2026-12-14', '17:30'));
    expect(triageDueAt('ordinary', monday, calendar)).toBe(at('2026-11-24', '17:30'));
  });

  it('gives a step in the evening or at the weekend the same days', () => {
    expect(triageDueAt('ordinary', at('2026-11-23', '23:59'), calendar)).toBe(at('2026-11-24', '17:30'));
    expect(triageDueAt('complex', at('2026-11-21', '09:00'), calendar)).toBe(at('2026-11-23', '17:30'));
    expect(triageDueAt('ordinary', at('2026-09-30', '09:00'), calendar)).toBe(at('2026-10-08', '17:30'));
  });

  it('runs hour grades on the wall clock, triage too', () => {
    const saturdayNight = at('2026-11-21', '23:30');
    expect(dueAt('danger', saturdayNight, calendar) - saturdayNight).toBe(2 * HOUR);
    expect(dueAt('utility', saturdayNight, calendar) - saturdayNight).toBe(24 * HOUR);
    expect(triageDueAt('danger', saturdayNight, calendar) - saturdayNight).toBe(2 * HOUR);
    expect(triageDueAt('utility', saturdayNight, calendar) - saturdayNight).toBe(24 * HOUR);
  });

  it('makes every rework shorter than the first handling', () => {
    for (const grade of GRADES) {
      expect(reworkDueAt(grade, monday, calendar)).toBeGreaterThan(monday);
      expect(reworkDueAt(grade, monday, calendar)).toBeLessThan(dueAt(grade, monday, calendar));
      const [unit] = Object.keys(HANDLING[grade]);
      expect(Object.keys(REWORK[grade])).toEqual([unit]);
    }
  });
});

describe('ways out of a mistake (decision 20)', () => {
  it('closes each window on its own clock', () => {
    expect(withinWindow('takeBack', monday, monday + 10 * MINUTE, calendar)).toBe(true);
    expect(withinWindow('takeBack', monday, monday + 10 * MINUTE + 1, calendar)).toBe(false);
    expect(withinWindow('signOffFix', monday, monday + DAY, calendar)).toBe(true);
    expect(withinWindow('signOffFix', monday, monday + DAY + 1, calendar)).toBe(false);
    expect(withinWindow('returnToSender', monday, at('2026-11-24', '17:30'), calendar)).toBe(true);
    expect(withinWindow('returnToSender', monday, at('2026-11-24', '17:31'), calendar)).toBe(false);
    expect(withinWindow('reopen', monday, at('2026-12-23', '23:59'), calendar)).toBe(true);
    expect(withinWindow('reopen', monday, at('2026-12-24', '00:00'), calendar)).toBe(false);
  });
});

describe('left and overdue', () => {
  const due = at('2026-12-02', '17:30');

  it('counts working days only', () => {
    expect(workingDaysLeft(due, monday, calendar)).toBe(7);
    expect(workingDaysLeft(due, at('2026-12-02', '09:00'), calendar)).toBe(0);
    expect(overdueWorkingDays(due, at('2026-12-02', '17:30'), calendar)).toBe(0);
    expect(overdueWorkingDays(due, at('2026-12-02', '20:00'), calendar)).toBe(0);
    expect(overdueWorkingDays(due, at('2026-12-07', '09:00'), calendar)).toBe(3);
    expect(overdueWorkingDays(at('2026-11-20', '17:30'), at('2026-11-22', '09:00'), calendar)).toBe(0);
    expect(workingDaysLeft(due, at('2026-12-07', '09:00'), calendar)).toBe(0);
  });
});

describe('describeDue speaks as cards.md does', () => {
  it.each([
    ['2026-11-23', '17:30', '今天17:30前'],
    ['2026-11-24', '17:30', '11月24日（周二）17:30前'],
    ['2026-11-25', '17:30', '11月25日（周三）前'],
    ['2027-01-05', '17:30', '2027年1月5日（周二）前'],
    ['2026-11-24', '09:05', '11月24日（周二）9:05前'],
    ['2026-11-23', '12:12', '今天12:12前'],
    ['2026-11-23', '09:50', '刚过时限'],
    ['2026-11-23', '07:00', '超期3小时'],
    ['2026-11-19', '17:30', '超期2个工作日'],
    ['2026-11-20', '17:30', '超期1个工作日'],
  ])('due %s %s: %s', (day, time, words) => {
    expect(describeDue(at(day, time), monday, calendar)).toBe(words);
  });

  it('does not count a weekend as lateness', () => {
    const friday = at('2026-11-20', '17:30');
    expect(describeDue(friday, at('2026-11-20', '18:00'), calendar)).toBe('今天17:30已到期');
    expect(describeDue(friday, at('2026-11-22', '09:00'), calendar)).toBe('11月20日（周五）17:30已到期');
  });
});
