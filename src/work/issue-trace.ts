import type { IssueStepRow } from '../../db/queries/issue-rows.ts';
import type { IssueAct } from '../domain/issue-types.ts';
import type { Seat } from './issue-load.ts';
import type { Reading } from './issue-people.ts';
import { nameOf } from './issue-say.ts';

/** What the newest of these steps was given; nothing where there was none. */
export function newestData(steps: readonly IssueStepRow[], ...acts: IssueAct[]): Record<string, unknown> {
  return [...steps].reverse().find((each) => acts.includes(each.act))?.data ?? {};
}

/** A text that says something. */
export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/** Why it is done once more: 群众不满意：晚上还是闪, or what was said at 又坏了. */
export function unhappyLine(steps: readonly IssueStepRow[]): string | null {
  const { sentence, words } = newestData(steps, 'evaluate', 'word', 'reopen');
  if (textOf(sentence)) return `群众不满意：${sentence}`;
  return textOf(words) && `群众说又坏了：${words}`;
}

/** `物业办退回：这段灯归市政管`: who decides anew must know why it came back. */
export function sentBackText(r: Reading, steps: readonly IssueStepRow[]): string | null {
  const back = [...steps].reverse().find((each) => each.act === 'return');
  if (!back) return null;
  const unit = back.actorId === null ? undefined : r.q.members.get(back.actorId)?.orgId;
  const who = (unit !== undefined && r.q.orgs.get(unit)?.name) || nameOf(r, back.actorId);
  return `${who}退回：${textOf(back.data.reason) ?? '没有写原因'}`;
}

/**
 * Whom a resident may ask, and at which number: the org's of whoever is named, for a unit has a telephone of its own.
 * Who complains about a unit is not sent to it; `tells`: then it is the one who tells him (care 11).
 */
export function whomToAsk(
  r: Reading,
  { issue, actor }: Pick<Seat, 'issue' | 'actor'>,
  tells: boolean,
): { handlerName: string | null; askPhone: string | null } {
  const { q } = r;
  const instead = tells && issue.complaint && issue.handlerOrgId !== null;
  const named = instead ? actor.memberId : issue.state === 'outside' ? issue.deciderId : issue.handlerId;
  const unit = instead || issue.state === 'outside' ? null : issue.handlerOrgId;
  const own = named === null ? undefined : q.members.get(named)?.orgId;
  const phone = unit === null ? own !== undefined && q.orgs.phone(own) : q.orgs.get(unit)?.phone;
  return {
    handlerName: named === null ? null : nameOf(r, named),
    askPhone: phone || q.orgs.phone(issue.orgId),
  };
}
