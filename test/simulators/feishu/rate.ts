import { ApiError } from './errors.ts';

export interface RateLimits {
  perChat: number;
  perSecond: number;
  perMinute: number;
}

/**
 * Sliding windows of feishu.md 4.3: 5/s per chat (and per user, whose chat is p2p) and per updated message,
 * answered 400/230020 without a reset header; 50/s and 1000/min per app, answered 429/99991400 with one.
 * The app's budget is shared by all message writes, which is stricter than one budget per API.
 */
export function createRate(limits: RateLimits | false, now: () => number) {
  const seen = new Map<string, number[]>();
  let throttled = 0;

  function recent(key: string, windowMs: number): number[] {
    const kept = (seen.get(key) ?? []).filter((at) => at > now() - windowMs);
    seen.set(key, kept);
    return kept;
  }

  return {
    get throttled(): number {
      return throttled;
    },
    /** Takes one call out of the app's budget. */
    app(): void {
      if (limits === false) return;
      const minute = recent('app', 60_000);
      const second = minute.filter((at) => at > now() - 1000);
      const full =
        second.length >= limits.perSecond
          ? [second, 1000]
          : minute.length >= limits.perMinute
            ? [minute, 60_000]
            : undefined;
      if (full) {
        throttled += 1;
        const [calls, windowMs] = full as [number[], number];
        const waitMs = (calls[0] ?? now()) + windowMs - now();
        throw new ApiError(99991400, '', {
          status: 429,
          headers: {
            'x-ogw-ratelimit-limit': String(windowMs === 1000 ? limits.perSecond : limits.perMinute),
            'x-ogw-ratelimit-reset': String(Math.max(1, Math.ceil(waitMs / 1000))),
          },
        });
      }
      minute.push(now());
    },
    /** Takes one call out of the budget of a chat, a user or a message. */
    target(key: string): void {
      if (limits === false) return;
      const calls = recent(key, 1000);
      if (calls.length >= limits.perChat) {
        throttled += 1;
        throw new ApiError(230020);
      }
      calls.push(now());
    },
  };
}

export type Rate = ReturnType<typeof createRate>;
