import type { Content } from '../../../cards/card.ts';
import type { Clock } from '../../lib/clock.ts';
import type { PlaygroundChat, PlaygroundPerson, RoomEvent, RoomMessage } from './types.ts';

/** A chat keeps this many messages; the oldest fall away, so that a long demonstration does not grow without end. */
const KEPT_PER_CHAT = 400;

/** The chats of the playground, in memory: what a real platform keeps on its own servers. */
export interface Rooms {
  readonly people: readonly PlaygroundPerson[];
  person(id: string): PlaygroundPerson | undefined;
  chat(id: string): PlaygroundChat | undefined;
  /** Groups first, then the person's own chat with the bot; nobody sees another person's. */
  chatsOf(personId: string): PlaygroundChat[];
  privateChatId(personId: string): string;
  /** Oldest first. */
  messages(chatId: string): readonly RoomMessage[];
  message(id: string): RoomMessage | undefined;
  /** The highest `seq` given so far. */
  cursor(): number;
  post(draft: {
    chatId: string;
    from: string | null;
    content: Content;
    replyTo?: string | undefined;
  }): RoomMessage;
  /** Changes a message in place; false when there is none, it is recalled, or `version` is not newer. */
  change(id: string, content: Content, version?: number): boolean;
  recall(id: string): boolean;
  react(id: string, reaction: string): boolean;
  markRead(personId: string, chatId: string): void;
  /** Messages by others since the person last looked. */
  unread(personId: string, chatId: string): number;
  subscribe(listener: (event: RoomEvent) => void): () => void;
  /** The number of the next press, menu or recall; no two of these rooms have the same. */
  nextAct(): number;
  /** All there is, for rooms that go on from here. */
  past(): RoomsPast;
}

/** What was said, as plain data: it crosses to another process. */
export interface RoomsPast {
  /** In the order of posting. */
  messages: readonly RoomMessage[];
  lookedAt: readonly (readonly [string, number])[];
  posted: number;
  sequence: number;
  acts: number;
}

/** One set of chats for `people` (each gets a private one) and `groups`. `clock` stamps the messages; `past`: goes on from there. */
export function createRooms(
  people: readonly PlaygroundPerson[],
  groups: readonly Omit<PlaygroundChat, 'type'>[],
  clock: Clock,
  past?: RoomsPast,
): Rooms {
  const privateChatId = (personId: string): string => `p2p-${personId}`;
  const chats = new Map<string, PlaygroundChat>();
  for (const group of groups) chats.set(group.id, { ...group, type: 'group' });
  for (const person of people) {
    const id = privateChatId(person.id);
    chats.set(id, { id, name: '连心助手', type: 'p2p', members: [person.id] });
  }
  const byId = new Map<string, RoomMessage>();
  const byChat = new Map<string, RoomMessage[]>();
  const lookedAt = new Map<string, number>(past?.lookedAt);
  const listeners = new Set<(event: RoomEvent) => void>();
  let posted = past?.posted ?? 0;
  let sequence = past?.sequence ?? 0;
  let acts = past?.acts ?? 0;

  const tell = (event: RoomEvent): void => {
    for (const listener of [...listeners]) listener(event);
  };
  const put = (message: RoomMessage): RoomMessage => {
    byId.set(message.id, message);
    const list = byChat.get(message.chatId) ?? [];
    const at = list.findIndex((other) => other.id === message.id);
    if (at >= 0) list[at] = message;
    else list.push(message);
    for (const old of list.splice(0, Math.max(0, list.length - KEPT_PER_CHAT))) byId.delete(old.id);
    byChat.set(message.chatId, list);
    tell({ kind: 'message', message });
    return message;
  };
  const alter = (id: string, change: (message: RoomMessage) => Partial<RoomMessage> | null): boolean => {
    const message = byId.get(id);
    const altered = message && !message.recalled ? change(message) : null;
    if (!message || !altered) return false;
    sequence += 1;
    put({ ...message, ...altered, seq: sequence });
    return true;
  };

  for (const message of past?.messages ?? []) put(message);

  return {
    people,
    person: (id) => people.find((person) => person.id === id),
    chat: (id) => chats.get(id),
    chatsOf: (personId) => [...chats.values()].filter((chat) => chat.members.includes(personId)),
    privateChatId,
    messages: (chatId) => byChat.get(chatId) ?? [],
    message: (id) => byId.get(id),
    cursor: () => sequence,
    post({ chatId, from, content, replyTo }) {
      posted += 1;
      sequence += 1;
      const id = `pm-${posted}`;
      const message = put({
        id,
        chatId,
        n: posted,
        seq: sequence,
        at: clock.now(),
        from,
        content,
        version: 0,
        replyTo: replyTo ?? null,
        recalled: false,
        reactions: [],
      });
      if (from) lookedAt.set(`${from}/${chatId}`, posted);
      return message;
    },
    change: (id, content, version) =>
      alter(id, (message) => {
        const next = version ?? message.version;
        return version !== undefined && version <= message.version ? null : { content, version: next };
      }),
    recall: (id) => alter(id, () => ({ recalled: true, content: { text: '' }, reactions: [] })),
    react: (id, reaction) =>
      alter(id, (message) =>
        message.reactions.includes(reaction) ? null : { reactions: [...message.reactions, reaction] },
      ),
    markRead(personId, chatId) {
      const last = byChat.get(chatId)?.at(-1)?.n ?? 0;
      if ((lookedAt.get(`${personId}/${chatId}`) ?? 0) >= last) return;
      lookedAt.set(`${personId}/${chatId}`, last);
      tell({ kind: 'read', person: personId, chatId });
    },
    unread(personId, chatId) {
      const seen = lookedAt.get(`${personId}/${chatId}`) ?? 0;
      return (byChat.get(chatId) ?? []).filter(
        (message) => message.n > seen && message.from !== personId && !message.recalled,
      ).length;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    nextAct() {
      acts += 1;
      return acts;
    },
    past: () => ({
      messages: [...byId.values()].sort((a, b) => a.n - b.n),
      lookedAt: [...lookedAt],
      posted,
      sequence,
      acts,
    }),
  };
}
