import type { Card } from '../../../cards/card.ts';
import type { Delivery } from '../platform.ts';

/** The answer to a press must be on its way first: an update during the callback is not allowed (dingtalk.md 4.5). */
const AFTER_ANSWER_MS = 700;
const AGAIN_MS = 3_000;

type Put = (outTrackId: string, card: Card, group: string) => Promise<Delivery>;

interface Wish {
  /** Something newer took its place. */
  over: boolean;
  running?: Promise<unknown>;
}

/**
 * A press is answered to its presser alone (dingtalk.md 4.5); in a group the same card is then put for everybody. An
 * update from the outbox is newer than any answer before it, so it ends what still waits and follows what runs.
 */
export function createCardRefresh(put: Put, background?: (work: Promise<unknown>) => void) {
  const wishes = new Map<string, Wish>();

  /** Resolves when nothing older can overtake any more. */
  async function clear(outTrackId: string): Promise<void> {
    const wish = wishes.get(outTrackId);
    if (!wish) return;
    wish.over = true;
    await wish.running;
  }

  async function carryOut(wish: Wish, outTrackId: string, card: Card, group: string): Promise<void> {
    for (const ms of [AFTER_ANSWER_MS, AGAIN_MS]) {
      await pause(ms);
      if (wish.over) return;
      const putting = put(outTrackId, card, group);
      wish.running = putting;
      if ((await putting).status !== 'retry') return;
    }
  }

  return {
    clear,
    refresh(outTrackId: string, card: Card, group: string): void {
      const wish: Wish = { over: false };
      const before = clear(outTrackId);
      wishes.set(outTrackId, wish);
      const work = before
        .then(() => carryOut(wish, outTrackId, card, group))
        .catch(() => undefined)
        .finally(() => {
          if (wishes.get(outTrackId) === wish) wishes.delete(outTrackId);
        });
      background?.(work);
    },
    end(): void {
      for (const wish of wishes.values()) wish.over = true;
    },
  };
}

/** Does not keep a process alive that wants to end. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref?.();
  });
}
