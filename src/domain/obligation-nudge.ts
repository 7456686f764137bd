/** Who is to be reminded of what today (decision 31; S4-30, S2-40): at most twice a duty and period, private. */
import type { Day } from '../lib/day.ts';
import type { Calendar } from './calendar.ts';
import type { Duty, Excuse, MemberFacts, OpenPeriod } from './obligation-types.ts';
import { nudgeDays } from './period.ts';

export type Nudge = {
  duty: Duty;
  /** the period it is about: the duty's own, or the one before when an excuse moved its date past its end */
  about: Duty | OpenPeriod;
  nth: 1 | 2;
};

/**
 * The reminders that fall on `today`, the 7th or the 2nd working day before the due date, for duties with something
 * left. None while an excuse runs. Whether an answer has cancelled the second is the caller's to know.
 */
export function nudgesOn(
  duties: readonly Duty[],
  member: Pick<MemberFacts, 'excuses'>,
  today: Day,
  calendar: Calendar,
): Nudge[] {
  const running = member.excuses.filter((e) => e.from <= today && today <= e.to);
  return duties.flatMap((duty) => {
    // an unexcused old period had its two reminders in its own time
    const late = duty.open.filter((open) => open.excuse !== null && open.due > open.period.to);
    return [duty, ...late].flatMap((about): Nudge[] => {
      if (about.left === 0 || isAway(duty, about, running)) return [];
      const nth = nudgeDays({ to: about.due }, calendar).indexOf(today);
      return nth === -1 ? [] : [{ duty, about, nth: nth === 0 ? 1 : 2 }];
    });
  });
}

/** Excused today from all that is left of it. */
function isAway(duty: Duty, about: Duty | OpenPeriod, running: readonly Excuse[]): boolean {
  if (running.some((e) => e.duty === null || e.duty === duty.key)) return true;
  const open = about.details.filter((d) => d.left > 0);
  return open.length > 0 && open.every((d) => running.some((e) => e.duty === d.key));
}
