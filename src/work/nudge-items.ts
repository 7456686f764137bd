import type { About } from '../../cards/duty-text.ts';
import type { Queries } from '../../db/queries/index.ts';
import type { Nudge } from '../../db/queries/work.ts';
import type { Calendar } from '../domain/calendar.ts';
import type { Duty } from '../domain/obligation-types.ts';
import { dayOf } from '../lib/day.ts';
import { dutiesOf } from './duties.ts';

export interface NudgeItem {
  row: Nudge;
  duty: Duty;
  about: About;
}

/** What one card speaks of, as it stands now; a period that is over and not open any more is left out. */
export function nudgeItems(
  v: { q: Queries; calendar: Calendar; now: number },
  memberId: number,
  at: number,
): NudgeItem[] {
  const rows = v.q.work.nudgesAt(memberId, at);
  if (rows.length === 0) return [];
  const duties = dutiesOf(v.q, v.calendar, memberId, dayOf(v.now));
  return rows.flatMap((row) => {
    const duty = duties.find((each) => each.key === row.duty);
    const about =
      duty?.period.key === row.period ? duty : duty?.open.find((open) => open.period.key === row.period);
    return duty && about ? [{ row, duty, about }] : [];
  });
}

export const isOpenItem = (item: NudgeItem): boolean => item.row.answer === null && item.about.left > 0;
