import type { FC } from 'hono/jsx';
import { BOT_NAME, type PlaygroundChat } from '../../platforms/playground/index.ts';
import type { CommandHint } from './host.ts';
import { MessageView } from './message-view.tsx';
import type { PageProps } from './page-props.ts';

/** What the page opens with; older ones have scrolled out of mind. */
const SHOWN = 150;

/** The bot's menu in private chat, on both real platforms too (cards.md). */
const MENU: readonly { key: string; label: string }[] = [
  { key: 'visit', label: '记走访' },
  { key: 'mine', label: '待我办' },
  { key: 'help', label: '帮助' },
];

interface PaneProps extends PageProps {
  chat: PlaygroundChat;
  isActive: boolean;
  isFront: boolean;
  commands: readonly CommandHint[];
}

/** One chat: its messages and its composer. */
export const Pane: FC<PaneProps> = ({ playground, personas, viewer, chat, isActive, isFront, commands }) => {
  const { rooms } = playground;
  const isPrivate = chat.type === 'p2p';
  const classes = ['pane', `is-${chat.type}`, isActive ? 'is-active' : '', isFront ? 'is-front' : '']
    .filter(Boolean)
    .join(' ');
  const examples = commands.filter((command) => command.example !== command.word).slice(0, 2);
  return (
    <section class={classes} data-chat={chat.id} aria-label={isPrivate ? `与${BOT_NAME}私聊` : chat.name}>
      <header class="pane-head">
        <h2>{isPrivate ? BOT_NAME : chat.name}</h2>
        <p>{isPrivate ? '只有您看得见' : `${chat.members.length}人`}</p>
      </header>
      <ol class="messages" role="log" aria-live="polite" aria-label="消息">
        {rooms
          .messages(chat.id)
          .slice(-SHOWN)
          .map((message) => (
            <MessageView message={message} viewer={viewer.id} personas={personas} rooms={rooms} />
          ))}
      </ol>
      <p class="empty">{isPrivate ? '办完事的回执、要您办的事，都会发到这里。' : '这里还没有消息。'}</p>
      <form class="composer" data-composer={chat.id}>
        <div
          class="completion"
          id={`list-${chat.id}`}
          role="listbox"
          tabIndex={-1}
          aria-label="可以这样发"
          hidden
        >
          {commands.map((command, index) => (
            <div
              id={`opt-${chat.id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected="false"
              data-word={command.word}
              data-example={command.example}
            >
              <strong>{command.example}</strong>
              <span>{command.hint}</span>
            </div>
          ))}
        </div>
        <div class="chips">
          {isPrivate
            ? MENU.map((item) => (
                <button type="button" class="chip" data-menu={item.key}>
                  {item.label}
                </button>
              ))
            : null}
          {examples.map((command) => (
            <button type="button" class="chip is-example" data-fill={command.example}>
              {command.example}
            </button>
          ))}
          {isPrivate ? null : (
            <button type="button" class="chip" data-insert={`@${BOT_NAME} `}>
              @{BOT_NAME}
            </button>
          )}
        </div>
        <div class="write">
          <label class="sr-only" for={`text-${chat.id}`}>
            发到{isPrivate ? '私聊' : chat.name}
          </label>
          <textarea
            id={`text-${chat.id}`}
            rows={1}
            maxlength={4000}
            autocomplete="off"
            role="combobox"
            aria-autocomplete="list"
            aria-expanded="false"
            aria-controls={`list-${chat.id}`}
            placeholder={isPrivate ? '直接说，不用打斜杠' : '打 / 看看能做什么'}
          ></textarea>
          <button type="submit" class="button is-primary send">
            发送
          </button>
        </div>
      </form>
    </section>
  );
};
