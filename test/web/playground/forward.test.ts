import { describe, expect, it } from 'vitest';
import { movableClock } from '../../../src/lib/clock.ts';
import { at, DAY } from '../../../src/lib/day.ts';
import { fastForward, steps, targetOf } from '../../../src/web/playground/forward.ts';
import type { PlaygroundHost } from '../../../src/web/playground/host.ts';

const noon = at('2026-11-18', '15:00');

describe('the steps that are offered', () => {
  it('lie ahead and say when', () => {
    expect(steps(noon).map(({ key, label, at: when }) => [key, label, when])).toEqual([
      ['ten-minutes', '10分钟后', noon + 600_000],
      ['evening', '今天18:10', at('2026-11-18', '18:10')],
      ['morning', '明天9:00', at('2026-11-19', '09:00')],
      ['monday', '下周一8:30', at('2026-11-23', '08:30')],
      ['month-end', '月底30日', at('2026-11-30', '18:30')],
    ]);
  });

  it('move on when the evening, the Monday or the month end is past', () => {
    const late = at('2026-11-30', '19:00');
    const [, evening, , monday, end] = steps(late);
    expect(evening).toMatchObject({ label: '明天18:10', at: at('2026-12-01', '18:10') });
    expect(monday).toMatchObject({ at: at('2026-12-07', '08:30') });
    expect(end).toMatchObject({ label: '月底31日', at: at('2026-12-31', '18:30') });
  });

  it('reach next Monday from a Sunday night and from a Monday before dawn', () => {
    expect(steps(at('2026-11-22', '23:59'))[3]?.at).toBe(at('2026-11-23', '08:30'));
    expect(steps(at('2026-11-23', '00:10'))[3]?.at).toBe(at('2026-11-30', '08:30'));
  });
});

describe('a time of one’s own', () => {
  it('is read as Shanghai time', () => {
    expect(targetOf({ at: '2026-11-20T09:05' }, noon)).toEqual({ at: at('2026-11-20', '09:05') });
  });

  it('is refused when it is past, far off, or no time at all', () => {
    expect(targetOf({ at: '2026-11-18T14:59' }, noon)).toEqual({
      refused: '现在是11月18日（周三）15:00，只能往后走。',
    });
    expect(targetOf({ at: '2028-01-01T08:00' }, noon)).toHaveProperty('refused');
    expect(targetOf({ at: '2026-11-31T08:00' }, noon)).toHaveProperty('refused');
    expect(targetOf({ at: '2026-11-20T25:00' }, noon)).toHaveProperty('refused');
  });
});

/** A host that is due at fixed instants and writes down what it was asked to do, and at what time. */
function recorder(due: number[]) {
  const clock = movableClock(noon, { frozen: true });
  const ticks: { asked: number; clock: number }[] = [];
  const host: PlaygroundHost = {
    clock,
    deliver: () => Promise.resolve({}),
    tick(now) {
      ticks.push({ asked: now, clock: clock.now() });
      return Promise.resolve({ sent: due.includes(now) ? 2 : 0, failed: 0 });
    },
    nextDue: (after) => due.find((instant) => instant > after) ?? null,
    settle: () => Promise.resolve(),
    commands: () => [],
  };
  return { host, clock, ticks };
}

describe('fast-forward', () => {
  it('stops at every due instant in order, with the clock there, and ends at the target', async () => {
    const due = [noon + DAY, noon + 2 * DAY, noon + 9 * DAY];
    const { host, clock, ticks } = recorder(due);
    const told: number[] = [];
    const sum = await fastForward(host, noon + 5 * DAY, (passed) => told.push(passed.at));
    expect(ticks).toEqual(
      [noon + DAY, noon + 2 * DAY, noon + 5 * DAY].map((instant) => ({ asked: instant, clock: instant })),
    );
    expect(told).toEqual([noon + DAY, noon + 2 * DAY]);
    expect(sum).toEqual({ at: noon + 5 * DAY, sent: 4, failed: 0 });
    expect(clock.now()).toBe(noon + 5 * DAY);
  });

  it('runs what is due at the target itself once', async () => {
    const { host, ticks } = recorder([noon + DAY]);
    const sum = await fastForward(host, noon + DAY, () => {});
    expect(ticks.map((tick) => tick.asked)).toEqual([noon + DAY]);
    expect(sum.sent).toBe(2);
  });
});
