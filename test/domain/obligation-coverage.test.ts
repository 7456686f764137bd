import { describe, expect, it } from 'vitest';
import { owed } from '../../src/domain/obligation.ts';
import { coverage } from '../../src/domain/obligation-coverage.ts';
import { pairingsToArrange, shares } from '../../src/domain/obligation-org.ts';
import type { Duty, Excuse, VisitFact } from '../../src/domain/obligation-types.ts';
import { rugang } from '../../src/policies/rugang.ts';
import { xian } from '../../src/policies/xian.ts';
import { adopted, calendar, member, visit } from './obligation-fixture.ts';

const TODAY = '2026-11-18';

/** Member n of the branch is paired with households 3n, 3n+1, 3n+2. */
function selected(n: number, seen: number, excuses: Excuse[] = []): Duty[] {
  const pairings = [0, 1, 2].map((k) => ({ id: 3 * n + k, from: '2026-01-01', to: null }));
  const visits = pairings.slice(0, seen).map(({ id }) => visit('2026-10-20', { householdId: id }));
  return duties({ cohorts: ['重点选派党员'], pairings, excuses }, visits);
}

function duties(facts: Parameters<typeof member>[0], visits: VisitFact[]): Duty[] {
  const adoptions = [adopted(xian, '2026-10-01'), adopted(rugang, '2026-11-01')];
  return owed({ adoptions, member: member(facts), visits, today: TODAY, calendar });
}

describe("coverage: the line of Monday's card (decision 31)", () => {
  it('counts households due and met', () => {
    const branch = [selected(0, 3), selected(1, 3), selected(2, 2), selected(3, 0), selected(4, 3)];
    expect(coverage(branch)).toMatchObject([
      {
        key: 'xian/paired-households',
        period: { key: '2026-Q4' },
        people: 5,
        owed: 15,
        met: 11,
        shown: true,
      },
    ]);
  });

  it('shows no figure for fewer than five people', () => {
    const four = [selected(0, 3), selected(1, 0), selected(2, 0), selected(3, 0)];
    expect(coverage(four)[0]?.shown).toBe(false);
    expect(coverage([...four, selected(4, 3)])[0]?.shown).toBe(true);
  });

  it('shows no figure when exactly one is missing, who would be known by it', () => {
    const met = [0, 1, 2, 3].map((n) => selected(n, 3));
    expect(coverage([...met, selected(4, 2)])[0]).toMatchObject({ owed: 15, met: 14, shown: false });
    expect(coverage([...met, selected(4, 3)])[0]).toMatchObject({ owed: 15, met: 15, shown: true });
    expect(coverage([...met, selected(4, 2), selected(5, 2)])[0]).toMatchObject({ met: 16, shown: true });
  });

  it('counts what was put off for a reason in neither figure', () => {
    const ill: Excuse = { from: '2026-11-01', to: '2026-11-20', reason: '生病', duty: null };
    const branch = [0, 1, 2, 3].map((n) => selected(n, 3));
    const row = coverage([...branch, selected(4, 1, [ill])])[0];
    expect(row).toMatchObject({ owed: 13, met: 13, deferred: 2, shown: true });
  });

  it('counts a household of two members once', () => {
    const shared = [{ id: 99, from: '2026-01-01', to: null }];
    const met = visit('2026-10-20', { householdId: 99 });
    const one = duties({ cohorts: ['重点选派党员'], pairings: shared }, [met]);
    const two = duties({ cohorts: ['重点选派党员'], pairings: shared }, []);
    expect(coverage([one, two])[0]).toMatchObject({ people: 2, owed: 1, met: 1 });
    expect(coverage([two, one])[0]).toMatchObject({ people: 2, owed: 1, met: 1 });
  });

  it('counts times for a clause of times, never above what is owed', () => {
    const points = [{ id: 7, from: '2026-01-01', to: null }];
    const days = ['2026-11-02', '2026-11-03', '2026-11-04'];
    const branch = [0, 1, 2, 3, 4].map((n) =>
      duties(
        { points },
        days.slice(0, n).map((day) => visit(day)),
      ),
    );
    expect(coverage(branch)).toMatchObject([
      { key: 'rugang/contact-point', people: 5, owed: 10, met: 7, shown: true },
    ]);
  });
});

describe('what the organisation arranges, no member owes', () => {
  const roster = [
    member({ id: 1, cohorts: ['重点选派党员'], pairings: [{ id: 1, from: '2026-01-01', to: null }] }),
    member({ id: 2 }),
    member({ id: 3 }),
    member({ id: 4, roles: ['书记'] }),
    member({ id: 5, roles: ['承办联系人'] }),
  ];

  it('the share of a roster (S2-36): 40 % of four are two', () => {
    expect(shares(xian, roster)).toMatchObject([
      { clause: { rule: 'S2-36' }, total: 4, selected: 1, required: 2, left: 1 },
    ]);
  });

  it('three households for each selected member (S2-39)', () => {
    expect(pairingsToArrange(xian, roster, TODAY)).toMatchObject([
      { clause: { rule: 'S2-39' }, short: [{ memberId: 1, owed: 3, done: 1 }] },
    ]);
  });
});
