import { describe, expect, it } from 'vitest';
import { makeCalendar } from '../../src/domain/calendar.ts';
import { type QuotaUse, quotaOutlook } from '../../src/domain/quota.ts';
import { sayQuota } from '../../src/domain/quota-words.ts';

const calendar = makeCalendar();
const at = (text: string) => Date.parse(`${text}+08:00`);
/** November 2026: 1 is a Sunday, 21 working days. */
const use = (used: number, set: Partial<QuotaUse> = {}): QuotaUse => ({
  kind: 'calls',
  used,
  allowance: 5000,
  from: '2026-11-01',
  now: at('2026-11-18T20:00:00'),
  refused: false,
  ...set,
});
const look = (used: number, set?: Partial<QuotaUse>) => quotaOutlook(use(used, set), calendar);
const say = (used: number, set?: Partial<QuotaUse>) => sayQuota(use(used, set), look(used, set));

describe('the forecast of a month', () => {
  it('says it as the issue does', () => {
    expect(say(3900)).toBe('按现在的用量，本月需约6400次，免费版5000次，24日用完');
    expect(say(2000)).toBe('按现在的用量，本月需约3300次，免费版5000次，够用');
    expect(say(2300, { kind: 'pushes', allowance: 3000 })).toBe(
      '按现在的用量，本月需约3800次推送，免费版3000次，24日用完',
    );
    expect(say(90_000, { allowance: 200_000 })).toBe('按现在的用量，本月需约147000次，额度200000次，够用');
  });

  it('never rounds what is short down to enough', () => {
    const outlook = look(3080);
    expect(outlook.forecast).toBeGreaterThan(5000);
    expect(outlook.forecast).toBeLessThan(5100);
    expect(say(3080)).toContain('本月需约5100次，免费版5000次，30日用完');
  });

  it('weighs days off less than working days', () => {
    // Monday to Friday of one week, then the same count seen after the weekend: the same rate of work.
    const friday = look(1000, { from: '2026-11-09', now: at('2026-11-13T20:00:00') }).forecast ?? 0;
    const sunday = look(1000, { from: '2026-11-09', now: at('2026-11-15T20:00:00') }).forecast ?? 0;
    expect(friday).toBeGreaterThan(sunday);
    expect(friday - sunday).toBeLessThan(friday * 0.1);
  });

  it('says nothing of a trend from one busy first day, but of what is known', () => {
    expect(look(900, { from: '2026-11-18' })).toEqual({ state: 'ample', forecast: null, runsOutOn: null });
    expect(say(900, { from: '2026-11-18' })).toBe('本月已用900次，免费版5000次');
    expect(look(1100, { from: '2026-11-18' }).state).toBe('frugal');
    expect(look(0, { from: '2026-11-18', now: at('2026-11-18T03:00:00') }).state).toBe('ample');
  });

  it('counts from the first day on which anything was counted', () => {
    expect(look(2000, { from: '2026-11-16' }).state).toBe('frugal');
    expect(look(2000, { from: '2026-11-02' }).state).toBe('ample');
  });
});

describe('the state of an allowance', () => {
  it.each([
    [0, 'ample'],
    [2900, 'ample'],
    [3300, 'frugal'],
    [4499, 'frugal'],
    [4500, 'near'],
    [4999, 'near'],
    [5000, 'out'],
    [6000, 'out'],
  ] as const)('with %i calls used by the 18th is %s', (used, state) => {
    expect(look(used).state).toBe(state);
  });

  it('is near from nine tenths on even where the forecast would do', () => {
    expect(look(4600, { now: at('2026-11-30T19:00:00') }).state).toBe('near');
  });

  it('is out when the platform says so, whatever was counted here', () => {
    expect(look(100, { refused: true }).state).toBe('out');
    expect(say(100, { refused: true })).toBe(
      '平台说本月额度已用完（本助手用了100次，额度由全单位的应用共用），12月1日恢复',
    );
    expect(say(5000, { now: at('2026-12-31T09:00:00'), from: '2026-12-01' })).toBe(
      '本月已用5000次，免费版5000次已用完，2027年1月1日恢复',
    );
  });

  it('has no limit at 0', () => {
    expect(look(80_000, { allowance: 0 }).state).toBe('ample');
    expect(say(80_000, { allowance: 0 })).toBe('本月已用80000次，不限');
  });
});
