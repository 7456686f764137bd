import type { Effects } from '../commands/define.ts';
import { DAY } from '../lib/day.ts';

/** A reminder's card is updated for 14 days; over a long holiday it may have waited that much longer to be sent. */
const STANDS = 24 * DAY;

/** Cards about what this member owes follow it. */
export const dutiesSubject = (memberId: number): string => `duties:${memberId}`;

/**
 * What these people owe may be less or more now: reminders that stand show it. Whoever was not reminded lately costs
 * nothing here, for the row of a member is remembered.
 */
export function dutiesChanged(fx: Effects, visitors: Iterable<{ memberId: number | null }>): void {
  const seen = new Set<number>();
  for (const { memberId } of visitors) {
    if (memberId === null || seen.has(memberId)) continue;
    seen.add(memberId);
    const nudgedAt = fx.q.members.get(memberId)?.nudgedAt ?? null;
    if (nudgedAt !== null && fx.now - nudgedAt < STANDS) fx.changed(dutiesSubject(memberId));
  }
}
