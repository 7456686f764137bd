import type { Values } from '../../../cards/card.ts';
import type { ActionIn, MenuIn, MessageIn, RecallIn } from '../platform.ts';
import type { Rooms } from './rooms.ts';
import type { RoomMessage } from './types.ts';

/** The bot's name in the room; @ it anywhere in a line and the line is meant for it (decision 4). */
export const BOT_NAME = '连心助手';

/** Acts on the page, as the port's `Inbound`: the same ids and dedupe keys as on a real platform (decision 3). */
export interface PageActs {
  message(message: RoomMessage, text: string): MessageIn;
  action(press: {
    by: string;
    messageId: string;
    chatId: string;
    at: number;
    action: string;
    value: Values;
    form: Record<string, string | string[]>;
  }): ActionIn;
  menu(by: string, key: string, at: number): MenuIn;
  recall(message: RoomMessage, at: number): RecallIn;
}

export function createPageActs(connection: string, rooms: Rooms): PageActs {
  const eventKey = (): string => `evt:pe-${rooms.nextAct()}`;
  const sender = (id: string) => ({ id, name: rooms.person(id)?.name ?? '' });
  const chatRef = (id: string) => ({ id, type: rooms.chat(id)?.type ?? ('group' as const) });

  return {
    message(message, text) {
      const by = message.from ?? '';
      const stripped = stripMentions(text, rooms);
      return {
        kind: 'message',
        connection,
        dedupeKey: `msg:${message.id}`,
        at: message.at,
        messageId: message.id,
        chat: chatRef(message.chatId),
        sender: sender(by),
        ...stripped,
        ...(message.replyTo ? { replyTo: message.replyTo } : {}),
      };
    },
    action({ by, messageId, chatId, at, action, value, form }) {
      return {
        kind: 'action',
        connection,
        dedupeKey: eventKey(),
        at,
        chat: chatRef(chatId),
        messageId,
        sender: sender(by),
        action,
        value,
        form,
      };
    },
    menu: (by, key, at) => ({ kind: 'menu', connection, dedupeKey: eventKey(), at, key, sender: sender(by) }),
    recall: (message, at) => ({
      kind: 'recall',
      connection,
      dedupeKey: eventKey(),
      at,
      chat: chatRef(message.chatId),
      messageId: message.id,
      // The page lets one take back one's own only.
      by: 'author',
    }),
  };
}

/** Takes `@连心助手` and `@<a person in the room>` out of a line, as the real platforms do. */
function stripMentions(text: string, rooms: Rooms): Pick<MessageIn, 'text' | 'mentionsBot' | 'mentions'> {
  const mentionsBot = text.includes(`@${BOT_NAME}`);
  let rest = text.replaceAll(`@${BOT_NAME}`, ' ');
  const mentions: { id: string; name: string }[] = [];
  for (const person of rooms.people) {
    if (!rest.includes(`@${person.name}`)) continue;
    mentions.push({ id: person.id, name: person.name });
    rest = rest.replaceAll(`@${person.name}`, person.name);
  }
  return { text: rest.trim(), mentionsBot, mentions };
}
