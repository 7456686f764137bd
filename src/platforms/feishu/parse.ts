import { sha256Hex } from '../../lib/sha256.ts';
import { type From, unsupported } from '../from.ts';
import type { ChatRef, Inbound, MembershipIn, SenderRef } from '../platform.ts';
import { isObject, type JsonObject, list, obj, str } from '../read.ts';
import { parseAction } from './parse-action.ts';
import { parseMessage } from './parse-message.ts';
import { parseStamp } from './stamp.ts';

export interface ParseContext {
  connection: string;
  now: number;
  /** Our own open_id, once it is known; asked for only when somebody is mentioned. */
  botId: () => string | undefined;
  /** What is known of a chat: card callbacks do not say whether it is private (feishu.md 2.3). */
  chatType: (chatId: string) => ChatRef['type'] | undefined;
}

const CHANGES: Record<string, MembershipIn['change']> = {
  'im.chat.member.bot.added_v1': 'bot-added',
  'im.chat.member.bot.deleted_v1': 'bot-removed',
  'im.chat.member.user.added_v1': 'users-added',
  'im.chat.member.user.deleted_v1': 'users-removed',
  'im.chat.member.user.withdrawn_v1': 'users-removed',
  'im.chat.disbanded_v1': 'chat-gone',
};

/**
 * One decrypted Feishu event, v2 or v1, as the office understands it (feishu.md 1.6, 2).
 * Total: whatever it does not know comes out as `unsupported` with its type, never as an error.
 */
export function parse(envelope: JsonObject, context: ParseContext): Inbound {
  const header = obj(envelope, 'header');
  const event = obj(envelope, 'event');
  const type = str(header, 'event_type') || str(event, 'type') || 'unknown';
  const at =
    eventTime(type, event) ?? parseStamp(header.create_time) ?? parseStamp(envelope.ts) ?? context.now;
  const from = { connection: context.connection, dedupeKey: dedupeKey(envelope, type, event), at };
  const change = CHANGES[type];
  if (change) return membership(from, change, event);
  switch (type) {
    case 'im.message.receive_v1':
      return parseMessage(from, event, context.botId);
    case 'card.action.trigger':
      return parseAction(from, event, context.chatType);
    case 'application.bot.menu_v6': {
      const sender = person(
        obj(obj(event, 'operator'), 'operator_id'),
        str(obj(event, 'operator'), 'operator_name'),
      );
      const key = str(event, 'event_key');
      return sender.id && key ? { ...from, kind: 'menu', key, sender } : unsupported(from, type);
    }
    case 'im.message.recalled_v1':
      // Feishu does not say of which type the chat was, and a recall needs only the message.
      return {
        ...from,
        kind: 'recall',
        chat: { id: str(event, 'chat_id'), type: context.chatType(str(event, 'chat_id')) ?? 'group' },
        messageId: str(event, 'message_id'),
        by: str(event, 'recall_type') === 'message_owner' ? 'author' : 'other',
      };
    default:
      return unsupported(from, type);
  }
}

/** Decision 3: messages by message id, all else by event id; a nameless event by what it says. */
function dedupeKey(envelope: JsonObject, type: string, event: JsonObject): string {
  const messageId = type === 'im.message.receive_v1' ? str(obj(event, 'message'), 'message_id') : '';
  if (messageId) return `msg:${messageId}`;
  const eventId = str(obj(envelope, 'header'), 'event_id') || str(envelope, 'uuid');
  if (eventId) return `evt:${eventId}`;
  return `evt:${sha256Hex(JSON.stringify(envelope)).slice(0, 40)}`;
}

/** The time of the act itself, where the event has one of its own. */
function eventTime(type: string, event: JsonObject): number | undefined {
  if (type === 'im.message.receive_v1') return parseStamp(obj(event, 'message').create_time);
  if (type === 'im.message.recalled_v1') return parseStamp(event.recall_time);
  if (type === 'application.bot.menu_v6') return parseStamp(event.timestamp);
  return undefined;
}

function membership(from: From, change: MembershipIn['change'], event: JsonObject): Inbound {
  const id = str(event, 'chat_id');
  if (!id) return unsupported(from, change);
  const name = str(event, 'name') || str(obj(event, 'i18n_names'), 'zh_cn');
  const users = list(event, 'users')
    .filter(isObject)
    .map((user) => person(obj(user, 'user_id'), str(user, 'name')))
    .filter((user) => user.id !== '');
  return {
    ...from,
    kind: 'membership',
    change,
    chat: { id, type: 'group', ...(name ? { name } : {}), external: event.external === true },
    operator: person(obj(event, 'operator_id'), ''),
    users,
  };
}

function person(ids: JsonObject, name: string): SenderRef {
  return { id: str(ids, 'open_id'), ...(name ? { name } : {}) };
}
