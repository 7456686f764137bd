import type { FC } from 'hono/jsx';
import { dayOf, sayDate, sayTime } from '../../lib/day.ts';
import { BOT_NAME, type RoomMessage, type Rooms } from '../../platforms/playground/index.ts';
import { CardView } from './card-view.tsx';
import type { Persona } from './persona.ts';

interface Props {
  message: RoomMessage;
  /** Whose eyes. */
  viewer: string;
  personas: readonly Persona[];
  rooms: Rooms;
}

/** One message in a chat. `data-n` orders, `data-day` lets the page put a date between two days. */
export const MessageView: FC<Props> = ({ message, viewer, personas, rooms }) => {
  const author = personas.find((persona) => persona.id === message.from);
  const side = message.from === null ? 'bot' : message.from === viewer ? 'mine' : 'other';
  const name = message.from === null ? BOT_NAME : (author?.name ?? '');
  const common = { id: message.id, 'data-n': message.n, 'data-day': sayDate(dayOf(message.at)) };
  if (message.recalled) {
    return (
      <li class="message is-recalled" {...common}>
        <p>{side === 'mine' ? '您' : name}撤回了一条消息</p>
      </li>
    );
  }
  return (
    <li class={`message is-${side}`} {...common}>
      <span class="avatar" aria-hidden="true">
        {message.from === null ? '连' : name.slice(-1)}
      </span>
      <div class="message-main">
        <p class="message-from">
          <span class="message-name">{name}</span>
          {author && side === 'other' ? <span class="message-title">{author.title}</span> : null}
          {side === 'mine' ? (
            <button type="button" class="recall" data-recall={message.id}>
              撤回
            </button>
          ) : null}
          <time>{sayTime(message.at)}</time>
        </p>
        <Quoted message={message} rooms={rooms} personas={personas} />
        {'card' in message.content ? (
          <CardView card={message.content.card} id={`c-${message.id}`} />
        ) : (
          <div class="bubble">
            {message.from === null ? linked(message.content.text) : message.content.text}
          </div>
        )}
        {message.reactions.length > 0 ? (
          <p class="reactions">
            {message.reactions.map((reaction) => (
              <span class="reaction">{reaction}</span>
            ))}
          </p>
        ) : null}
      </div>
    </li>
  );
};

/** The bot's links can be tapped, as on the real platforms; what people type stays words. */
function linked(text: string) {
  return text.split(/(https?:\/\/\S+)/u).map((part, index) =>
    index % 2 === 1 ? (
      <a href={part} target="_blank" rel="noreferrer">
        {part.slice(0, 48)}…
      </a>
    ) : (
      part
    ),
  );
}

const Quoted: FC<Pick<Props, 'message' | 'rooms' | 'personas'>> = ({ message, rooms, personas }) => {
  const parent = message.replyTo ? rooms.message(message.replyTo) : undefined;
  if (!parent || parent.recalled) return null;
  const name = personas.find((persona) => persona.id === parent.from)?.name ?? BOT_NAME;
  const text = 'text' in parent.content ? parent.content.text : parent.content.card.title;
  return (
    <p class="replied">
      {name}：{text.slice(0, 60)}
    </p>
  );
};

/** The message as an HTML fragment, for the stream. */
export function messageHtml(props: Props): string {
  return (<MessageView {...props} />).toString();
}
