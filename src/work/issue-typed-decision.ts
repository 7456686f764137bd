import type { Issue } from '../../db/queries/issue-rows.ts';
import type { Ctx } from '../commands/define.ts';
import { channelIn, dayToCome } from '../domain/issue-line.ts';
import { DECIDING, THIRD_PATHS, type ThirdPath } from '../domain/issue-types.ts';
import { TOPICS } from '../domain/text/topic-list.ts';
import { acceptSuggestion, agreeLater, calm, decide, pressReassign, reportUp } from './issue-decide.ts';
import { cardRef } from './issue-notices.ts';
import { contactsOf, handlersFor, unitsFor } from './issue-people.ts';
import { press, readable, typed } from './issue-press.ts';
import { putOff } from './issue-put-off.ts';
import { askByForm } from './issue-typed.ts';
import { offerHolders } from './issue-whom.ts';

interface Spoken {
  pattern: RegExp;
  run(ctx: Ctx, issueId: number, rest: string): void;
}

/** Every button of a decision, typed (cards.md: every button can also be typed). The longest words first. */
const SPOKEN: readonly Spoken[] = [
  {
    pattern: /^(?:收回)$/u,
    run: (ctx, issue) => press(ctx, typed(ctx), { issue, v: null }, 'takeBack', {}, '收回了。'),
  },
  {
    pattern: /^(?:按建议办?|建议)$/u,
    run: (ctx, issue) => acceptSuggestion(ctx, typed(ctx), { issue, v: null }),
  },
  { pattern: /^(?:不是急事|不急)$/u, run: (ctx, issue) => calm(ctx, typed(ctx), { issue, v: null }) },
  {
    pattern: /^(?:是?急事|加急)$/u,
    run: (ctx, issue) =>
      press(ctx, typed(ctx), { issue, v: null }, 'regrade', { grade: 'danger' }, '按急事办。'),
  },
  {
    pattern: /^(?:不延期|不同意延期|不同意)$/u,
    run: (ctx, issue) => press(ctx, typed(ctx), { issue, v: null }, 'refuseLater', {}, '不延期。'),
  },
  { pattern: /^(?:同意延期|同意)$/u, run: (ctx, issue) => agreeLater(ctx, typed(ctx), { issue, v: null }) },
  { pattern: /^(?:改期|延期)/u, run: putOff },
  {
    pattern: /^(?:当场已?解决|当场)/u,
    run: (ctx, issue, result) =>
      result === ''
        ? askByForm(ctx, issue, 'settle')
        : press(ctx, typed(ctx), { issue, v: null }, 'settle', { result }, '记下了。', { result }),
  },
  { pattern: /^(?:上报)$/u, run: (ctx, issue) => reportUp(ctx, typed(ctx), { issue, v: null }) },
  {
    pattern: /^(?:解释疏导|解释)/u,
    run: (ctx, issue, reason) =>
      reason === ''
        ? askByForm(ctx, issue, 'explain')
        : press(ctx, typed(ctx), { issue, v: null }, 'explain', { reason }, '记下了。', { result: reason }),
  },
  { pattern: /^(?:转交)/u, run: transfer },
  { pattern: /^(?:线下转办|线下|转办|转)/u, run: outside },
  { pattern: /^(?:改派|改由)/u, run: (ctx, issue, rest) => toSomebody(ctx, issue, rest, 'reassign') },
  { pattern: /^(?:派给|派单|派)/u, run: (ctx, issue, rest) => toSomebody(ctx, issue, rest, 'unit') },
  { pattern: /^(?:类别|换类别)/u, run: retopic },
  { pattern: /^(?:接访|专题会议|评理)/u, run: third },
  {
    pattern: /^(?:本支部办|本支部|交给|交)/u,
    run: (ctx, issue, rest) => toSomebody(ctx, issue, rest, 'here'),
  },
];

/** `研判 128 …`: bare opens the card. */
export function typedDecision(ctx: Ctx, issueId: number, rest: string): void {
  if (rest === '') {
    if (readable(ctx, typed(ctx), issueId)) ctx.reply(cardRef(issueId));
    return;
  }
  const spoken = SPOKEN.find((each) => each.pattern.test(rest));
  if (spoken === undefined) toSomebody(ctx, issueId, rest, null);
  else
    spoken.run(
      ctx,
      issueId,
      spoken.run === third
        ? rest
        : rest
            .replace(spoken.pattern, '')
            .replace(/^[\s:：,，]+/u, '')
            .trim(),
    );
}

