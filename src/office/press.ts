import type { ChatContext } from '../commands/define.ts';
import { dayOf } from '../lib/day.ts';
import type { ActionIn } from '../platforms/platform.ts';
import { makeContext } from './context.ts';
import type { Dispatched, Parts } from './parts.ts';

const say = (text: string): Dispatched => ({ status: 'done', answer: { toast: { text, tone: 'bad' } } });

/**
 * A press: schema, then the command's own check of right, state and version. A hand-made or old value does nothing
 * but say so.
 */
export function press(
  parts: Parts,
  inbound: ActionIn,
  chat: ChatContext,
  now: number,
  cause: string,
): Dispatched {
  const known = parts.q.members.byIdentity(inbound.connection, inbound.sender.id);
  const actor = known && parts.q.members.actor(known.member.id, dayOf(now));
  if (!actor) return say('您还不在名册里，请先在私聊里给我发一句话。');
  const dot = inbound.action.indexOf('.');
  const definition = parts.commands.get(inbound.action.slice(0, dot))?.actions?.[
    inbound.action.slice(dot + 1)
  ];
  if (!definition) return say('这张卡片是旧的，请重新发一次。');
  const input = definition.schema.safeParse({ ...inbound.value, ...inbound.form });
  const running = makeContext({ parts, inbound, actor, chat, now, cause });
  if (input.success) definition.run(running.ctx, input.data);
  else running.ctx.toast(firstSentence(input.error.issues), 'bad');
  return { status: 'done', answer: running.finish() };
}

/** A schema's own Chinese sentence where it has one. */
function firstSentence(issues: readonly { message: string }[]): string {
  return (
    issues.map((issue) => issue.message).find((message) => /\p{Script=Han}/u.test(message)) ??
    '还差一项没填，请补上再点。'
  );
}
