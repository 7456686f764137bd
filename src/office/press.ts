import type { ChatContext } from '../commands/define.ts';
import { dayOf } from '../lib/day.ts';
import type { ActionIn, MessageIn } from '../platforms/platform.ts';
import { makeContext } from './context.ts';
import { makeEffects } from './effects.ts';
import type { Dispatched, Parts } from './parts.ts';

/** The button of the card that greets a group. */
const BIND = 'bind.start';

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
  if (known) parts.q.members.spokeFrom(inbound.connection, inbound.sender.id, known, now);
  if (!actor) {
    if (!known && inbound.action === BIND) return askWho(parts, inbound, chat, now, cause);
    return say('您还不在名册里，请先在私聊里给我发一句话。');
  }
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

/** [我是书记，认领本群] by somebody unknown is as if he had typed /绑定: kept, and run once he is known (decision 22). */
function askWho(parts: Parts, inbound: ActionIn, chat: ChatContext, now: number, cause: string): Dispatched {
  const { connection, dedupeKey, at, messageId, sender } = inbound;
  const typed = { text: '/绑定', mentionsBot: true, mentions: [] };
  const message: MessageIn = {
    kind: 'message',
    connection,
    dedupeKey,
    at,
    messageId,
    sender,
    chat: { id: chat.externalId, type: 'group' },
    ...typed,
  };
  const { q, vault } = parts;
  const edge = {
    q,
    vault,
    calendar: parts.calendar(),
    now,
    cause: `${cause}?`,
    actorId: null,
    exempt: true,
    connection,
  };
  const linked = parts.hooks.stranger(makeEffects(edge), { message, chatId: chat.id });
  if (linked) return press(parts, inbound, chat, now, cause);
  const answer = { toast: { text: '正在和名册核对，马上在私聊里回您。', tone: 'info' as const } };
  return { status: 'done', answer };
}

/** A schema's own Chinese sentence where it has one. */
function firstSentence(issues: readonly { message: string }[]): string {
  return (
    issues.map((issue) => issue.message).find((message) => /\p{Script=Han}/u.test(message)) ??
    '还差一项没填，请补上再点。'
  );
}
