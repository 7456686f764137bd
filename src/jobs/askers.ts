import { addDays, at, DAY, dayOf } from '../lib/day.ts';
import { nameAskers } from '../work/issue-act.ts';
import { job } from './define.ts';

/** Each working morning: an asker for every matter that waits for one (decision 19). Without any such matter it does not run. */
export const askers = job({
  name: 'askers',
  lookback: DAY,
  occurrences({ q, calendar }, from, to) {
    if (q.issues.unasked(to).length === 0) return [];
    const days: string[] = [];
    for (let day = dayOf(from); day <= dayOf(to); day = addDays(day, 1))
      if (calendar.isWorkingDay(day)) days.push(day);
    return days
      .map((day) => ({ period: day, scope: 'all', at: at(day, '08:40') }))
      .filter((each) => each.at > from && each.at <= to);
  },
  run: (fx) => nameAskers(fx),
});
