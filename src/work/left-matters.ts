import type { IssueHead } from '../../db/queries/issue-lists.ts';
import type { Effects } from '../commands/define.ts';
import { issueLeftView } from '../views/issue-left.ts';
import { decidersOf } from './issue-people.ts';

/** As many as one card follows; nobody leaves more open matters than that. */
const MOST = 50;

/**
 * Open matters that somebody who has left handles or received: whoever decides on them gets one card with the way to give
 * each on. Nothing moves by itself, for who takes it over is a decision (decision 20).
 */
export function tellLeftMatters(fx: Effects, memberId: number): void {
  const { q } = fx;
  const his = new Map<number, IssueHead>();
  for (const head of [...q.issues.waitingFor(memberId), ...q.issues.followedBy(memberId)])
    if (head.handlerId === memberId || head.ownerId === memberId) his.set(head.id, head);
  const byDecider = new Map<number, number[]>();
  for (const id of his.keys()) {
    const issue = q.issues.get(id);
    for (const decider of issue ? decidersOf(fx, issue) : [])
      byDecider.set(decider, [...(byDecider.get(decider) ?? []), id]);
  }
  for (const [decider, ids] of byDecider)
    fx.privately(decider, issueLeftView.ref({ member: memberId, ids: ids.slice(0, MOST).join() }), {
      lane: 'urgent',
    });
}
