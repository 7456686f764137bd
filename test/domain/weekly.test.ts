import { describe, expect, it } from 'vitest';
import { makeCalendar } from '../../src/domain/calendar.ts';
import {
  mondaysBetween,
  weeklyCatchUp,
  weeklyDay,
  weeklyInstant,
  weeklySpan,
} from '../../src/domain/weekly.ts';
import { at, sayTime } from '../../src/lib/day.ts';

const calendar = makeCalendar();

describe('the day of a week’s card', () => {
  it.each([
    ['an ordinary Monday', '2026-11-23', '2026-11-23'],
    ['National Day', '2026-10-05', '2026-10-08'],
    ['the week of Spring Festival', '2026-02-16', null],
    ['the Monday after it', '2026-02-23', '2026-02-24'],
    ['Labour Day', '2026-05-04', '2026-05-06'],
  ])('%s', (_name, monday, day) => {
    expect(weeklyDay(monday, calendar)).toBe(day);
  });
});

describe('what a card speaks of', () => {
  it('is the week before, Monday to Sunday', () => {
    expect(weeklySpan('2026-11-23', calendar)).toEqual({ from: '2026-11-16', to: '2026-11-22', weeks: 1 });
  });

  it('is two weeks when the first of them found no day', () => {
    expect(weeklySpan('2026-02-23', calendar)).toEqual({ from: '2026-02-09', to: '2026-02-22', weeks: 2 });
  });
});

describe('the minute', () => {
  it('lies between 08:20 and 08:50, the same for one group, and by 08:30 for the first hundred', () => {
    const times = Array.from({ length: 500 }, (_, id) => weeklyInstant('2026-11-23', id + 1));
    expect(Math.min(...times)).toBe(at('2026-11-23', '08:20'));
    expect(Math.max(...times)).toBe(at('2026-11-23', '08:50'));
    expect(Math.max(...times.slice(0, 99))).toBe(at('2026-11-23', '08:30'));
    expect(sayTime(weeklyInstant('2026-11-23', 1))).toBe('8:30');
  });

  it('spreads a thousand groups evenly', () => {
    const perMinute = new Map<number, number>();
    for (let id = 100; id < 1100; id++) {
      const time = weeklyInstant('2026-11-23', id);
      perMinute.set(time, (perMinute.get(time) ?? 0) + 1);
    }
    expect(perMinute.size).toBe(31);
    expect(Math.max(...perMinute.values())).toBeLessThanOrEqual(33);
  });
});

describe('a card that was missed', () => {
  const when = (now: string) => weeklyCatchUp('2026-11-23', 1, Date.parse(`${now}+08:00`), calendar);
  it.each([
    ['2026-11-23T08:30', '2026-11-23T08:30'],
    ['2026-11-24T17:59', '2026-11-24T17:59'],
    ['2026-11-24T18:00', '2026-11-25T08:30'],
    ['2026-11-25T06:00', '2026-11-25T08:30'],
    ['2026-11-27T12:00', '2026-11-27T12:00'],
  ])('found at %s goes at %s', (now, then) => {
    expect(when(now)).toBe(Date.parse(`${then}+08:00`));
  });

  it.each(['2026-11-27T18:00', '2026-11-28T09:00', '2026-11-30T09:00'])('found at %s goes no more', (now) => {
    expect(when(now)).toBeNull();
  });
});

it('finds the Mondays of a stretch of days', () => {
  expect(mondaysBetween('2026-11-18', '2026-11-30')).toEqual(['2026-11-16', '2026-11-23', '2026-11-30']);
});
