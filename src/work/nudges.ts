import type { Effects } from '../commands/define.ts';
import { nudgesOn } from '../domain/obligation-nudge.ts';
import { dayOf } from '../lib/day.ts';
import { nudgeView } from '../views/nudge.ts';
import { dutiesOf, memberFacts } from './duties.ts';

/** When somebody who chose no time of his own is reminded (decision 31). */
export const USUAL_TIME = '18:10';

/**
 * One private card with all that is short and falls on that day (decision 31). None to who met all, is away, was
 * reminded of it twice, or answered before.
 */
export function nudgeMember(fx: Effects, memberId: number, day: string): boolean {
  const { q, calendar } = fx;
  const today = dayOf(fx.now);
  const facts = memberFacts(q, memberId, today);
  if (!facts) return false;
  const due = nudgesOn(dutiesOf(q, calendar, memberId, today), facts, day, calendar).filter((nudge) => {
    const before = q.work.nudges(memberId, nudge.duty.key, nudge.about.period.key);
    return !before.some((row) => row.nth === nudge.nth || row.answer !== null);
  });
  if (due.length === 0) return false;
  if (!fx.privately(memberId, nudgeView.ref({ at: fx.now }), { lane: 'nudge' })) return false;
  for (const { duty, about, nth } of due) {
    q.work.addNudge({ memberId, duty: duty.key, period: about.period.key, nth, now: fx.now });
  }
  return true;
}
