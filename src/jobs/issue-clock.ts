import { ALARM_REACH, alarmsOf, isHeld } from '../domain/issue-alarms.ts';
import { DAY } from '../lib/day.ts';
import { raiseAlarm } from '../work/issue-alarm.ts';
import { job } from './define.ts';

/**
 * The scan that looks at every open matter, ownerless ones first (decisions 17, 34; domain.md "Clock"). Each (matter,
 * step, stage) once: a comment or a changed date starts no second alarm of the same step.
 */
export const issueClock = job({
  name: 'issue-clock',
  lookback: 3 * DAY,
  occurrences({ q, calendar }, from, to) {
    const ran = q.work.ranSince('issue-clock', from);
    return q.work
      .openClocks(from - ALARM_REACH, to + ALARM_REACH)
      .flatMap((row) =>
        alarmsOf(row, calendar)
          .filter((alarm) => alarm.at > from && alarm.at <= to)
          .map((alarm) => ({
            held: isHeld(row),
            period: `${row.stepAt}:${alarm.stage}`,
            scope: `issue:${row.id}`,
            at: alarm.at,
          })),
      )
      .filter(({ period, scope }) => !ran.has(`${period} ${scope}`))
      .sort((a, b) => Number(a.held) - Number(b.held) || a.at - b.at)
      .map(({ period, scope, at }) => ({ period, scope, at }));
  },
  run(fx, { period, scope }) {
    const [stepAt, stage] = period.split(':');
    if (stage === 'remind' || stage === 'half' || stage === 'late' || stage === 'later')
      raiseAlarm(fx, Number(scope.slice('issue:'.length)), Number(stepAt), stage);
  },
});
