/** On which days a reminder can fall at all, by the policies alone (decision 31): cheap, before anybody's duties are counted. */
import type { Day } from '../lib/day.ts';
import type { Calendar } from './calendar.ts';
import { movedDue } from './obligation-excuse.ts';
import type { Adoption, Excuse } from './obligation-types.ts';
import { campaignOf } from './obligation-who.ts';
import { nextPeriod, nudgeDays, type Per, type Period, periodOf, type Span } from './period.ts';

interface Asked {
  key: string;
  per: Per;
  campaign: Span;
}

/** What is counted and asked of members by the adoptions in force on a day. */
function askedOn(adoptions: readonly Adoption[], day: Day): Asked[] {
  return adoptions
    .filter((adoption) => adoption.from <= day && (adoption.to === null || day <= adoption.to))
    .flatMap((adoption) =>
      adoption.policy.clauses.flatMap(({ id, obligation: o }) => {
        const blank = o?.count === null && o.byRank === undefined;
        if (!o || o.bearer === 'org' || blank) return [];
        const campaign = o.campaign ?? campaignOf(adoption);
        return [{ key: `${adoption.policy.system}/${id}`, per: o.per, campaign }];
      }),
    );
}

/** The 7th or the 2nd working day before some period ends. */
export function isNudgeDay(adoptions: readonly Adoption[], day: Day, calendar: Calendar): boolean {
  return askedOn(adoptions, day).some(({ per, campaign }) => {
    const period = periodOf(per, day, campaign);
    return period !== null && nudgeDays(period, calendar).includes(day);
  });
}

/** The same for one whose date was moved by what kept him away. */
export function isMovedNudgeDay(
  adoptions: readonly Adoption[],
  excuses: readonly Excuse[],
  day: Day,
  calendar: Calendar,
): boolean {
  return askedOn(adoptions, day).some((asked) => {
    const own = excuses.filter((excuse) => excuse.duty === null || excuse.duty === asked.key);
    const single = excuses.filter((excuse) => excuse.duty?.startsWith(`${asked.key}#`));
    const sets = [own, ...single.map((excuse) => [...own, excuse])];
    return sets.some((set) =>
      periodsOf(asked, set).some((period) => {
        const { due } = movedDue(period, set);
        return due > period.to && nudgeDays({ to: due }, calendar).includes(day);
      }),
    );
  });
}

function periodsOf({ per, campaign }: Asked, excuses: readonly Excuse[]): Period[] {
  const periods = new Map<string, Period>();
  for (const { from, to } of excuses) {
    for (let at = periodOf(per, from, campaign); at !== null && at.from <= to; at = nextPeriod(at))
      periods.set(at.key, at);
  }
  return [...periods.values()];
}
