import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { counting, standings } from '../../src/domain/obligation-tally.ts';
import type { VisitFact } from '../../src/domain/obligation-types.ts';
import { periodOf } from '../../src/domain/period.ts';
import { addDays } from '../../src/lib/day.ts';
import { rugang } from '../../src/policies/rugang.ts';
import { adopted, dutyOf, member, visit } from './obligation-fixture.ts';

const FIRST = '2026-06-01';
const LAST = '2026-11-30';
const MONTHS = [6, 7, 8, 9, 10, 11].map((m) => `2026-${String(m).padStart(2, '0')}-15`);
const cadre = member({ points: [{ id: 7, from: '2026-01-01', to: null }] });

const facts = fc.array(
  fc
    .record({
      day: fc.integer({ min: 0, max: 182 }).map((n) => addDays(FIRST, n)),
      kind: fc.constantFrom('visit', 'late', 'makeup'),
      mode: fc.constantFrom('home', 'meeting', 'phone', 'message'),
      outcome: fc.constantFrom('met', 'met', 'met', 'attempt'),
      householdId: fc.integer({ min: 1, max: 3 }),
    })
    .map(({ day, ...rest }): VisitFact => visit(day, rest as Partial<VisitFact>)),
  { maxLength: 25 },
);

describe('whatever was recorded', () => {
  it('the order of recording, tries in vain and other modes change nothing', () => {
    fc.assert(
      fc.property(facts, (visits) => {
        const duty = dutyOf(adopted(rugang), cadre, LAST, visits);
        expect(dutyOf(adopted(rugang), cadre, LAST, [...visits].reverse())).toEqual(duty);
        const counted = visits.filter((v) => v.outcome === 'met' && v.mode !== 'message');
        expect(dutyOf(adopted(rugang), cadre, LAST, counted)).toEqual(duty);
      }),
    );
  });

  it('left is what is owed and not done', () => {
    fc.assert(
      fc.property(facts, fc.integer({ min: 0, max: 182 }), (visits, n) => {
        const duty = dutyOf(adopted(rugang), cadre, addDays(FIRST, n), visits);
        for (const s of duty === null ? [] : [duty, ...duty.open]) {
          expect(s.left).toBe(Math.max(0, s.owed - s.done));
          expect(s.madeUp).toBeLessThanOrEqual(s.done);
        }
      }),
    );
  });

  it('one more visit never leaves more to do', () => {
    fc.assert(
      fc.property(facts, facts, (visits, more) => {
        const left = (all: VisitFact[]) => {
          const duty = dutyOf(adopted(rugang, '2026-10-01'), cadre, LAST, all);
          return (duty?.left ?? 0) + (duty?.open[0]?.left ?? 0);
        };
        expect(left([...visits, ...more])).toBeLessThanOrEqual(left(visits));
      }),
    );
  });

  it('no day is credited twice along the chain of months', () => {
    const o = rugang.clauses[0]?.obligation;
    fc.assert(
      fc.property(facts, (visits) => {
        if (o === undefined) throw new Error('the clause asks something');
        const sorted = [...visits].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.id - b.id));
        const line = { owed: () => 2, counted: counting(o, sorted, LAST), excuses: [] };
        let credits = 0;
        for (const day of [...MONTHS, '2026-12-15']) {
          const month = periodOf('month', day);
          // what a month has got is final when the next one is over
          if (month !== null) credits += standings(line, month).before?.done ?? 0;
        }
        // a day is one credit as a visit, and one as a make-up
        const distinct = new Set(line.counted.map((c) => `${c.day} ${c.makeUp}`));
        expect(credits).toBeLessThanOrEqual(distinct.size);
      }),
    );
  });
});
