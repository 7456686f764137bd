import { type CheckedContent, checkContent } from './content.ts';
import { ApiError, badField } from './errors.ts';
import { type Chat, privateChat, type State } from './state.ts';
import type { Json, JsonObject, SimMessage } from './types.ts';

const UUID_WINDOW_MS = 3_600_000;
const UPDATE_WINDOW_MS = 14 * 86_400_000;
const RECALL_WINDOW_MS = 86_400_000;
const MAX_EDITS = 20;

export interface Draft {
  chat: Chat;
  msgType: string;
  checked: CheckedContent;
  raw: string;
  uuid?: string;
  replyTo?: SimMessage;
  inThread?: boolean;
}

/** The chat a message to this id goes to; throws what the platform answers if it cannot (feishu.md 4.4). */
export function resolveTarget(state: State, type: string, id: Json | undefined): Chat {
  if (typeof id !== 'string' || id === '') throw badField('receive_id', 'receive_id is required');
  if (type === 'chat_id') {
    const chat = state.chats.get(id);
    if (!chat) throw new ApiError(230034);
    reachable(state, chat);
    return chat;
  }
  if (type !== 'open_id' && type !== 'union_id') {
    if (['user_id', 'email'].includes(type))
      throw new ApiError(230034, `${type} is not available to this app`);
    throw badField('receive_id_type', `invalid value ${type}`);
  }
  const person = [...state.people.values()].find(
    (each) => (type === 'open_id' ? each.openId : each.unionId) === id,
  );
  if (!person) throw new ApiError(/^o[un]_/.test(id) ? 99992351 : 230034);
  const chat = privateChat(state, person.openId);
  reachable(state, chat);
  return chat;
}

/** Throws unless the bot may write into the chat. */
export function reachable(state: State, chat: Chat): void {
  if (chat.dissolved) throw new ApiError(232009);
  if (chat.type === 'group') {
    if (!chat.botIn) throw new ApiError(230002);
    return;
  }
  const reach = state.people.get(chat.openId ?? '')?.reach ?? 'unavailable';
  if (reach === 'unavailable') throw new ApiError(230013);
  if (reach === 'resigned') throw new ApiError(230029);
  if (reach === 'blocked') throw new ApiError(230053);
}

/** The message, or 99992354; recalled ones too. */
export function findMessage(state: State, id: string): SimMessage {
  const message = state.messages.find((each) => each.id === id);
  if (!message) throw new ApiError(99992354, id);
  return message;
}

export function chatOf(state: State, message: SimMessage): Chat {
  const chat = state.chats.get(message.chatId);
  if (!chat) throw new ApiError(232006);
  return chat;
}

function checkUuid(uuid: Json | undefined): string | undefined {
  if (uuid === undefined || uuid === null || uuid === '') return undefined;
  if (typeof uuid !== 'string' || uuid.length > 50) throw badField('uuid', 'the max len is 50');
  return uuid;
}

function store(state: State, draft: Draft): SimMessage {
  const { chat, checked, replyTo } = draft;
  const at = state.now();
  const message: SimMessage = {
    id: state.id('om_'),
    from: 'bot',
    senderId: state.appId,
    chatId: chat.id,
    chatType: chat.type,
    ...(chat.openId ? { openId: chat.openId } : {}),
    msgType: draft.msgType,
    content: checked.content,
    raw: draft.raw,
    ...(draft.uuid ? { uuid: draft.uuid } : {}),
    attempts: 1,
    createdAt: at,
    updatedAt: at,
    history: [{ at, via: 'create', content: checked.content }],
    edits: 0,
    deleted: false,
    ...(replyTo ? { replyTo: replyTo.id, rootId: replyTo.rootId ?? replyTo.id } : {}),
    inThread: draft.inThread ?? false,
    reactions: [],
    mentions: [],
    mentionsAll: checked.mentionsAll,
  };
  state.messages.push(message);
  state.changed();
  return message;
}

