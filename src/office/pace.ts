import type { PlatformLimits } from '../platforms/platform.ts';

/** Sliding windows of one connection: per chat and second, per app and second, per app and minute. */
export class Pace {
  private readonly chats = new Map<string, number[]>();
  private recent: number[] = [];
  private readonly limits: PlatformLimits;

  constructor(limits: PlatformLimits) {
    this.limits = limits;
  }

  /** Takes a place at `now` (epoch ms) and returns 0, or returns how long to wait, ms. */
  take(target: string, now: number): number {
    this.recent = this.recent.filter((at) => at > now - 60_000);
    const inChat = (this.chats.get(target) ?? []).filter((at) => at > now - 1000);
    const inSecond = this.recent.filter((at) => at > now - 1000);
    const waits = [
      wait(inChat, this.limits.perChatPerSecond, 1000, now),
      wait(inSecond, this.limits.perSecond, 1000, now),
      wait(this.recent, this.limits.perMinute, 60_000, now),
    ];
    const longest = Math.max(...waits);
    if (longest > 0) return longest;
    this.recent.push(now);
    inChat.push(now);
    this.chats.set(target, inChat);
    if (this.chats.size > 10_000)
      for (const [key, times] of this.chats) if ((times.at(-1) ?? 0) < now - 1000) this.chats.delete(key);
    return 0;
  }
}

function wait(times: readonly number[], limit: number, span: number, now: number): number {
  if (times.length < limit) return 0;
  const oldest = times[times.length - limit] ?? now;
  return Math.max(oldest + span - now, 1);
}
