/** An excuse moves the due date and never counts as done (domain.md "Obligation"). */
import { addDays, type Day, daysBetween, earlier, later } from '../lib/day.ts';
import type { Excuse } from './obligation-types.ts';
import { nextPeriod, type Period } from './period.ts';

/**
 * The due day of a period under the excuses that apply: the days lost inside the period are given back after it,
 * days excused there not counted, so that nobody owes while away. Never later than the end of the next period, where
 * every making up ends (decision 23): a long absence ends with at most one old period to catch up on, not with a heap.
 */
export function movedDue(period: Period, excuses: readonly Excuse[]): { due: Day; excuse: Excuse | null } {
  if (excuses.length === 0) return { due: period.to, excuse: null };
  const touching = excuses.filter((e) => e.from <= period.to && e.to >= period.from);
  const latest = touching.reduce<Excuse | null>((a, e) => (a && a.to >= e.to ? a : e), null);
  if (latest === null) return { due: period.to, excuse: null };
  const last = nextPeriod(period)?.to ?? addDays(period.to, daysBetween(period.from, period.to) + 1);
  let owedDays = lostDays(period, touching);
  let due = period.to;
  while (owedDays > 0 && due < last) {
    due = addDays(due, 1);
    if (!excuses.some((e) => e.from <= due && due <= e.to)) owedDays--;
  }
  return { due, excuse: latest };
}

/** Days of the period that at least one excuse covers. */
function lostDays(period: Period, excuses: readonly Excuse[]): number {
  let lost = 0;
  let covered = addDays(period.from, -1);
  for (const e of [...excuses].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const from = later(e.from, addDays(covered, 1));
    const to = earlier(e.to, period.to);
    if (to < from) continue;
    lost += daysBetween(from, to) + 1;
    covered = to;
  }
  return lost;
}
