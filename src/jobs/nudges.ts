import type { Calendar } from '../domain/calendar.ts';
import { isMovedNudgeDay, isNudgeDay } from '../domain/nudge-days.ts';
import type { Adoption, Excuse } from '../domain/obligation-types.ts';
import type { Policy } from '../domain/policy.ts';
import { addDays, at, DAY, dayOf } from '../lib/day.ts';
import { nudgeMembers, USUAL_TIME } from '../work/nudges.ts';
import { type JobView, job, type Occurrence } from './define.ts';

const LOOKBACK = 3 * DAY;
/** Absences that ended longer ago move no date that is still to come, days: the longest period and the one after. */
const REACH = 200;

/**
 * Reminders of what is owed (decision 31): 18:10 on a working day or at one's own time, the 7th and the 2nd working day
 * before the due date. Which days can matter is read from the policies; whose duties are short is counted in `run`,
 * one org at a time, so that 20,000 members are never looked at in one slice (decision 41).
 */
export const nudges = job({
  name: 'nudges',
  lookback: LOOKBACK,
  occurrences(view, from, to) {
    const { q, calendar } = view;
    const adoptions = adoptionsOf(view);
    if (adoptions.length === 0) return [];
    const ran = q.work.ranSince('nudges', from);
    const found: Occurrence[] = [];
    const add = (day: string, scope: string, time: string): void => {
      const instant = at(day, time);
      if (instant > from && instant <= to && !ran.has(`${day} ${scope}`))
        found.push({ period: day, scope, at: instant });
    };
    const absences = absencesOf(view, addDays(dayOf(from), -REACH));
    // Read on the few days on which somebody may be reminded, not every minute of the year.
    let times: Map<number, string> | null = null;
    const own = (): Map<number, string> => {
      times ??= new Map(q.work.ownTimers().map((each) => [each.id, each.nudgeAt]));
      return times;
    };
    for (let day = dayOf(from); day <= dayOf(to); day = addDays(day, 1)) {
      if (!calendar.isWorkingDay(day)) continue;
      if (isNudgeDay(adoptions, day, calendar)) {
        for (const orgId of q.work.memberOrgs()) add(day, `org:${orgId}`, USUAL_TIME);
        for (const [memberId, time] of own()) add(day, `member:${memberId}`, time);
      } else {
        for (const memberId of movedOn(day, adoptions, absences, calendar))
          add(day, `member:${memberId}`, own().get(memberId) ?? USUAL_TIME);
      }
    }
    return found;
  },
  run(fx, { period: day, scope }) {
    const [kind, text] = scope.split(':');
    const members = kind === 'org' ? fx.q.work.usualTimers(Number(text)) : [Number(text)];
    nudgeMembers(fx, members, day);
  },
});

function adoptionsOf({ q }: JobView): Adoption[] {
  return q.work
    .adoptions()
    .map((row) => ({ policy: row.policy as Policy, from: row.fromDay, to: row.toDay }));
}

function absencesOf({ q }: JobView, since: string): Map<number, Excuse[]> {
  const byMember = new Map<number, Excuse[]>();
  for (const { memberId, fromDay, toDay, reason, duty } of q.work.absences(since)) {
    const list = byMember.get(memberId) ?? [];
    list.push({ from: fromDay, to: toDay, reason, duty });
    byMember.set(memberId, list);
  }
  return byMember;
}

/** Worked out once for the same absences, policies and calendar: this is asked every minute. */
const known = new WeakMap<Calendar, Map<string, boolean>>();
const KNOWN_MOST = 20_000;

function movedOn(
  day: string,
  adoptions: readonly Adoption[],
  absences: ReadonlyMap<number, readonly Excuse[]>,
  calendar: Calendar,
): number[] {
  if (absences.size === 0) return [];
  const memo = known.get(calendar) ?? new Map<string, boolean>();
  known.set(calendar, memo);
  if (memo.size > KNOWN_MOST) memo.clear();
  const rules = adoptions.map(
    ({ policy, from, to }) => `${policy.system} ${policy.clauses.length} ${from} ${to}`,
  );
  return [...absences].flatMap(([memberId, excuses]) => {
    const key = JSON.stringify([day, rules, excuses]);
    const moved = memo.get(key) ?? isMovedNudgeDay(adoptions, excuses, day, calendar);
    memo.set(key, moved);
    return moved ? [memberId] : [];
  });
}
