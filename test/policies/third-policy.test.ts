import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { owed } from '../../src/domain/obligation.ts';
import type { MemberFacts, VisitFact } from '../../src/domain/obligation-types.ts';
import { addDays } from '../../src/lib/day.ts';
import { definePolicy } from '../../src/policies/define.ts';
import { adopted, calendar, member, visit } from '../domain/obligation-fixture.ts';

/**
 * The engine is data (issue 2, point 9): quotas of other units, periods, ranks and kinds, from three other seeds,
 * written here as an office would write its own, without a line of src.
 */
const mixed = definePolicy({
  system: 'mixed',
  title: '党群连心工程方案',
  issuer: null,
  docNo: '荫发〔2011〕19号',
  clauses: [
    {
      id: 'village-days',
      rule: 'S3-16',
      place: '三、(三)',
      quote: ['领导班子主要成员每年深入村不少于60天'],
      title: '每年深入村不少于60天',
      cohort: { name: '领导班子主要成员' },
      obligation: { count: 60, unit: 'days', per: 'year', distinct: 'days', modes: ['home', 'meeting'] },
    },
    {
      id: 'farm-households',
      rule: 'S3-17',
      place: '三、(三)',
      quote: ['走访农户50户以上'],
      title: '每年走访农户50户以上',
      cohort: { name: '领导班子主要成员' },
      obligation: { count: 50, unit: 'households', per: 'year', distinct: 'households', modes: ['home'] },
    },
    {
      id: 'delegate-visits',
      rule: 'S3-109…111',
      place: '四、2',
      quote: ['省、州代表走访党员、群众不低于15户,县党代表不低于30户,乡镇党代表不低于50户'],
      title: '党代表走访',
      cohort: { name: '党代表', aliases: ['省州党代表', '县党代表', '乡镇党代表'] },
      obligation: {
        count: null,
        byRank: { 省州党代表: 15, 县党代表: 30, 乡镇党代表: 50 },
        unit: 'households',
        per: 'campaign',
        distinct: 'households',
      },
    },
    {
      id: 'delegate-pairings',
      rule: 'S3-113…115',
      place: '四、2',
      quote: ['县党代表结对帮扶1-2户对象'],
      title: '党代表结对',
      cohort: { name: '党代表', aliases: ['省州党代表', '县党代表', '乡镇党代表'] },
      obligation: { count: 1, unit: 'pairings', per: 'year', target: 'pairedHousehold' },
    },
    {
      id: 'stay',
      rule: 'S3-139',
      place: '四、(二)',
      quote: ['累计蹲点至少要1周'],
      title: '累计蹲点1周',
      cohort: { name: '“三送”干部' },
      obligation: {
        count: 7,
        unit: 'days',
        per: 'campaign',
        campaign: { from: '2026-06-01', to: '2026-09-30' },
        distinct: 'days',
        target: 'contactPoint',
      },
    },
    {
      id: 'report',
      rule: 'S3-119',
      place: '四、3',
      quote: ['参与党员每月向党支部汇报一次岗位工作完成情况'],
      title: '每月汇报一次',
      cohort: { name: '设岗党员' },
      obligation: { count: 1, unit: 'reports', per: 'month', activity: 'report' },
    },
  ],
});

const TODAY = '2026-09-15';

function stand(who: MemberFacts, visits: VisitFact[], today = TODAY) {
  const duties = owed({ adoptions: [adopted(mixed)], member: who, visits, today, calendar });
  return Object.fromEntries(duties.map((d) => [d.clause.id, [d.owed, d.done, d.left, d.due]]));
}

describe('a third policy of other units, without touching src', () => {
  it('days a year and distinct households a year (S3-16, S3-17): one visit feeds both', () => {
    const leader = member({ cohorts: ['领导班子主要成员'] });
    // 40 days, two doors a day, 30 households in turn, none of them paired
    const visits = Array.from({ length: 80 }, (_, i) =>
      visit(addDays('2026-03-01', Math.floor(i / 2)), {
        householdId: i % 30,
        paired: false,
        contactPointIds: [],
      }),
    );
    expect(stand(leader, visits)).toEqual({
      'village-days': [60, 40, 20, '2026-12-31'],
      'farm-households': [50, 30, 20, '2026-12-31'],
    });
    const meeting = visit('2026-08-01', { mode: 'meeting', householdId: null, paired: false });
    expect(stand(leader, [...visits, meeting])['village-days']).toEqual([60, 41, 19, '2026-12-31']);
  });

  it.each([
    ['省州党代表', 15],
    ['县党代表', 30],
    ['乡镇党代表', 50],
  ])('quota by rank (S3-109…111): %s owes %i households', (rank, quota) => {
    const seen = [1, 2, 2, 3].map((householdId) => visit('2026-05-05', { householdId }));
    const expected = [quota, 3, quota - 3, '2026-12-31'];
    // the rank may stand in 人员类别 or be handed in by itself
    expect(stand(member({ cohorts: [rank] }), seen)['delegate-visits']).toEqual(expected);
    expect(stand(member({ cohorts: ['党代表'], rank }), seen)['delegate-visits']).toEqual(expected);
  });

  it('the higher of two ranks, not the sum; no rank, no number', () => {
    expect(stand(member({ cohorts: ['县党代表', '乡镇党代表'] }), [])['delegate-visits']?.[0]).toBe(50);
    expect(stand(member({ cohorts: ['党代表'] }), [])).not.toHaveProperty('delegate-visits');
  });

  it('pairings as a state, not an act (S3-113…115)', () => {
    const paired = [{ id: 4, from: '2026-02-01', to: null }];
    expect(stand(member({ cohorts: ['县党代表'] }), [])['delegate-pairings']).toEqual([
      1,
      0,
      1,
      '2026-12-31',
    ]);
    const who = member({ cohorts: ['县党代表'], pairings: paired });
    expect(stand(who, [])['delegate-pairings']).toEqual([1, 1, 0, '2026-12-31']);
  });

  it('cumulative days of a campaign (S3-139), over when it is over', () => {
    const points = [{ id: 7, from: '2026-05-01', to: null }];
    const cadre = member({ cohorts: ['“三送”干部'], points });
    const stays = ['2026-05-31', '2026-06-01', '2026-06-02', '2026-08-09'].map((day) => visit(day));
    expect(stand(cadre, stays)).toEqual({ stay: [7, 3, 4, '2026-09-30'] });
    expect(stand(cadre, stays, '2026-10-01')).toEqual({});
  });

  it('acts that are no visits (S3-119)', () => {
    const who = member({ cohorts: ['设岗党员'] });
    const report = visit('2026-09-02', { activity: 'report', householdId: null });
    expect(stand(who, [visit('2026-09-01')])).toEqual({ report: [1, 0, 1, '2026-09-30'] });
    expect(stand(who, [report])).toEqual({ report: [1, 1, 0, '2026-09-30'] });
  });

  it('quotes its documents word for word', () => {
    const files = ['yinzi', 'badong', 'zhanggong'].map((name) =>
      readFileSync(new URL(`../fixtures/seeds/${name}.txt`, import.meta.url), 'utf8'),
    );
    for (const clause of mixed.clauses) {
      for (const part of clause.quote) expect(files.some((text) => text.includes(part))).toBe(true);
    }
  });
});
