/** Counting what was done for one line of a duty: the whole of it, or one household or contact point. */
import type { Day } from '../lib/day.ts';
import { movedDue } from './obligation-excuse.ts';
import type { Excuse, Standing, VisitFact } from './obligation-types.ts';
import { nextPeriod, type Period, previousPeriod } from './period.ts';
import type { Obligation } from './policy.ts';

/** A visit that counts for an obligation. `unit` is what must differ: the day, the household, or the visit itself. */
export type Counted = {
  day: Day;
  unit: Day | number;
  fact: VisitFact;
  /** in a mode that counts by itself (for rugang: home or meeting, not telephone) */
  full: boolean;
  /** may be credited to an older period: a 补访, or a mode that only makes up */
  makeUp: boolean;
};

/** The visits of `facts` (by day) that count for the obligation up to today (decision 30). 未遇 is not among them. */
export function counting(o: Obligation, facts: readonly VisitFact[], today: Day): Counted[] {
  const counted: Counted[] = [];
  for (const fact of facts) {
    if (fact.day > today || fact.outcome !== o.outcome) continue;
    if ((fact.activity ?? 'visit') !== o.activity) continue;
    if (o.target === 'pairedHousehold' && !fact.paired) continue;
    if (o.target === 'contactPoint' && fact.contactPointIds.length === 0) continue;
    const full = o.modes === undefined || o.modes.includes(fact.mode);
    if (!full && !o.makeUp?.modes.includes(fact.mode)) continue;
    const unit = o.distinct === 'days' ? fact.day : o.distinct === 'households' ? fact.householdId : fact.id;
    if (unit === null) continue;
    counted.push({ day: fact.day, unit, fact, full, makeUp: fact.kind === 'makeup' || !full });
  }
  return counted;
}

export type Line = {
  /** what the period asks of this line; 0 = nothing */
  owed(period: Period): number;
  counted: readonly Counted[];
  excuses: readonly Excuse[];
};

/**
 * The current period and the one before it. A make-up is credited to the oldest unmet period until the end of the
 * next one (decision 23), so the count starts as far back as something may have been spent on an older period.
 */
export function standings(
  line: Line,
  current: Period,
): { now: Standing; before: Standing | null; prior: Period | null } {
  const prior = previousPeriod(current);
  const spent = new Set<Counted>();
  let before: Standing | null = null;
  for (const period of prior === null ? [] : chain(line, prior)) before = tally(line, period, spent);
  return { now: tally(line, current, spent), before, prior };
}

/** The periods up to `prior`, from the first after one that cannot have taken anything from its successor. */
function chain(line: Line, prior: Period): Period[] {
  const periods = [prior];
  for (let at = prior; ; ) {
    const older = previousPeriod(at);
    if (older === null || line.owed(older) === 0) return periods;
    if (!line.counted.some((c) => c.makeUp && at.from <= c.day && c.day <= at.to)) {
      if (!line.excuses.some((e) => e.from <= older.to && e.to >= older.from)) return periods;
    }
    periods.unshift(older);
    at = older;
  }
}

function tally(line: Line, period: Period, spent: Set<Counted>): Standing {
  const { due, excuse } = movedDue(period, line.excuses);
  const owed = line.owed(period);
  const until = nextPeriod(period)?.to ?? due;
  const seen = new Set<Day | number>();
  let madeUp = 0;
  const own = line.counted.filter((c) => period.from <= c.day && c.day <= period.to && !spent.has(c));
  for (const c of own) if (c.full) seen.add(c.unit);
  for (const c of own) {
    if (c.full || seen.size >= owed || seen.has(c.unit)) continue;
    seen.add(c.unit);
    madeUp++;
  }
  for (const c of line.counted) {
    if (seen.size >= owed) break;
    // an excused period is finished by plain visits too, up to its moved date
    const fits = c.day > period.to && (c.makeUp ? c.day <= until : c.full && c.day <= due);
    if (!fits || spent.has(c) || seen.has(c.unit)) continue;
    seen.add(c.unit);
    if (c.makeUp) madeUp++;
    // one day of making up is one credit, however many doors were knocked at
    for (const twin of line.counted) if (twin.unit === c.unit && twin.makeUp === c.makeUp) spent.add(twin);
  }
  return { owed, done: seen.size, madeUp, left: Math.max(0, owed - seen.size), due, excuse };
}
