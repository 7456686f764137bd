import { describe, expect, it } from 'vitest';
import { makeCalendar } from '../../src/domain/calendar.ts';
import { isMovedNudgeDay, isNudgeDay } from '../../src/domain/nudge-days.ts';
import { addDays } from '../../src/lib/day.ts';
import { findPolicy } from '../../src/policies/index.ts';

const calendar = makeCalendar();
const preset = (system: string) => {
  const policy = findPolicy(system);
  if (!policy) throw new Error(`no ${system}`);
  return policy;
};
const rugang = [{ policy: preset('rugang'), from: '2026-01-01', to: null }];
const xian = [{ policy: preset('xian'), from: '2026-01-01', to: null }];
const within = (from: string, to: string, holds: (day: string) => boolean) => {
  const found: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) if (holds(day)) found.push(day);
  return found;
};

describe('days on which a reminder can fall', () => {
  it('are two a month for a duty of the month', () => {
    const days = within('2026-11-01', '2026-12-31', (day) => isNudgeDay(rugang, day, calendar));
    expect(days).toEqual(['2026-11-19', '2026-11-26', '2026-12-22', '2026-12-29']);
  });

  it('are two a quarter for a duty of the quarter', () => {
    const days = within('2026-10-01', '2026-12-31', (day) => isNudgeDay(xian, day, calendar));
    expect(days).toEqual(['2026-12-22', '2026-12-29']);
  });

  it('keep clear of days off, and know a Sunday that is worked', () => {
    const days = within('2026-09-01', '2026-10-31', (day) => isNudgeDay(rugang, day, calendar));
    expect(days.every((day) => calendar.isWorkingDay(day))).toBe(true);
    expect(days).toEqual(['2026-09-20', '2026-09-28', '2026-10-22', '2026-10-29']);
  });

  it('are none outside the adoption', () => {
    const ended = [{ policy: preset('rugang'), from: '2026-01-01', to: '2026-11-20' }];
    expect(within('2026-11-01', '2026-12-31', (day) => isNudgeDay(ended, day, calendar))).toEqual([
      '2026-11-19',
    ]);
  });
});

describe('days of a moved date', () => {
  const moved = (duty: string | null) =>
    within('2026-11-01', '2026-12-31', (day) =>
      isMovedNudgeDay(
        rugang,
        [{ from: '2026-11-19', to: '2026-11-27', reason: '出差', duty }],
        day,
        calendar,
      ),
    );

  it('lie before the date that the absence moved', () => {
    expect(moved(null)).toEqual(['2026-11-30', '2026-12-07']);
    expect(moved('rugang/contact-point')).toEqual(['2026-11-30', '2026-12-07']);
  });

  it('are none for an absence from another duty', () => {
    expect(moved('xian/paired-households')).toEqual([]);
  });
});
