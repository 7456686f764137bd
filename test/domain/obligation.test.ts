import { describe, expect, it } from 'vitest';
import { owed } from '../../src/domain/obligation.ts';
import { adoptPolicy } from '../../src/domain/policy.ts';
import { rugang } from '../../src/policies/rugang.ts';
import { xian } from '../../src/policies/xian.ts';
import { adopted, calendar, dutyOf, member, visit } from './obligation-fixture.ts';

const point = { id: 7, name: '第一网格', from: '2026-01-01', to: null };
const cadre = member({ points: [point] });
const homes = [1, 2, 3].map((id) => ({ id, name: `户${id}`, from: '2026-01-01', to: null }));
const selected = member({ cohorts: ['重点选派党员'], pairings: homes });
const NOV = '2026-11-18';

describe('without adoption nothing is owed (decision 29)', () => {
  it('asks nothing of anyone', () => {
    expect(owed({ adoptions: [], member: cadre, visits: [visit(NOV)], today: NOV, calendar })).toEqual([]);
  });
});

describe('rugang: twice a month to the contact point (S4-28, S4-30)', () => {
  const duty = (visits = [visit('2026-11-06')], today = NOV) => dutyOf(adopted(rugang), cadre, today, visits);

  it('says owed, done, left, due, last and the clause', () => {
    expect(duty()).toMatchObject({
      key: 'rugang/contact-point',
      owed: 2,
      done: 1,
      left: 1,
      due: '2026-11-30',
      last: '2026-11-06',
      clause: { rule: 'S4-28' },
      period: { label: '11月' },
      details: [{ kind: 'contactPoint', id: 7, name: '第一网格', done: 1, last: '2026-11-06' }],
    });
  });

  it('counts distinct days, at home or at a meeting, inside the point', () => {
    const sameDay = [visit('2026-11-06'), visit('2026-11-06', { householdId: 2 })];
    expect(duty(sameDay)?.done).toBe(1);
    expect(duty([...sameDay, visit('2026-11-09', { mode: 'meeting', householdId: null })])?.left).toBe(0);
    expect(duty([visit('2026-11-06', { contactPointIds: [] })])?.done).toBe(0);
    expect(duty([visit('2026-11-06', { mode: 'message' })])?.done).toBe(0);
  });

  it('never counts 未遇, and shows nothing against anyone for it', () => {
    const tried = duty([
      visit('2026-11-06', { outcome: 'attempt' }),
      visit('2026-11-09', { outcome: 'attempt' }),
    ]);
    expect(tried).toEqual(duty([]));
  });

  it('does not count what has not happened yet, nor another month', () => {
    expect(duty([visit('2026-11-19')])?.done).toBe(0);
    expect(duty([visit('2026-10-31'), visit('2026-12-01')], '2026-12-31')?.done).toBe(1);
  });

  it('counts a late entry in the month in which it happened', () => {
    const late = visit('2026-11-28', { kind: 'late', recordedAt: Date.parse('2026-12-03T09:00:00+08:00') });
    const december = duty([visit('2026-11-06'), late], '2026-12-03');
    expect(december).toMatchObject({ done: 0, left: 2, open: [] });
  });

  it('takes a telephone call as made up, and only where something is short', () => {
    const call = visit('2026-11-09', { mode: 'phone' });
    expect(duty([visit('2026-11-06'), call])).toMatchObject({ done: 1, open: [{ madeUp: 1, left: 1 }] });
    const october = [visit('2026-10-12'), visit('2026-10-13')];
    expect(duty([...october, visit('2026-11-06'), call])).toMatchObject({ done: 2, madeUp: 1, left: 0 });
    const full = [...october, visit('2026-11-03'), visit('2026-11-06'), call];
    expect(duty(full)).toMatchObject({ done: 2, madeUp: 0, left: 0 });
  });

  it('is not asked of somebody without a contact point', () => {
    expect(dutyOf(adopted(rugang), member({ roles: ['书记'] }), NOV)).toBeNull();
    const ended = member({ points: [{ ...point, to: '2026-10-31' }] });
    expect(dutyOf(adopted(rugang), ended, NOV)).toBeNull();
  });
});