/** Sends into a chat, or returns the message already sent under the same uuid within the hour (4.2). */
export function send(state: State, chat: Chat, body: JsonObject, reply?: SimMessage): SimMessage {
  const uuid = checkUuid(body.uuid);
  if (typeof body.msg_type !== 'string') throw badField('msg_type', 'msg_type is required');
  if (typeof body.content !== 'string') throw badField('content', 'content is required');
  state.rate.target(`chat:${chat.id}`);
  const earlier = state.messages.find(
    (each) =>
      each.from === 'bot' &&
      uuid !== undefined &&
      each.uuid === uuid &&
      each.createdAt > state.now() - UUID_WINDOW_MS,
  );
  if (earlier) {
    earlier.attempts += 1;
    if (earlier.chatId !== chat.id)
      state.complaints.push(`uuid ${uuid} of one chat used again in another: nothing was sent`);
    return earlier;
  }
  const checked = checkContent(state, body.msg_type, body.content);
  return store(state, {
    chat,
    msgType: body.msg_type,
    checked,
    raw: body.content,
    ...(uuid ? { uuid } : {}),
    ...(reply ? { replyTo: reply, inThread: body.reply_in_thread === true } : {}),
  });
}

/** Replaces a card or text and keeps the old one in the history. */
export function revise(
  state: State,
  message: SimMessage,
  via: 'patch' | 'put' | 'callback' | 'delayed',
  checked: CheckedContent,
  raw: string,
): void {
  message.content = checked.content;
  message.raw = raw;
  message.mentionsAll ||= checked.mentionsAll;
  message.updatedAt = state.now();
  message.history.push({ at: message.updatedAt, via, content: checked.content });
  state.changed();
}

/** Throws if the card of this message can no longer be updated. */
export function updatable(state: State, message: SimMessage): void {
  if (message.deleted) throw new ApiError(230011);
  if (message.msgType !== 'interactive') throw new ApiError(230001, 'This message is NOT a card.');
  if (state.now() - message.createdAt > UPDATE_WINDOW_MS) throw new ApiError(230031);
}

/** PATCH: own cards, at most 14 days old (4.2). */
export function patchCard(state: State, message: SimMessage, body: JsonObject): void {
  if (message.from !== 'bot') throw new ApiError(230012);
  updatable(state, message);
  reachable(state, chatOf(state, message));
  if (typeof body.content !== 'string') throw badField('content', 'content is required');
  for (const key of Object.keys(body)) if (key !== 'content') throw badField(key, 'unknown field');
  state.rate.target(`message:${message.id}`);
  revise(state, message, 'patch', checkContent(state, 'interactive', body.content), body.content);
}

/** PUT: own text or post, at most 20 times (4.2). */
export function editText(state: State, message: SimMessage, body: JsonObject): void {
  if (message.from !== 'bot') throw new ApiError(230071);
  if (message.deleted) throw new ApiError(230011);
  if (!['text', 'post'].includes(message.msgType)) throw new ApiError(230054);
  if (body.msg_type !== message.msgType) throw new ApiError(230001, 'msg_type differs from the message');
  if (message.edits >= MAX_EDITS) throw new ApiError(230072);
  reachable(state, chatOf(state, message));
  const checked = checkContent(state, body.msg_type, body.content);
  state.rate.target(`message:${message.id}`);
  message.edits += 1;
  revise(state, message, 'put', checked, String(body.content));
}

/** DELETE: own messages within the window, other people's only where the bot manages the group (4.2). */
export function recall(state: State, message: SimMessage): void {
  const chat = chatOf(state, message);
  if (message.deleted) throw new ApiError(230110);
  if (chat.type === 'group') reachable(state, chat);
  if (message.from !== 'bot' && !(chat.type === 'group' && chat.botManager)) throw new ApiError(230026);
  if (state.now() - message.createdAt > RECALL_WINDOW_MS) throw new ApiError(230009);
  message.deleted = true;
  message.deletedBy = state.appId;
  state.changed();
}

/** A message as create, reply, update and get answer it (3.4). */
export function asData(state: State, message: SimMessage): JsonObject {
  const bot = message.from === 'bot';
  return {
    message_id: message.id,
    ...(message.rootId ? { root_id: message.rootId, parent_id: message.replyTo ?? message.rootId } : {}),
    msg_type: message.msgType,
    create_time: String(message.createdAt),
    update_time: String(message.updatedAt),
    deleted: message.deleted,
    updated: message.history.length > 1,
    chat_id: message.chatId,
    sender: {
      id: message.senderId,
      id_type: bot ? 'app_id' : 'open_id',
      sender_type: bot ? 'app' : 'user',
      tenant_key: state.tenantKey,
    },
    body: { content: message.deleted ? '{"text":"This message was recalled"}' : message.raw },
    ...(message.mentions.length > 0
      ? {
          mentions: message.mentions.map((each) => ({
            key: each.key,
            id: each.openId,
            id_type: 'open_id',
            name: each.name,
            tenant_key: state.tenantKey,
          })),
        }
      : {}),
  };
}
