import { ApiError } from './errors.ts';
import type { RateLimits } from './options.ts';

const MINUTE = 60_000;

/**
 * Sliding windows of dingtalk.md 5.9 and 5.5: 20 a second for each API; 6000 messages a minute for the robot;
 * 20 a minute by webhook into one group, and then nothing for ten minutes.
 */
export function createRate(limits: RateLimits | false, now: () => number) {
  const seen = new Map<string, number[]>();
  const blockedUntil = new Map<string, number>();
  let throttled = 0;

  function recent(key: string, windowMs: number): number[] {
    const kept = (seen.get(key) ?? []).filter((at) => at > now() - windowMs);
    seen.set(key, kept);
    return kept;
  }

  function take(key: string, windowMs: number, most: number, error: () => ApiError): void {
    const calls = recent(key, windowMs);
    if (calls.length >= most) {
      throttled += 1;
      throw error();
    }
    calls.push(now());
  }

  return {
    get throttled(): number {
      return throttled;
    },
    /** `old`: the API answers in the old way. */
    api(path: string, old: boolean): void {
      if (limits === false) return;
      take(
        path,
        1000,
        limits.perApiPerSecond,
        () => new ApiError(old ? 90018 : 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi'),
      );
    },
    message(): void {
      if (limits === false) return;
      take('messages', MINUTE, limits.messagesPerMinute, () => new ApiError('toomuch.msg'));
    },
    webhook(chatId: string): void {
      if (limits === false) return;
      if ((blockedUntil.get(chatId) ?? 0) > now()) {
        throttled += 1;
        throw new ApiError(130101);
      }
      take(`webhook ${chatId}`, MINUTE, limits.webhookPerMinute, () => {
        blockedUntil.set(chatId, now() + 10 * MINUTE);
        return new ApiError(130101);
      });
    },
  };
}

export type Rate = ReturnType<typeof createRate>;