describe('make-up goes to the oldest unmet period until the end of the next (decision 23)', () => {
  const october = visit('2026-10-12');
  const start = adopted(rugang, '2026-10-01');
  const makeup = (day: string, facts = {}) => visit(day, { kind: 'makeup', ...facts });

  it('keeps the short month open, and says until when', () => {
    expect(dutyOf(start, cadre, NOV, [october])?.open).toMatchObject([
      { period: { key: '2026-10' }, owed: 2, done: 1, left: 1, due: '2026-10-31', until: '2026-11-30' },
    ]);
    expect(dutyOf(start, cadre, '2026-12-01', [october])?.open).toMatchObject([
      { period: { key: '2026-11' } },
    ]);
  });

  it('credits one make-up to October, the next to November', () => {
    const one = dutyOf(start, cadre, NOV, [october, makeup('2026-11-05')]);
    expect(one).toMatchObject({ done: 0, left: 2, open: [] });
    const two = dutyOf(start, cadre, NOV, [october, makeup('2026-11-05'), makeup('2026-11-09')]);
    // nothing older is short: it is simply a visit of November
    expect(two).toMatchObject({ done: 1, madeUp: 0, left: 1, open: [] });
  });

  it('credits a day once, however many doors were knocked at', () => {
    const round = [1, 2, 3].map((householdId) => makeup('2026-11-05', { householdId }));
    expect(dutyOf(start, cadre, NOV, [october, ...round])).toMatchObject({ done: 0, open: [] });
    expect(dutyOf(start, cadre, NOV, round)).toMatchObject({
      done: 0,
      open: [{ done: 1, madeUp: 1, left: 1 }],
    });
  });

  it('does not spend the same make-up twice along a chain of months', () => {
    const early = adopted(rugang, '2026-08-01');
    const august = [visit('2026-08-10'), visit('2026-08-11')];
    // September has one visit and gets the make-up of October; October then stands with one of two
    const chain = [...august, visit('2026-09-10'), makeup('2026-10-09'), visit('2026-10-20')];
    expect(dutyOf(early, cadre, NOV, chain)?.open).toMatchObject([
      { period: { key: '2026-10' }, done: 1, left: 1 },
    ]);
    const without = chain.filter((v) => v.day !== '2026-09-10');
    expect(dutyOf(early, cadre, '2026-10-31', without)?.open).toMatchObject([
      { done: 1, madeUp: 1, left: 1 },
    ]);
  });

  it('comes too late after the end of the next', () => {
    const december = dutyOf(start, cadre, '2026-12-10', [october, makeup('2026-12-05')]);
    expect(december?.open).toMatchObject([{ period: { key: '2026-11' }, madeUp: 1, left: 1 }]);
  });
});

describe('xian: each paired household once a quarter, at home (S2-40)', () => {
  const duty = (visits = [visit('2026-10-08')], who = selected) => dutyOf(adopted(xian), who, NOV, visits);

  it('sums over the households and names the open ones', () => {
    const stand = duty([visit('2026-10-08'), visit('2026-11-02', { householdId: 2 })]);
    expect(stand).toMatchObject({
      key: 'xian/paired-households',
      owed: 3,
      done: 2,
      left: 1,
      due: '2026-12-31',
    });
    expect(stand?.details.filter((d) => d.left > 0)).toMatchObject([
      { kind: 'household', id: 3, name: '户3' },
    ]);
  });

  it('counts one household once, however often it was seen', () => {
    expect(duty([visit('2026-10-08'), visit('2026-10-20'), visit('2026-11-02')])).toMatchObject({
      done: 1,
      left: 2,
    });
  });

  it('counts only at home, and only what was paired on that day', () => {
    expect(duty([visit('2026-10-08', { mode: 'phone' })])?.done).toBe(0);
    expect(duty([visit('2026-10-08', { mode: 'meeting' })])?.done).toBe(0);
    expect(duty([visit('2026-10-08', { paired: false })])?.done).toBe(0);
    expect(duty([visit('2026-09-30')])?.done).toBe(0);
  });

  it('is asked of the selected members', () => {
    expect(duty([], member({ pairings: homes }))).toBeNull();
    expect(duty([], member({ pairings: homes, cohorts: ['重点选派党员干部'] }))?.owed).toBe(3);
    // an office that keeps no 人员类别 has the pairing as its only evidence
    expect(duty([], member({ pairings: homes, cohorts: null }))?.owed).toBe(3);
    expect(duty([], member({ cohorts: null }))).toBeNull();
    expect(duty([], member({ cohorts: ['重点选派党员'] }))).toBeNull();
  });

  it('leaves the credit with who earned it when a household is given to someone else', () => {
    const moved = [{ ...homes[0], id: 1, from: '2026-01-01', to: '2026-11-10' }, ...homes.slice(1)];
    const before = member({ ...selected, pairings: moved });
    expect(duty([visit('2026-10-08')], before)).toMatchObject({ owed: 3, done: 1, left: 2 });
    expect(duty([], before)).toMatchObject({ owed: 2, done: 0, left: 2 });
    // the new one gets no credit for a visit that was not his, and owes the household
    const after = member({ cohorts: ['重点选派党员'], pairings: [{ id: 1, from: '2026-11-10', to: null }] });
    expect(duty([], after)).toMatchObject({ owed: 1, done: 0 });
  });

  it('asks for a household linked after the second nudge day only from the next quarter', () => {
    const late = (from: string) =>
      member({ cohorts: ['重点选派党员'], pairings: [{ id: 9, from, to: null }] });
    expect(dutyOf(adopted(xian), late('2026-12-29'), '2026-12-31')?.owed).toBe(1);
    expect(dutyOf(adopted(xian), late('2026-12-30'), '2026-12-31')).toBeNull();
    expect(dutyOf(adopted(xian), late('2026-12-30'), '2027-01-04')).toMatchObject({ owed: 1, open: [] });
  });

  it('makes up last quarter household by household', () => {
    const third = [visit('2026-08-01'), visit('2026-08-02', { householdId: 2 })];
    expect(duty(third)?.open).toMatchObject([{ period: { key: '2026-Q3' }, left: 1, details: [{ id: 3 }] }]);
    const makeup = visit('2026-11-02', { householdId: 3, kind: 'makeup' });
    expect(duty([...third, makeup])).toMatchObject({ open: [], done: 0, left: 3 });
  });
});

