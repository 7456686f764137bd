import type { Issue } from '../../db/queries/issue-rows.ts';
import type { Ctx } from '../commands/define.ts';
import { isTopic } from '../domain/text/topic-list.ts';
import { gradeOf } from '../domain/text/urgent.ts';
import { dayOf, sayDay } from '../lib/day.ts';
import { handlersFor, parentFor, suggestionFor, unitsFor } from './issue-people.ts';
import { press, type Voice } from './issue-press.ts';
import { dueWords, holderName } from './issue-say.ts';

export interface Target {
  issue: number;
  v: number | null;
}

/** `已交石小红，12月2日前。` with [收回] on the card (cards.md). */
export function given(ctx: Ctx, issue: Issue): string {
  const who = holderName(ctx, issue) ?? '本支部';
  const when = issue.dueAt === null ? '' : `，${dueWords(ctx, issue)}前`;
  return `已${issue.handlerOrgId === null ? '交' : '派给'}${who}${when}。10分钟内可以收回。`;
}

/** `m12` or `u5`, as the forms' choices carry it, if it is one that this matter can go to. */
function choiceOf(
  ctx: Ctx,
  issue: Issue,
  value: string,
): { handlerId: number | null; handlerOrgId: number | null } | null {
  const id = Number(value.slice(1));
  if (value.startsWith('m') && handlersFor(ctx, issue).some((each) => each.memberId === id))
    return { handlerId: id, handlerOrgId: null };
  if (value.startsWith('u') && unitsFor(ctx, issue).some((unit) => unit.id === id))
    return { handlerId: null, handlerOrgId: id };
  return null;
}

/** To a member (本支部办) or to a unit (派单), by the choice of a form. */
export function decide(ctx: Ctx, voice: Voice, at: Target, to: string, day: string | undefined): void {
  const issue = ctx.q.issues.get(at.issue);
  const choice = issue && choiceOf(ctx, issue, to);
  const until = day === '' ? undefined : day;
  if (!choice) voice.no('这位现在不能接，请另选一个。');
  else if (choice.handlerId !== null)
    press(ctx, voice, at, 'handleHere', { handlerId: choice.handlerId, day: until }, (after) =>
      given(ctx, after),
    );
  else if (choice.handlerOrgId !== null)
    press(ctx, voice, at, 'dispatch', { unitId: choice.handlerOrgId, day: until }, (after) =>
      given(ctx, after),
    );
}

/** [按建议办]: what the card proposed; a version that moved has refused it before. */
export function acceptSuggestion(ctx: Ctx, voice: Voice, at: Target): void {
  const issue = ctx.q.issues.get(at.issue);
  const suggestion = issue ? suggestionFor(ctx, issue) : { kind: 'none' as const };
  if (suggestion.kind === 'unit') decide(ctx, voice, at, `u${suggestion.unitId}`, undefined);
  else if (suggestion.kind === 'member') decide(ctx, voice, at, `m${suggestion.memberId}`, undefined);
  else voice.no('现在没有合适的建议，请选由谁来办。');
}

/** 改派: a decision changed later, with a trace (decision 20). */
export function pressReassign(ctx: Ctx, voice: Voice, at: Target, to: string, day: string | undefined): void {
  const issue = ctx.q.issues.get(at.issue);
  const choice = issue && choiceOf(ctx, issue, to);
  if (choice)
    press(ctx, voice, at, 'reassign', { ...choice, ...(day ? { day } : {}) }, (after) => given(ctx, after));
  else voice.no('这位现在不能接，请另选一个。');
}

/** The handler's own day and reason become the decision (decision 35). */
export function agreeLater(ctx: Ctx, voice: Voice, at: Target): void {
  const issue = ctx.q.issues.get(at.issue);
  const asked = issue && [...ctx.q.issues.steps(issue.id)].reverse().find((each) => each.act === 'askLater');
  const reason = typeof asked?.data.reason === 'string' ? asked.data.reason : '';
  if (issue?.laterDay == null) voice.no('没有等着答复的延期。');
  else
    press(
      ctx,
      voice,
      at,
      'promise',
      { day: issue.laterDay, reason },
      `同意延到${sayDay(issue.laterDay, dayOf(ctx.now))}，请经办人告诉群众。`,
    );
}

/** 上报 (decision 36): the nearest ancestor in which somebody decides. */
export function reportUp(ctx: Ctx, voice: Voice, at: Target): void {
  const issue = ctx.q.issues.get(at.issue);
  press(
    ctx,
    voice,
    at,
    'escalate',
    { parentId: issue ? parentFor(ctx, issue) : null },
    '已上报，请上级来定。',
  );
}

/** [不是急事]: by what the words say of supply, else by working days. */
export function calm(ctx: Ctx, voice: Voice, at: Target): void {
  const issue = ctx.q.issues.get(at.issue);
  const guessed = issue && isTopic(issue.topic) ? gradeOf(issue.topic, issue.words) : 'ordinary';
  press(
    ctx,
    voice,
    at,
    'regrade',
    { grade: guessed === 'danger' ? 'ordinary' : guessed },
    '好的，按平常的事办。',
  );
}
