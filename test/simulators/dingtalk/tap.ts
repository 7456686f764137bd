import { dtmdText } from './content.ts';
import { buttonsOf, pick } from './face.ts';
import type { Push } from './push.ts';
import { say } from './say.ts';
import type { State } from './state.ts';
import type { SimMessage, SimUser, TapOutcome } from './types.ts';

/**
 * A tap on a link or a link button. `dtmd://` makes the person say its text in that chat, where the client knows how
 * (dingtalk.md 4.6); in a group that reaches the bot only if the text itself begins with the bot's @.
 */
export async function tap(
  state: State,
  push: Push,
  user: SimUser,
  message: SimMessage,
  what: string,
): Promise<TapOutcome> {
  const chat = state.chats.get(message.chatId);
  if (!chat?.members.has(user.staffId)) throw new Error(`${user.name} does not see this message`);
  if (message.deleted) throw new Error('the message is recalled');
  const button = pick(buttonsOf(state, message, user.staffId), what);
  if (!button) throw new Error(`nothing to tap named ${what}:\n${JSON.stringify(message.content)}`);
  if (button.url === undefined) throw new Error(`${button.label} calls back: press it`);
  const text = dtmdText(button.url);
  if (text === undefined) return { kind: 'url', url: button.url };
  if (state.dtmd === 'none' || (state.dtmd === 'markdown' && message.msgType !== 'markdown'))
    return { kind: 'nothing' };
  const at = chat.type === 'group' && text.startsWith(`@${state.bot.name}`);
  return { kind: 'said', text, delivery: await say(state, push, user, chat, text, { at }) };
}
