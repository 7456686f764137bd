import type { Effects } from '../commands/define.ts';
import { nudgesOn } from '../domain/obligation-nudge.ts';
import { dayOf } from '../lib/day.ts';
import { nudgeView } from '../views/nudge.ts';
import { type Standing, standingsOf } from './duties.ts';

/** When somebody who chose no time of his own is reminded (decision 31). */
export const USUAL_TIME = '18:10';

/**
 * One private card a person with all that is short and falls on that day (decision 31). None to who met all, is away,
 * was reminded of it twice, or answered before. How many were sent.
 */
export function nudgeMembers(fx: Effects, memberIds: readonly number[], day: string): number {
  let sent = 0;
  for (const standing of standingsOf(fx.q, fx.calendar, memberIds, dayOf(fx.now)).values()) {
    if (nudgeMember(fx, standing, day)) sent++;
  }
  return sent;
}

function nudgeMember(fx: Effects, { facts, duties }: Standing, day: string): boolean {
  const { q, calendar } = fx;
  const { id } = facts;
  const due = nudgesOn(duties, facts, day, calendar).filter((nudge) => {
    const before = q.work.nudges(id, nudge.duty.key, nudge.about.period.key);
    return !before.some((row) => row.nth === nudge.nth || row.answer !== null);
  });
  const ref = nudgeView.ref({ at: fx.now, member: id });
  if (due.length === 0 || !fx.privately(id, ref, { lane: 'nudge' })) return false;
  for (const { duty, about, nth } of due) {
    q.work.addNudge({ memberId: id, duty: duty.key, period: about.period.key, nth, now: fx.now });
  }
  return true;
}
