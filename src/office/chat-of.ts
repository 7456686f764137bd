import type { Chat } from '../../db/queries/chats.ts';
import type { ChatContext } from '../commands/define.ts';
import type { ActionIn, MembershipIn, MessageIn } from '../platforms/platform.ts';
import type { Parts } from './parts.ts';

/** Where something was said or pressed. */
export function chatOf(parts: Parts, inbound: MessageIn | ActionIn): ChatContext {
  const { connection, chat } = inbound;
  const group =
    inbound.kind === 'message'
      ? chat.type === 'group'
        ? parts.q.chats.find(connection, chat.id)
        : undefined
      : // A card press may carry no chat type (feishu.md 2.3) and no chat (dingtalk.md 4.5): a group we know is one.
        (parts.q.chats.find(connection, chat.id) ?? standsIn(parts, inbound));
  return {
    connection,
    externalId: group?.externalId ?? chat.id,
    type: group || chat.type === 'group' ? 'group' : 'p2p',
    id: group?.id ?? null,
    purpose: group?.purpose ?? null,
    orgId: group?.orgId ?? null,
  };
}

/** The group that the pressed card was sent to: its press must not be taken for a private one. */
function standsIn(parts: Parts, { connection, messageId, via }: ActionIn): Chat | undefined {
  const card = via ? undefined : parts.q.cards.at(connection, messageId);
  return card?.targetType === 'chat' ? parts.q.chats.find(connection, card.targetId) : undefined;
}

/**
 * What is said in a group that we did not know, or thought we had left, is as good as being told that we were added:
 * DingTalk tells nobody (dingtalk.md 6). undefined for a group that is known; its new title is noted.
 */
export function arrival(parts: Parts, message: MessageIn): MembershipIn | undefined {
  const { connection, dedupeKey, at, chat, sender } = message;
  const known = parts.q.chats.find(connection, chat.id);
  if (known && (known.goneAt === null || known.goneAt >= at)) {
    if (chat.name && chat.name !== known.name && known.goneAt === null)
      parts.q.chats.seen({ connection, externalId: chat.id, name: chat.name });
    return undefined;
  }
  return {
    kind: 'membership',
    change: 'bot-added',
    connection,
    dedupeKey,
    at,
    chat: { ...chat, external: known?.external ?? false },
    operator: sender,
    users: [],
  };
}
