import type { Clock } from '../../lib/clock.ts';
import { renderPlain } from '../plain-text.ts';
import type { Delivery, Outbound, Platform } from '../platform.ts';
import { limits } from './limits.ts';
import { createPageActs, type PageActs } from './parse.ts';
import { createRooms, type Rooms, type RoomsPast } from './rooms.ts';
import type { PlaygroundChat, PlaygroundPerson } from './types.ts';

export { BOT_NAME, type PageActs } from './parse.ts';
export type { Rooms, RoomsPast } from './rooms.ts';
export type { PlaygroundChat, PlaygroundPerson, RoomMessage } from './types.ts';

export interface Playground extends Platform {
  readonly rooms: Rooms;
  readonly acts: PageActs;
}

/**
 * The playground as a platform: chats in memory, neutral cards kept as they are and drawn by the page.
 * It has no webhook; the page's routes build `Inbound` with `acts` and hand it to the office.
 * `clock` must be the office's movable clock, so that messages bear the playground's time.
 */
export function createPlayground(options: {
  clock: Clock;
  people: readonly PlaygroundPerson[];
  groups: readonly Omit<PlaygroundChat, 'type'>[];
  connection?: string;
  /** Chats that go on from what was said before. */
  past?: RoomsPast;
}): Playground {
  const connection = options.connection ?? 'playground';
  const rooms = createRooms(options.people, options.groups, options.clock, options.past);
  const done = new Map<string, Delivery>();

  return {
    name: 'playground',
    connection,
    limits,
    rooms,
    acts: createPageActs(connection, rooms),
    receive: () => ({
      kind: 'refused',
      status: 400,
      error: 'no_webhook',
      operator: '演示场没有回调地址，只在网页里收消息。',
    }),
    answer: () => ({}),
    deliver(out) {
      const known = done.get(out.uuid);
      const delivery = known ?? carryOut(rooms, out);
      // Only what happened is remembered: a failed call may be tried again under the same uuid.
      if (delivery.status === 'sent') done.set(out.uuid, delivery);
      return Promise.resolve(delivery);
    },
    chatMembers: (chatId) =>
      Promise.resolve(
        (rooms.chat(chatId)?.members ?? []).map((id) => ({ id, name: rooms.person(id)?.name ?? '' })),
      ),
    state: () => ({ up: true, detail: '演示场' }),
  };
}

function carryOut(rooms: Rooms, out: Outbound): Delivery {
  if (out.kind === 'update' || out.kind === 'recall' || out.kind === 'react') return touch(rooms, out);
  const chatId = out.target.type === 'user' ? rooms.privateChatId(out.target.id) : out.target.id;
  if (!rooms.chat(chatId))
    return { status: 'failed', code: 'no_chat', reason: `没有这个会话：${out.target.type}` };
  const parent = out.kind === 'reply' && out.messageId ? rooms.message(out.messageId) : undefined;
  // Decision 40: a recalled parent makes a plain send of a reply.
  const replyTo = parent && !parent.recalled ? parent.id : undefined;
  const content =
    out.plain && 'card' in out.content ? { text: renderPlain(out.content.card, out.ways) } : out.content;
  const message = rooms.post({ chatId, from: null, content, replyTo });
  return { status: 'sent', messageId: message.id, chatId };
}

/** Update, recall, react. An update older than what stands is a success without effect (decision 39). */
function touch(rooms: Rooms, out: Outbound): Delivery {
  const message = out.messageId ? rooms.message(out.messageId) : undefined;
  if (!message) return { status: 'failed', code: 'no_message', reason: '没有这条消息' };
  if (message.recalled && out.kind !== 'recall')
    return { status: 'failed', code: 'recalled', reason: '这条消息已撤回' };
  if (out.kind === 'update') rooms.change(message.id, out.content, out.version);
  else if (out.kind === 'recall') rooms.recall(message.id);
  else rooms.react(message.id, 'text' in out.content ? out.content.text : out.content.card.title);
  return { status: 'sent', messageId: message.id, chatId: message.chatId };
}