describe('adoption in mid-period', () => {
  it.each([
    ['2026-11-01', 2],
    ['2026-11-10', 2],
    ['2026-11-11', null],
    ['2026-12-01', null],
  ])('from %s: November asks for %s', (from, asked) => {
    expect(dutyOf(adopted(rugang, from), cadre, NOV)?.owed ?? null).toBe(asked);
  });

  it('never opens a month from before it', () => {
    expect(dutyOf(adopted(rugang, '2026-11-05'), cadre, NOV)?.open).toEqual([]);
  });

  it('asks nothing for a period that outlives it', () => {
    expect(dutyOf(adopted(rugang, '2026-01-01', '2026-11-20'), cadre, NOV)).toBeNull();
    expect(dutyOf(adopted(rugang, '2026-01-01', '2026-11-30'), cadre, NOV)?.owed).toBe(2);
  });

  it('counts earlier visits of an owed month', () => {
    expect(dutyOf(adopted(rugang, '2026-11-05'), cadre, NOV, [visit('2026-11-02')])?.done).toBe(1);
  });

  it('goes on under a new copy with other numbers', () => {
    const more = adoptPolicy(rugang, { docNo: '某办发〔2026〕1号', counts: { 'contact-point': 3 } });
    const adoptions = [adopted(more, '2026-11-16'), adopted(rugang, '2026-01-01', '2026-11-15')];
    const on = (today: string) =>
      owed({ adoptions, member: cadre, visits: [], today, calendar }).map((d) => [d.owed, d.policy.docNo]);
    expect(on('2026-11-10')).toEqual([[2, null]]);
    expect(on('2026-11-15')).toEqual([[2, null]]);
    expect(on('2026-11-16')).toEqual([[3, '某办发〔2026〕1号']]);
  });

  it('is not asked before its first day, in whatever period that lies', () => {
    expect(dutyOf(adopted(rugang, '2026-11-05'), cadre, '2026-11-04')).toBeNull();
    expect(dutyOf(adopted(rugang, '2026-11-05'), cadre, '2026-11-05')?.owed).toBe(2);
  });
});

describe('several policies at once', () => {
  it('count one visit for each scheme it satisfies', () => {
    const both = member({ ...selected, points: [point] });
    const adoptions = [adopted(rugang), adopted(xian)];
    const duties = owed({ adoptions, member: both, visits: [visit('2026-11-06')], today: NOV, calendar });
    expect(duties.map((d) => [d.key, d.owed, d.done])).toEqual([
      ['rugang/contact-point', 2, 1],
      ['xian/paired-households', 3, 1],
    ]);
  });
});
