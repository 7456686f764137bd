import type { PlatformLimits } from '../platforms/platform.ts';

const SECOND = 1_000;
const MINUTE = 60_000;
/** Chats remembered before those that rest are forgotten. */
const CHATS = 10_000;

/** Sliding windows of one connection: per chat and second, per app and second, per app and minute. Times are ms of a clock that nobody sets. */
export class Pace {
  private readonly chats = new Map<string, number[]>();
  private recent: number[] = [];
  private readonly limits: PlatformLimits;

  constructor(limits: PlatformLimits) {
    this.limits = limits;
  }

  /** How long the whole app has to wait at `now`, ms; 0 = there is room. */
  room(now: number): number {
    return Math.max(
      wait(this.recent, this.limits.perSecond, SECOND, now),
      wait(this.recent, this.limits.perMinute, MINUTE, now),
    );
  }

  /** Takes a place at `now` and returns 0, or returns how long to wait, ms. */
  take(target: string, now: number): number {
    const inChat = (this.chats.get(target) ?? []).filter((at) => at > now - SECOND);
    const longest = Math.max(wait(inChat, this.limits.perChatPerSecond, SECOND, now), this.room(now));
    if (longest > 0) return longest;
    this.recent = this.recent.filter((at) => at > now - MINUTE);
    this.recent.push(now);
    inChat.push(now);
    this.chats.set(target, inChat);
    if (this.chats.size > CHATS)
      for (const [key, times] of this.chats) if ((times.at(-1) ?? 0) < now - SECOND) this.chats.delete(key);
    return 0;
  }
}

/** Times stand in order: the window is full when its `limit`th from the end still lies inside. */
function wait(times: readonly number[], limit: number, span: number, now: number): number {
  const oldest = times[times.length - limit];
  return oldest === undefined || oldest <= now - span ? 0 : Math.max(oldest + span - now, 1);
}
