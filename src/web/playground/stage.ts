import type { Answer } from '../../platforms/platform.ts';
import type { Playground, RoomMessage } from '../../platforms/playground/index.ts';
import type { PlaygroundHost } from './host.ts';
import type { PressBody } from './requests.ts';

export type Toast = NonNullable<Answer['toast']>;

/** The acts of people in the room, as the routes and the made-up history use them. */
export interface Stage {
  /** Posts the line and hands it to the office; null = fine, else what went wrong. */
  say(line: { as: string; chat: string; text: string; replyTo?: string | undefined }): Promise<Toast | null>;
  /** Presses a button or sends a form; the answer's card takes the pressed one's place. */
  press(press: PressBody): Promise<Toast | null>;
  menu(as: string, key: string): Promise<Toast | null>;
  /** Takes one's own message back. */
  recall(as: string, messageId: string): Promise<Toast | null>;
}

const NOT_KEPT: Toast = { text: '这条还没记上，请再发一次。', tone: 'bad' };

export function createStage(playground: Playground, host: PlaygroundHost): Stage {
  const { rooms, acts } = playground;
  const visible = (as: string, messageId: string): RoomMessage | null => {
    const message = rooms.message(messageId);
    return message && rooms.chat(message.chatId)?.members.includes(as) ? message : null;
  };
  /** A rejected delivery is decision 1's 503: nothing was kept, the person is told. */
  const deliver = async (inbound: Parameters<PlaygroundHost['deliver']>[0]): Promise<Answer | null> => {
    try {
      return await host.deliver(inbound);
    } catch {
      return null;
    }
  };

  return {
    async say({ as, chat, text, replyTo }) {
      if (!rooms.chat(chat)?.members.includes(as)) return { text: '您不在这个群里。', tone: 'bad' };
      const message = rooms.post({ chatId: chat, from: as, content: { text }, replyTo });
      return (await deliver(acts.message(message, text))) ? null : NOT_KEPT;
    },
    async press({ as, message: messageId, action, value, form }) {
      const message = visible(as, messageId);
      if (!message || message.recalled) return { text: '这张卡片已经不在了。', tone: 'bad' };
      const answer = await deliver(
        acts.action({ by: as, messageId, chatId: message.chatId, at: host.clock.now(), action, value, form }),
      );
      if (!answer) return { text: '没有办成，请再点一次。', tone: 'bad' };
      if (answer.card) rooms.change(messageId, { card: answer.card });
      return answer.toast ?? null;
    },
    async menu(as, key) {
      return (await deliver(acts.menu(as, key, host.clock.now()))) ? null : NOT_KEPT;
    },
    async recall(as, messageId) {
      const message = visible(as, messageId);
      if (message?.from !== as || !rooms.recall(messageId))
        return { text: '只能撤回自己发的。', tone: 'bad' };
      return (await deliver(acts.recall(message, host.clock.now()))) ? null : NOT_KEPT;
    },
  };
}
