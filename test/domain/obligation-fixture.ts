import { makeCalendar } from '../../src/domain/calendar.ts';
import { owed } from '../../src/domain/obligation.ts';
import type { Adoption, Duty, MemberFacts, VisitFact } from '../../src/domain/obligation-types.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { at, type Day } from '../../src/lib/day.ts';

export const calendar = makeCalendar();

export function adopted(policy: Policy, from: Day = '2026-01-01', to: Day | null = null): Adoption {
  return { policy, from, to };
}

export function member(facts: Partial<MemberFacts> = {}): MemberFacts {
  return { id: 1, cohorts: [], roles: ['党员'], pairings: [], points: [], excuses: [], ...facts };
}

let nextId = 1;
/** A visit at home to household 1, paired, inside point 7, unless said otherwise. */
export function visit(day: Day, facts: Partial<VisitFact> = {}): VisitFact {
  return {
    id: nextId++,
    day,
    recordedAt: at(day, '15:00'),
    mode: 'home',
    outcome: 'met',
    householdId: 1,
    paired: true,
    contactPointIds: [7],
    kind: 'visit',
    ...facts,
  };
}

/** The only duty of the member under one policy, or null. */
export function dutyOf(
  adoption: Adoption,
  who: MemberFacts,
  today: Day,
  visits: VisitFact[] = [],
): Duty | null {
  const duties = owed({ adoptions: [adoption], member: who, visits, today, calendar });
  if (duties.length > 1) throw new Error(`one duty expected, got ${duties.map((d) => d.key).join()}`);
  return duties[0] ?? null;
}
