import { describe, expect, it } from 'vitest';
import type { Role } from '../../src/domain/actor.ts';
import {
  allSecretaries,
  chooseAsker,
  type Level,
  reworkHandler,
  secretaries,
  superiors,
} from '../../src/domain/issue-people.ts';

type Spec = [memberId: number, role: Role, away?: 'away'];
const level = (orgId: number, ...posts: Spec[]): Level => ({
  orgId,
  posts: posts.map(([memberId, role, away]) => ({ memberId, role, away: away === 'away' })),
});
const set = (...ids: number[]) => new Set(ids);

describe('the secretary (decision 17)', () => {
  const branch = level(3, [1, '书记'], [2, '副书记'], [3, '支部委员'], [4, '党员']);
  const street = level(1, [8, '书记']);

  it('is who holds 书记 on the record’s org', () => {
    expect(secretaries([branch, street])).toEqual([1]);
  });
  it('has deputies when away or a working day late, secretary first', () => {
    expect(secretaries([level(3, [1, '书记', 'away'], [3, '支部委员'], [2, '副书记']), street])).toEqual([
      2, 3,
    ]);
    expect(secretaries([branch, street], { late: true })).toEqual([1, 2, 3]);
  });
  it('goes to the nearest ancestor’s when nobody is there', () => {
    expect(secretaries([level(3), level(2, [4, '党员']), street])).toEqual([8]);
    expect(secretaries([level(3, [1, '书记', 'away']), street])).toEqual([8]);
    expect(secretaries([level(3, [1, '书记']), street], { late: true })).toEqual([1, 8]);
    expect(secretaries([level(3), level(1)])).toEqual([]);
  });
  it('is never the subject of the complaint', () => {
    expect(secretaries([branch, street], { exclude: set(1) })).toEqual([2, 3]);
    expect(secretaries([branch, street], { exclude: set(1, 2, 3) })).toEqual([8]);
  });
  it('hears of danger together with the deputies, on leave or not (decision 34)', () => {
    expect(allSecretaries([level(3, [1, '书记', 'away'], [2, '副书记']), street])).toEqual([1, 2]);
    expect(allSecretaries([level(3), street])).toEqual([8]);
  });
});

describe('the superior (decision 18)', () => {
  const unit = level(5, [20, '领导'], [21, '承办联系人']);
  const branch = level(3, [1, '书记'], [2, '副书记']);
  const street = level(1, [8, '书记'], [9, '领导']);

  it('is 书记 or 领导 of the handler’s own org', () => {
    expect(superiors([unit, street], 21)).toEqual([20]);
    expect(superiors([branch, street], 4)).toEqual([1]);
  });
  it('is of the next level when the handler is one himself, or there is none', () => {
    expect(superiors([branch, street], 1)).toEqual([8, 9]);
    expect(superiors([level(5, [21, '承办联系人']), street], 21)).toEqual([8, 9]);
    expect(superiors([street], 8)).toEqual([]);
  });
  it('takes the rework: another, one level up, who is there', () => {
    expect(reworkHandler([branch, street], set(4))).toBe(1);
    expect(reworkHandler([branch, street], set(4, 1))).toBe(8);
    expect(reworkHandler([level(3, [1, '书记', 'away']), street], set(4))).toBe(8);
    expect(reworkHandler([level(3, [1, '书记', 'away'])], set(4))).toBe(1);
    expect(reworkHandler([branch], set(1))).toBeNull();
  });
});

describe('the asker (decision 19)', () => {
  const someone = (memberId: number, asks = 0, more: { away?: boolean; reachable?: boolean } = {}) => ({
    memberId,
    asks,
    away: more.away ?? false,
    reachable: more.reachable ?? true,
  });
  const above = [level(2), level(1, [8, '书记'])];

  it('is another member of the branch, the one with the fewest call-backs', () => {
    expect(chooseAsker([someone(1), someone(2, 2), someone(3, 1), someone(4, 1)], above, set(1))).toBe(3);
  });
  it('stays the same one when it is asked again', () => {
    expect(chooseAsker([someone(2), someone(3)], above, set(), 3)).toBe(3);
    expect(chooseAsker([someone(2), someone(3)], above, set(3), 3)).toBe(2);
  });
  it('passes over who is on leave or cannot be reached', () => {
    expect(
      chooseAsker([someone(2, 0, { away: true }), someone(3, 0, { reachable: false })], above, set()),
    ).toBe(8);
  });
  it('is the parent’s secretary when nobody is left, and nobody when he had a hand in it', () => {
    expect(chooseAsker([someone(1)], above, set(1))).toBe(8);
    expect(chooseAsker([someone(1)], above, set(1, 8))).toBeNull();
    expect(chooseAsker([], [], set())).toBeNull();
  });
});
