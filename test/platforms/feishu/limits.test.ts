import { expect, it } from 'vitest';
import { mayRepeat } from '../../../src/office/doubt.ts';
import { FEISHU_LIMITS } from '../../../src/platforms/feishu/limits.ts';

const MINUTE = 60_000;

it('repeats what is in doubt for 55 minutes of the hour for which Feishu knows a uuid (decision 37)', () => {
  const repeat = (age: number) => mayRepeat({ kind: 'send', firstAttemptAt: 0 }, FEISHU_LIMITS, age);
  expect(FEISHU_LIMITS.idempotencyMs).toBe(60 * MINUTE);
  expect(repeat(55 * MINUTE - 1)).toBe(true);
  expect(repeat(55 * MINUTE)).toBe(false);
});
