import { expect } from 'vitest';
import { makeCalendar } from '../../src/domain/calendar.ts';
import { freshIssue, type StepWorld, step } from '../../src/domain/issue-step.ts';
import type { Inputs, IssueAct, IssueFacts, StepAct } from '../../src/domain/issue-types.ts';

const calendar = makeCalendar();
export const at = (time: string): number => Date.parse(`${time}+08:00`);
export const NOW = at('2026-11-18T15:00');

/** A matter and the acts done to it, as the store keeps them: every step is the newest one for the next. */
export class Matter {
  facts: IssueFacts;
  now = NOW;
  last: StepWorld['last'] = { act: 'report', actorId: 1, at: NOW, before: null };
  asker: number | null = 9;
  next = { handlerId: 7 as number | null, handlerOrgId: null };

  constructor(grade: IssueFacts['grade'] = 'ordinary') {
    this.facts = freshIssue(
      { grade, topic: '公共设施', loggerId: 1, triageOrgId: 4 },
      { now: NOW, calendar },
    );
  }
  try<A extends StepAct>(actorId: number, act: A, input: Inputs[A]) {
    const { now, last } = this;
    return step(this.facts, act, input, {
      now,
      calendar,
      actorId,
      last,
      people: { asker: () => this.asker, rework: () => this.next },
    });
  }
  /** '' when it went well, else the sentence that refuses. */
  do<A extends StepAct>(actorId: number, act: A, input: Inputs[A]): string {
    const result = this.try(actorId, act, input);
    if (!result.ok) return result.reason;
    const before = { ...this.facts };
    this.facts = { ...this.facts, ...result.patch };
    this.last =
      result.clock === 'before'
        ? { act: 'report', actorId: 1, at: NOW, before: null }
        : { act: act as IssueAct, actorId, at: this.now, before };
    return '';
  }
}
export const told = { channel: 'call' as const };
export const good = { satisfaction: 'good', channel: 'call', answerer: 'self' } as const;
export const bad = { satisfaction: 'bad', channel: 'call', answerer: 'self', sentence: '还是不亮' } as const;

export function handled(grade: IssueFacts['grade'] = 'ordinary'): Matter {
  const matter = new Matter(grade);
  expect(matter.do(2, 'handleHere', { handlerId: 3 })).toBe('');
  return matter;
}
export function asked(): Matter {
  const matter = handled();
  expect(matter.do(3, 'resolve', { result: '换了灯', kind: 'solved', told })).toBe('');
  return matter;
}