/**
 * `石小红 12-2`, `物业办`: to a member or a unit, by name. When the name says nothing the form opens; without one
 * (`form` null: nothing but the name was said) whoever may be meant is offered.
 */
export function toSomebody(
  ctx: Ctx,
  issueId: number,
  rest: string,
  form: 'here' | 'unit' | 'reassign' | null,
): void {
  const issue = ctx.q.issues.get(issueId);
  if (!issue) return;
  const dated = dayToCome(rest, ctx.now);
  const name = (dated?.rest ?? rest).replace(/办$/u, '').trim();
  const whole = (dated?.rest ?? rest).trim();
  const called = handlersFor(ctx, issue).filter((each) => each.name === name || each.name === whole);
  const [member] = called;
  // Two of one name: it is asked who is meant (decision 24 for families, the same for us).
  if (called.length > 1) {
    offerHolders(ctx, issue, rest);
    return;
  }
  const units = unitsFor(ctx, issue).filter(
    (unit) => whole !== '' && (unit.name.includes(whole) || (name !== '' && unit.name.includes(name))),
  );
  // Who is called by name but works in a unit is reached through it: what goes there is shown to its contacts.
  const through = member || units.length > 0 ? [] : unitsOf(ctx, issue, whole);
  const [unit, another] = [...units, ...through];
  const to = member ? `m${member.memberId}` : unit && !another ? `u${unit.id}` : null;
  const at = { issue: issueId, v: null };
  if (to !== null && !DECIDING.includes(issue.state)) pressReassign(ctx, typed(ctx), at, to, dated?.day);
  else if (to !== null) decide(ctx, typed(ctx), at, to, dated?.day);
  else if (form === null && whole !== '') offerHolders(ctx, issue, rest);
  else askByForm(ctx, issueId, DECIDING.includes(issue.state) ? (form ?? 'here') : 'reassign', rest);
}

function unitsOf(ctx: Ctx, issue: Issue, name: string): readonly { id: number }[] {
  return name === ''
    ? []
    : unitsFor(ctx, issue).filter((unit) =>
        contactsOf(ctx, unit.id, issue).some((id) => ctx.q.members.get(id)?.name === name),
      );
}

function transfer(ctx: Ctx, issue: number, rest: string): void {
  const channel = channelIn(rest);
  const whom = rest.split(/\s+/u)[0] ?? '';
  if (channel === null || whom === '') askByForm(ctx, issue, 'transfer', rest);
  else
    press(ctx, typed(ctx), { issue, v: null }, 'transfer', { whom, told: { channel } }, `已转交${whom}。`, {
      outside: { whom, number: null },
    });
}

function outside(ctx: Ctx, issue: number, rest: string): void {
  const dated = dayToCome(rest, ctx.now);
  const [whom = '', number] = (dated?.rest ?? rest).split(/\s+/u);
  if (whom === '') askByForm(ctx, issue, 'outside', rest);
  else {
    press(ctx, typed(ctx), { issue, v: null }, 'outside', { whom, day: dated?.day }, `已转${whom}。`, {
      outside: { whom, number: number || null },
    });
  }
}

function retopic(ctx: Ctx, issue: number, rest: string): void {
  const topic =
    TOPICS.find((each) => each === rest) ?? TOPICS.find((each) => rest !== '' && each.includes(rest));
  if (topic) press(ctx, typed(ctx), { issue, v: null }, 'retopic', { topic }, `改为“${topic}”。`);
  else askByForm(ctx, issue, 'topic', rest);
}

function third(ctx: Ctx, issue: number, rest: string): void {
  const path = (Object.entries(THIRD_PATHS) as [ThirdPath, string][]).find(([, word]) =>
    rest.startsWith(word),
  )?.[0];
  const dated = dayToCome(rest, ctx.now);
  if (path && dated)
    press(
      ctx,
      typed(ctx),
      { issue, v: null },
      'third',
      { path, day: dated.day },
      `定了：${THIRD_PATHS[path]}。`,
    );
  else askByForm(ctx, issue, 'third', rest);
}
