import { describe, expect, it } from 'vitest';
import {
  adoptPolicy,
  blankClauses,
  citation,
  type PolicyInput,
  parsePolicy,
  policySchema,
} from '../../src/domain/policy.ts';
import { POLICIES } from '../../src/policies/index.ts';
import { rugang } from '../../src/policies/rugang.ts';
import { xian } from '../../src/policies/xian.ts';

const blank: PolicyInput = {
  system: 'own',
  title: '联系户制度',
  issuer: null,
  docNo: null,
  clauses: [
    {
      id: 'households',
      rule: 'S3-140',
      place: '四、(二)',
      quote: ['副局长联系×户重点户'],
      title: '联系重点户',
      cohort: { name: '副局长' },
      obligation: { count: null, unit: 'pairings', per: 'year', target: 'pairedHousehold' },
    },
  ],
};

/** The policy with its only obligation changed. */
function withObligation(change: Record<string, unknown>): unknown {
  const [clause] = blank.clauses;
  return { ...blank, clauses: [{ ...clause, obligation: { ...clause?.obligation, ...change } }] };
}

describe('a policy is data', () => {
  it('survives being stored as JSON', () => {
    for (const policy of POLICIES) expect(parsePolicy(JSON.parse(JSON.stringify(policy)))).toEqual(policy);
  });

  it.each([
    ['days that are not distinct days', { unit: 'days', distinct: 'none' }],
    ['households that are not distinct households', { unit: 'households' }],
    ['each household of another target', { each: 'pairedHousehold', target: 'any' }],
    ['a campaign date on a quota of the year', { campaign: { from: '2026-06-01', to: '2026-09-30' } }],
    ['a count of nothing', { count: 0 }],
    ['a field it does not know', { points: 5 }],
    ['a visit that counts without meeting anyone', { outcome: 'attempt' }],
  ])('refuses %s', (_, change) => {
    expect(policySchema.safeParse(withObligation({})).success).toBe(true);
    expect(policySchema.safeParse(withObligation(change)).success).toBe(false);
  });

  it('refuses two clauses of one id', () => {
    const twice = { ...blank, clauses: [...blank.clauses, ...blank.clauses] };
    expect(policySchema.safeParse(twice).success).toBe(false);
  });
});

describe('adopting is copying it as one’s own (decision 29)', () => {
  it('takes over number, organ, 文号 and counts, and leaves the preset alone', () => {
    const own = adoptPolicy(rugang, {
      docNo: '某发〔2026〕3号',
      issuer: '某社区党委',
      counts: { 'contact-point': 1 },
    });
    expect(own).toMatchObject({
      docNo: '某发〔2026〕3号',
      issuer: '某社区党委',
      title: '党员干部联系点制度',
    });
    expect(own.clauses[0]?.obligation?.count).toBe(1);
    expect(own.clauses[0]?.quote).toEqual(rugang.clauses[0]?.quote);
    expect(rugang.clauses[0]?.obligation?.count).toBe(2);
  });

  it('fills in the numbers that a document leaves blank (S3-140)', () => {
    const policy = parsePolicy(blank);
    expect(blankClauses(policy).map((c) => c.id)).toEqual(['households']);
    const own = adoptPolicy(policy, { counts: { households: { 副局长: 2, 队员: 3 } } });
    expect(blankClauses(own)).toEqual([]);
    expect(own.clauses[0]?.obligation?.byRank).toEqual({ 副局长: 2, 队员: 3 });
  });

  it('refuses a clause that asks nothing and a number below one', () => {
    expect(() => adoptPolicy(rugang, { counts: { 'make-up': 1 } })).toThrow('make-up');
    expect(() => adoptPolicy(rugang, { counts: { 'contact-point': 0 } })).toThrow();
  });
});

describe('依据哪一条', () => {
  it('answers with title, place and the words', () => {
    const [clause] = rugang.clauses;
    expect(clause && citation(rugang, clause)).toBe(
      '《党员干部联系点制度》四、2“党员干部原则上每月到联系点两次……' +
        '过后要及时弥补，或通过电话、手机等方式保持联系”',
    );
    const quarter = xian.clauses.find((c) => c.rule === 'S2-40');
    expect(quarter && citation(xian, quarter)).toContain('二、（三）2“有针对性地为每人分别安排3户');
  });
});
