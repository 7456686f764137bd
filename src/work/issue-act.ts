import type { Issue, Outside } from '../../db/queries/issue-rows.ts';
import { factsOf } from '../../db/queries/issue-rows.ts';
import type { Effects } from '../commands/define.ts';
import { step } from '../domain/issue-step.ts';
import type { Inputs, LastStep, StepAct } from '../domain/issue-types.ts';
import { tellOthers } from './issue-notices.ts';
import { askerFor, reworkFor } from './issue-people.ts';

/** Texts that a step leaves on the matter itself. */
export interface Texts {
  result?: string | null;
  outside?: Outside | null;
}

export type Done = { ok: true; issue: Issue } | { ok: false; reason: string };

/**
 * One step: by the table, as rows and a trace, all live cards made stale, the next people told. The right was asked
 * before (`issue-press.ts`); null as actor is the system itself.
 */
export function act<A extends StepAct>(
  fx: Effects,
  from: { issue: Issue; last: LastStep | null },
  actorId: number | null,
  name: A,
  input: Inputs[A],
  texts: Texts = {},
): Done {
  const { issue, last } = from;
  // Who takes it on becomes the handler with this very step; he must not be asked about it (decision 19).
  const inHand = () => ({ ...issue, handlerId: issue.handlerId ?? actorId });
  const result = step(factsOf(issue), name, input, {
    now: fx.now,
    calendar: fx.calendar,
    actorId,
    last,
    people: { asker: () => askerFor(fx, inHand()), rework: () => reworkFor(fx, issue) },
  });
  if (!result.ok) return result;
  const { q } = fx;
  const applied = { act: name, patch: result.patch, actorId, now: fx.now, data: input };
  const after =
    result.clock === 'before'
      ? q.issues.undo(issue, applied)
      : q.issues.apply(issue, { ...applied, ...texts });
  if (!after) return { ok: false, reason: '这件事刚有了新进展，卡片已换成最新的，请再看一眼。' };
  fx.audit(`issue.${name}`, `issue:${issue.id}`, { from: issue.state, to: after.state, ...input });
  fx.changed(`issue:${issue.id}`);
  tellOthers(fx, issue, after, name, actorId);
  return { ok: true, issue: after };
}

/**
 * Names askers for what waits for one (decision 19), also in place of somebody who has left or, as `memberId`, has got a post
 * above the handler: after the roster changed, and daily. Where there is nobody it waits without, and Monday's list says so.
 */
export function nameAskers(fx: Effects, memberId: number | null = null): void {
  const his = memberId === null ? [] : fx.q.issues.askedBy(memberId);
  for (const id of new Set([...fx.q.issues.unasked(fx.now), ...his])) {
    const issue = fx.q.issues.get(id);
    if (!issue || askerFor(fx, issue) === issue.askerId) continue;
    act(fx, { issue, last: fx.q.issues.last(issue.id) }, null, 'nameAsker', {});
  }
}
