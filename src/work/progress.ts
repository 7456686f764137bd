import type { Queries } from '../../db/queries/index.ts';
import type { Calendar } from '../domain/calendar.ts';
import type { Duty } from '../domain/obligation-types.ts';
import { UNIT_WORDS } from '../domain/policy.ts';
import { dayOf } from '../lib/day.ts';
import { dutiesOf } from './duties.ts';

/** `本季度3户，已见2户` / `11月应去2次，已去1次`: only to the member himself. */
export function progressLine(duty: Duty): string {
  const obligation = duty.clause.obligation;
  const word =
    obligation?.target === 'pairedHousehold' ? '户' : obligation ? UNIT_WORDS[obligation.unit] : '次';
  const period = duty.period.per === 'quarter' ? '本季度' : duty.period.label;
  const done = Math.min(duty.done, duty.owed);
  return obligation?.target === 'contactPoint'
    ? `${period}联系点${duty.owed}${word}，已去${done}${word}`
    : `${period}${duty.owed}${word}，已见${done}${word}`;
}

/** One line a duty that asks something of the member in the current period. */
export function progressLines(
  v: { q: Queries; calendar: Calendar; now: number },
  memberId: number,
): string[] {
  return dutiesOf(v.q, v.calendar, memberId, dayOf(v.now))
    .filter((duty) => duty.owed > 0)
    .map(progressLine);
}
