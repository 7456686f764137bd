import { describe, expect, it } from 'vitest';
import { nudgesOn } from '../../src/domain/obligation-nudge.ts';
import type { Excuse } from '../../src/domain/obligation-types.ts';
import { rugang } from '../../src/policies/rugang.ts';
import { xian } from '../../src/policies/xian.ts';
import { adopted, calendar, dutyOf, member, visit } from './obligation-fixture.ts';

const points = [{ id: 7, name: '第一网格', from: '2026-01-01', to: null }];
const away = (from: string, to: string, duty: string | null = null): Excuse => ({
  from,
  to,
  reason: '出差',
  duty,
});
const cadre = (...excuses: Excuse[]) => member({ points, excuses });
const start = adopted(rugang, '2026-10-01');
const october = [visit('2026-10-12'), visit('2026-10-13')];

describe('an excuse moves the due date and never counts as done', () => {
  it('gives the lost days back after the period', () => {
    const duty = dutyOf(start, cadre(away('2026-11-10', '2026-11-14')), '2026-11-18');
    expect(duty).toMatchObject({ owed: 2, done: 0, left: 2, due: '2026-12-05', excuse: { reason: '出差' } });
  });

  it('gives them back after one is home again', () => {
    const duty = dutyOf(start, cadre(away('2026-11-21', '2026-12-10')), '2026-11-18');
    expect(duty?.due).toBe('2026-12-20');
  });

  it('counts overlapping excuses once', () => {
    const duty = dutyOf(
      start,
      cadre(away('2026-11-10', '2026-11-14'), away('2026-11-12', '2026-11-15')),
      '2026-11-18',
    );
    expect(duty?.due).toBe('2026-12-06');
  });

  it('reaches to the end of the next period at most', () => {
    const long = cadre(away('2026-09-01', '2027-02-10'));
    expect(dutyOf(start, long, '2026-11-18')?.due).toBe('2026-12-31');
  });

  it('lets a plain visit before the moved date finish the excused month first', () => {
    const who = cadre(away('2026-11-10', '2026-11-14'));
    const visits = [...october, visit('2026-11-06'), visit('2026-12-02'), visit('2026-12-08')];
    expect(dutyOf(start, who, '2026-12-10', visits)).toMatchObject({ done: 1, madeUp: 0, left: 1, open: [] });
    // the day after the moved date it is a visit of December
    const late = [...october, visit('2026-11-06'), visit('2026-12-06')];
    expect(dutyOf(start, who, '2026-12-10', late)).toMatchObject({ done: 1, open: [{ left: 1 }] });
  });

  it('concerns the duty or the household that it names', () => {
    const pairings = [1, 2].map((id) => ({ id, from: '2026-01-01', to: null }));
    const facts = { cohorts: ['重点选派党员'], pairings };
    const one = away('2026-12-01', '2026-12-20', 'xian/paired-households#2');
    const duty = dutyOf(adopted(xian), member({ ...facts, excuses: [one] }), '2026-12-10');
    expect(duty?.details.map((d) => d.due)).toEqual(['2026-12-31', '2027-01-20']);
    // the duty is due when the next open household is
    expect(duty?.due).toBe('2026-12-31');
    const seen = dutyOf(adopted(xian), member({ ...facts, excuses: [one] }), '2026-12-10', [
      visit('2026-12-02'),
    ]);
    expect(seen).toMatchObject({ left: 1, due: '2027-01-20', excuse: one });
    const other = member({ ...facts, excuses: [away('2026-12-01', '2026-12-20', 'rugang/contact-point')] });
    expect(dutyOf(adopted(xian), other, '2026-12-10')?.due).toBe('2026-12-31');
  });
});

describe('nudges (decision 31)', () => {
  const nudges = (today: string, who = cadre(), visits = october) => {
    const duty = dutyOf(start, who, today, visits);
    return duty === null
      ? []
      : nudgesOn([duty], who, today, calendar).map((n) => [n.nth, n.about.period.key]);
  };

  it('fall on the 7th and the 2nd working day before the end, and on no other', () => {
    const days = Array.from({ length: 30 }, (_, i) => `2026-11-${String(i + 1).padStart(2, '0')}`);
    const hits = days.flatMap((day) => nudges(day).map(([nth]) => [day, nth]));
    expect(hits).toEqual([
      ['2026-11-19', 1],
      ['2026-11-26', 2],
    ]);
  });

  it('are silent when nothing is left', () => {
    expect(nudges('2026-11-26', cadre(), [...october, visit('2026-11-02'), visit('2026-11-03')])).toEqual([]);
  });

  it('are silent while an excuse runs, and come by the moved date', () => {
    const who = cadre(away('2026-11-16', '2026-11-20'));
    expect(nudges('2026-11-19', who)).toEqual([]);
    expect(nudges('2026-11-26', who)).toEqual([[1, '2026-11']]);
    expect(nudges('2026-12-03', who)).toEqual([[2, '2026-11']]);
  });

  it('pass over a duty whose last open household is away', () => {
    const facts = { cohorts: ['重点选派党员'], pairings: [{ id: 1, from: '2026-01-01', to: null }] };
    const who = member({ ...facts, excuses: [away('2026-11-26', '2026-11-26', 'xian/paired-households#1')] });
    const duty = dutyOf(adopted(xian), who, '2026-11-26');
    expect(duty && nudgesOn([duty], who, '2026-11-26', calendar)).toEqual([]);
  });
});
