import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { everyMinute } from '../../src/every-minute.ts';
import type { Log } from '../../src/lib/log.ts';

const MINUTE = 60_000;
const written: string[] = [];
const note = (level: string) => (fields: Record<string, unknown>, message: string) =>
  void written.push(`${level} ${message} ${JSON.stringify(fields)}`);
const log: Log = { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') };
const consoles = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) =>
  vi.spyOn(console, name).mockImplementation(() => {}),
);

beforeEach(() => {
  written.length = 0;
  vi.useFakeTimers({ now: Date.parse('2026-11-18T15:00:30+08:00') });
});
afterEach(() => {
  vi.useRealTimers();
});

it('runs at each full minute, and says through our log alone that it failed', async () => {
  let runs = 0;
  const timer = everyMinute(async () => {
    runs += 1;
    if (runs === 2) throw Object.assign(new TypeError('张某 13800000000'), { code: 'SQLITE_BUSY' });
  }, log);
  await vi.advanceTimersByTimeAsync(3 * MINUTE);
  await timer.stop();
  expect(runs).toBe(3);
  expect(written.filter((line) => line.startsWith('error'))).toHaveLength(1);
  expect(written.join()).toContain('SQLITE_BUSY');
  expect(written.join()).not.toMatch(/张某|138/);
  for (const spy of consoles) expect(spy).not.toHaveBeenCalled();
});

it('does not begin anew while it is at work, and stays silent on the console', async () => {
  let runs = 0;
  let end: (() => void) | undefined;
  const timer = everyMinute(() => {
    runs += 1;
    return new Promise<void>((resolve) => {
      end = resolve;
    });
  }, log);
  await vi.advanceTimersByTimeAsync(3 * MINUTE);
  expect(runs).toBe(1);
  expect(written.some((line) => line.startsWith('warn'))).toBe(true);
  end?.();
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect(runs).toBe(2);
  end?.();
  await timer.stop();
  for (const spy of consoles) expect(spy).not.toHaveBeenCalled();
});
