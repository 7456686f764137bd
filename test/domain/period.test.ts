import { describe, expect, it } from 'vitest';
import { makeCalendar } from '../../src/domain/calendar.ts';
import {
  nextPeriod,
  nudgeDays,
  PER,
  periodOf,
  previousPeriod,
  spokenPeriod,
} from '../../src/domain/period.ts';
import { addDays } from '../../src/lib/day.ts';

const calendar = makeCalendar();

describe('periods', () => {
  it.each([
    ['month', '2026-11', '2026-11-01', '2026-11-30', '11月'],
    ['quarter', '2026-Q4', '2026-10-01', '2026-12-31', '第四季度'],
    ['halfYear', '2026-H2', '2026-07-01', '2026-12-31', '下半年'],
    ['year', '2026', '2026-01-01', '2026-12-31', '2026年'],
  ] as const)('the %s of 18 November 2026', (per, key, from, to, label) => {
    expect(periodOf(per, '2026-11-18')).toEqual({ per, key, from, to, label });
  });

  it('knows a leap February', () => {
    expect(periodOf('month', '2028-02-10')?.to).toBe('2028-02-29');
    expect(periodOf('month', '2026-02-28')?.to).toBe('2026-02-28');
  });

  it('follow one another without gap or overlap, and hold every one of their days', () => {
    for (const per of PER) {
      if (per === 'campaign') continue;
      let period = periodOf(per, '2026-01-01');
      for (let n = 0; n < 30 && period !== null; n++) {
        const next = nextPeriod(period);
        expect(next?.from).toBe(addDays(period.to, 1));
        expect(next && previousPeriod(next)).toEqual(period);
        expect(periodOf(per, period.to)).toEqual(periodOf(per, period.from));
        period = next;
      }
    }
  });

  it('a campaign is its own dates and nothing else', () => {
    const dates = { from: '2026-06-01', to: '2026-09-30' };
    expect(periodOf('campaign', '2026-05-31', dates)).toBeNull();
    expect(periodOf('campaign', '2026-10-01', dates)).toBeNull();
    const period = periodOf('campaign', '2026-06-01', dates);
    expect(period).toMatchObject({ key: '2026-06-01/2026-09-30', label: '6月1日—9月30日' });
    expect(period && [previousPeriod(period), nextPeriod(period)]).toEqual([null, null]);
  });

  it('is spoken of as people do', () => {
    const say = (per: 'month' | 'quarter' | 'halfYear' | 'year', day: string) => {
      const period = periodOf(per, day);
      return period && spokenPeriod(period, '2026-01-15');
    };
    expect(say('month', '2026-01-02')).toBe('本月');
    expect(say('month', '2025-12-31')).toBe('上月');
    expect(say('month', '2025-11-30')).toBe('2025年11月');
    expect(say('quarter', '2025-10-01')).toBe('上季度');
    expect(say('halfYear', '2026-01-01')).toBe('上半年');
    expect(say('year', '2024-05-05')).toBe('2024年');
  });
});

describe('nudge days (decision 31)', () => {
  const days = (day: string) => {
    const period = periodOf('month', day);
    return period && nudgeDays(period, calendar);
  };

  it('are the 7th and the 2nd working day before the last day', () => {
    expect(days('2026-11-18')).toEqual(['2026-11-19', '2026-11-26']);
    // 31 January is a Saturday
    expect(days('2026-01-05')).toEqual(['2026-01-22', '2026-01-29']);
  });

  it('step over a festival and use its make-up Saturday', () => {
    // of February 2026 only the 14th (make-up), 24th–27th and the 28th (make-up) are worked in its second half
    expect(days('2026-02-01')).toEqual(['2026-02-12', '2026-02-26']);
    for (const day of days('2026-02-01') ?? []) expect(calendar.isWorkingDay(day)).toBe(true);
  });
});
