import { ApiError, badParam } from './errors.ts';
import type { Chat, State } from './state.ts';
import type { Json, SimCard, SimMessage } from './types.ts';

/** The group a call names, if the bot may write there (dingtalk.md 5.2). */
export function groupOf(state: State, id: Json | undefined): Chat {
  if (typeof id !== 'string' || id === '') throw badParam('openConversationId', 'missing');
  const chat = state.chats.get(id);
  if (chat?.type !== 'group') throw new ApiError('invalid.openConversationId');
  if (chat.dissolved) throw new ApiError('group.disbanded');
  if (!chat.botIn) throw new ApiError('invalidParameter.robotCode.notExsit');
  if (chat.stopped) throw new ApiError('bot.stopped');
  return chat;
}

export function checkRobot(state: State, code: Json | undefined): void {
  if (typeof code !== 'string' || code === '') throw badParam('robotCode', 'missing');
  if (code !== state.robotCode) throw new ApiError('invalidParameter.robotCode.auth', code);
}

/** Puts a message of the bot into a chat. */
export function post(
  state: State,
  chat: Chat,
  message: {
    id: string;
    msgType: string;
    via: SimMessage['via'];
    content: Json;
    at?: string[];
    atAll?: boolean;
    card?: SimCard;
  },
): SimMessage {
  const at = state.now();
  const made: SimMessage = {
    id: message.id,
    from: 'bot',
    senderId: state.robotCode,
    chatId: chat.id,
    chatType: chat.type,
    ...(chat.staffId ? { staffId: chat.staffId } : {}),
    msgType: message.msgType,
    via: message.via,
    content: message.content,
    ...(message.card ? { card: message.card } : {}),
    createdAt: at,
    updatedAt: at,
    history: [{ at, via: 'create', content: message.content }],
    deleted: false,
    at: message.at ?? [],
    atAll: message.atAll ?? false,
  };
  state.messages.push(made);
  state.changed();
  return made;
}

const DAY = 86_400_000;

/** Recalls by processQueryKey (5.2): own messages of that place, private ones within 24 hours. */
export function recall(
  state: State,
  keys: Json | undefined,
  fits: (message: SimMessage) => boolean,
): { successResult: string[]; failedResult: Record<string, string> } {
  if (!Array.isArray(keys) || keys.length === 0 || keys.length > 20)
    throw badParam('processQueryKeys', 'one to twenty of them');
  const successResult: string[] = [];
  const failedResult: Record<string, string> = {};
  for (const key of keys.map(String)) {
    const found = state.messages.filter(
      (each) => each.id === key && each.from === 'bot' && !each.deleted && fits(each),
    );
    const late = found.some((each) => each.chatType === 'p2p' && state.now() - each.createdAt > DAY);
    if (found.length === 0) failedResult[key] = 'processQueryKey not found';
    else if (late) failedResult[key] = 'message too old';
    else {
      for (const each of found) each.deleted = true;
      successResult.push(key);
    }
  }
  state.changed();
  return { successResult, failedResult };
}
