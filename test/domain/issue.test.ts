import { describe, expect, it } from 'vitest';
import { canBeTakenBack, TRANSITIONS } from '../../src/domain/issue.ts';
import { type Inputs, OPEN, STATES, type StepAct } from '../../src/domain/issue-types.ts';
import { good, Matter, told } from '../helpers/matter.ts';

describe('the table', () => {
  it('leads to every state and out of every state but the last by more than withdrawal', () => {
    for (const state of STATES) {
      expect(TRANSITIONS.some((row) => row.to === state)).toBe(true);
      if (state === 'closed') continue;
      const out = TRANSITIONS.filter(
        (row) => row.from.includes(state) && row.to !== 'same' && row.act !== 'withdraw',
      );
      expect(out.length, state).toBeGreaterThan(0);
    }
  });

  it('lets a resident’s wish end it from any open state, and nothing else does so without a sign-off', () => {
    expect(TRANSITIONS.find((row) => row.act === 'withdraw')?.from).toEqual(OPEN);
    const closing = TRANSITIONS.filter((row) => row.to === 'closed').map((row) => row.act);
    expect([...new Set(closing)].sort()).toEqual(['evaluate', 'transfer', 'withdraw', 'word']);
  });

  it('keeps take-back for what somebody decided, not for what the resident said', () => {
    const acts = [...new Set(TRANSITIONS.map((row) => row.act))].filter(canBeTakenBack);
    expect(acts).toEqual([
      'settle',
      'handleHere',
      'dispatch',
      'outside',
      'escalate',
      'explain',
      'reassign',
      'resolve',
      'withdraw',
      'transfer',
    ]);
  });

  it('refuses every act in every state that the table does not name, with a sentence', () => {
    const inputs: Inputs = {
      settle: { result: 'x' },
      word: { satisfaction: 'good', sampled: false },
      handleHere: { handlerId: 3 },
      dispatch: { unitId: 5 },
      outside: { whom: 'x' },
      escalate: { parentId: 1 },
      explain: { reason: 'x' },
      reassign: { handlerId: 8, handlerOrgId: null },
      claim: {},
      return: { reason: 'x' },
      askLater: { day: '2026-11-30', reason: 'x' },
      promise: { day: '2026-11-30', reason: 'x' },
      refuseLater: {},
      resolve: { result: 'x', kind: 'solved', told: null },
      told,
      nameAsker: {},
      evaluate: good,
      notReached: {},
      fixSignOff: {},
      third: { path: 'hearing', day: '2026-11-30' },
      withdraw: { reason: 'x' },
      transfer: { whom: 'x', told },
      retopic: { topic: '其他' },
      regrade: { grade: 'utility' },
      reopen: {},
      takeBack: {},
    };
    for (const state of STATES) {
      for (const act of Object.keys(inputs) as StepAct[]) {
        if (TRANSITIONS.some((row) => row.act === act && row.from.includes(state))) continue;
        const matter = new Matter();
        matter.facts.state = state;
        expect(matter.do(2, act, inputs[act]), `${act} in ${state}`).toMatch(
          /^这件事现在是“.+”，这一步做不了。$/u,
        );
      }
    }
  });
});
