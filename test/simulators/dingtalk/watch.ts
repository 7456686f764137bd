import { textOf } from './face.ts';
import { privateChat, type State } from './state.ts';
import type { ChatView, SimMessage } from './types.ts';

const TITLED = ['markdown', 'actionCard', 'card'];

/** A chat as one person sees it: cards for some only are left out for others. */
export function chatView(state: State, chatId: string, viewer?: string): ChatView {
  const sees = ({ card }: SimMessage): boolean =>
    viewer === undefined || !card?.recipients || card.recipients.includes(viewer);
  const messages = state.messages.filter(
    (each) => each.chatId === chatId && each.from === 'bot' && !each.deleted && sees(each),
  );
  const cards = (): SimMessage[] => messages.filter((each) => TITLED.includes(each.msgType));
  const text = (each: SimMessage): string => textOf(state, each, viewer ?? each.staffId);
  return {
    id: chatId,
    messages,
    texts: () => messages.map(text),
    cards,
    last: () => messages.at(-1),
    lastCard: () => cards().at(-1),
    lastText: () => {
      const last = messages.at(-1);
      return last && text(last);
    },
  };
}

export function privateView(state: State, staffId: string): ChatView {
  return chatView(state, privateChat(state, staffId).id, staffId);
}

function dump(state: State): string {
  const lines = state.messages.map((each) => {
    const who = each.from === 'bot' ? 'bot' : (state.people.get(each.senderId)?.name ?? each.senderId);
    const chat = state.chats.get(each.chatId);
    const where =
      chat?.type === 'p2p'
        ? `private ${state.people.get(chat.staffId ?? '')?.name}`
        : (chat?.name ?? each.chatId);
    return `[${where}] ${who}: ${textOf(state, each)}${each.deleted ? ' (recalled)' : ''}`;
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
