import { cardText } from './card-read.ts';
import { isObject } from './card-rules.ts';
import { privateChat, type State } from './state.ts';
import type { ChatView, Json, SimMessage } from './types.ts';

function postText(content: Json): string {
  const bodies = isObject(content) ? ('content' in content ? [content] : Object.values(content)) : [];
  return bodies
    .filter(isObject)
    .flatMap((body) => [
      String(body.title ?? ''),
      ...(Array.isArray(body.content) ? body.content : []).map((line) =>
        (Array.isArray(line) ? line : [])
          .filter(isObject)
          .map((node) => String(node.text ?? node.user_name ?? ''))
          .join(''),
      ),
    ])
    .filter((line) => line !== '')
    .join('\n');
}

/** What a reader of the chat sees of a message. */
export function messageText(message: SimMessage): string {
  if (message.msgType === 'interactive') return cardText(message.content);
  if (message.msgType === 'post') return postText(message.content);
  if (isObject(message.content) && typeof message.content.text === 'string') {
    return message.content.text.replace(
      /<at\s+user_id="([^"]*)"\s*>(.*?)<\/at>/g,
      (_, id: string, name: string) => `@${name || id}`,
    );
  }
  return `[${message.msgType}]`;
}

export function chatView(state: State, chatId: string): ChatView {
  const messages = state.messages.filter(
    (each) => each.chatId === chatId && each.from === 'bot' && !each.deleted,
  );
  const cards = (): SimMessage[] => messages.filter((each) => each.msgType === 'interactive');
  return {
    id: chatId,
    messages,
    texts: () => messages.map(messageText),
    cards,
    last: () => messages.at(-1),
    lastCard: () => cards().at(-1),
  };
}

export function privateView(state: State, openId: string): ChatView {
  return chatView(state, privateChat(state, openId).id);
}

function dump(state: State): string {
  const lines = state.messages.map((each) => {
    const who = each.from === 'bot' ? 'bot' : (state.people.get(each.senderId)?.name ?? each.senderId);
    const chat = state.chats.get(each.chatId);
    const where =
      chat?.type === 'p2p'
        ? `private ${state.people.get(chat.openId ?? '')?.name}`
        : (chat?.name ?? each.chatId);
    return `[${where}] ${who}: ${messageText(each)}${each.deleted ? ' (recalled)' : ''}`;
  });
  return [...lines, ...state.complaints.map((each) => `! ${each}`)].join('\n');
}

/** Resolves as soon as the predicate is truthy; looked at after every change and every 20 ms. */
export function waitFor<T>(
  state: State,
  predicate: () => T,
  options: { timeoutMs?: number; what?: string } = {},
): Promise<NonNullable<T>> {
  return new Promise((resolve, reject) => {
    let over = false;
    const end = (): void => {
      over = true;
      clearTimeout(timer);
      clearInterval(poll);
      state.watchers.delete(look);
    };
    const look = (): void => {
      if (over) return;
      try {
        const value = predicate();
        if (!value) return;
        end();
        resolve(value);
      } catch (error) {
        end();
        reject(error);
      }
    };
    const timer = setTimeout(() => {
      end();
      reject(new Error(`waited in vain for ${options.what ?? predicate.toString()}\n${dump(state)}`));
    }, options.timeoutMs ?? 5000);
    const poll = setInterval(look, 20);
    state.watchers.add(look);
    look();
  });
}
