import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Card } from '../../../cards/card.ts';
import { createCardRefresh } from '../../../src/platforms/dingtalk/card-refresh.ts';
import { card } from './outbound-kit.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('keeps a short-lived host awake until everybody has been shown the card', async () => {
  const shown: Card[] = [];
  const kept: Promise<unknown>[] = [];
  const refreshing = createCardRefresh(
    async (messageId, now) => {
      shown.push(now);
      return { status: 'sent', messageId };
    },
    (work) => kept.push(work),
  );
  refreshing.refresh('card-1', card('已交石小红'), 'cid1');
  let over = false;
  kept[0]?.then(() => {
    over = true;
  });
  expect(kept).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(100);
  expect([shown.length, over]).toEqual([0, false]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect([shown.map(({ title }) => title), over]).toEqual([['已交石小红'], true]);
});
