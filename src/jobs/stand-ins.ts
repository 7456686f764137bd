import { SECRETARY_ROLES } from '../domain/issue-people.ts';
import { addDays, at, DAY, dayOf, later } from '../lib/day.ts';
import { callStandIns } from '../work/stand-ins.ts';
import { job } from './define.ts';

/** Before Monday's card and the askers: who steps in begins the day with it. */
const MORNING = '08:10';

/**
 * The first working morning of a leave of somebody who decides, or at once when it began today (decision 17): what
 * waits for him goes to whoever steps in. A leave that goes on from the day before begins nothing.
 */
export const standIns = job({
  name: 'stand-ins',
  lookback: 3 * DAY,
  occurrences({ q, calendar }, from, to) {
    const leaves = q.issues.leavesOfPosts(SECRETARY_ROLES, addDays(dayOf(from), -1), dayOf(to));
    return leaves.flatMap((leave, index) => {
      const { memberId, toDay, recordedAt } = leave;
      const day = calendar.nextWorkingDay(later(leave.fromDay, dayOf(recordedAt)));
      const instant = Math.max(recordedAt, at(day, MORNING));
      const before = addDays(day, -1);
      const goesOn = leaves
        .slice(0, index)
        .some((other) => other.memberId === memberId && other.fromDay <= before && other.toDay >= before);
      if (day > toDay || goesOn || instant <= from || instant > to) return [];
      return [{ period: day, scope: `member:${memberId}`, at: instant }];
    });
  },
  run: (fx, { scope }) => void callStandIns(fx, Number(scope.slice('member:'.length))),
});
