import type { SSEStreamingApi } from 'hono/streaming';
import type { Playground } from '../../platforms/playground/index.ts';
import { type Passed, sayMoment, steps } from './forward.ts';
import type { PlaygroundHost } from './host.ts';
import { messageHtml } from './message-view.tsx';
import type { Persona } from './persona.ts';

/** Keeps proxies from closing an idle stream, and the page's clock and step labels right. */
const HEARTBEAT_MS = 20_000;

/** The open pages. One stream a page, for one person: he hears only of his own chats. */
export interface Streams {
  /** Feeds one page until it goes away. `since` is `<epoch>-<seq>` of what the page already shows. */
  serve(stream: SSEStreamingApi, viewer: Persona, since: string | undefined): Promise<void>;
  /** Tells every page of a stop during fast-forward. */
  progress(passed: Passed): void;
  /** Tells every page that the clock was moved. */
  clockMoved(): void;
  cursor(): string;
  /** Ends every stream, so that the server can stop (issue 2, point 1). */
  close(): void;
}

/** `epoch` names this life of the room: a page from an earlier one is told to load anew. */
export function createStreams(options: {
  playground: Playground;
  host: PlaygroundHost;
  personas: readonly Persona[];
  epoch: string;
}): Streams {
  const { playground, host, personas, epoch } = options;
  const { rooms } = playground;
  const everyone = new Set<(event: string, data: unknown) => void>();
  const enders = new Set<() => void>();
  let closed = false;
  const cursor = (): string => `${epoch}-${rooms.cursor()}`;
  const clock = () => ({
    now: host.clock.now(),
    steps: steps(host.clock.now()).map(({ key, label }) => ({ key, label })),
  });

  return {
    cursor,
    progress(passed) {
      const sent = passed.sent > 0 ? `送出${passed.sent}条` : '没有要送的';
      const failed = passed.failed > 0 ? `，${passed.failed}条没送到` : '';
      for (const push of everyone)
        push('progress', { text: `已到${sayMoment(passed.at)}，${sent}${failed}` });
    },
    clockMoved() {
      for (const push of everyone) push('clock', clock());
    },
    close() {
      closed = true;
      for (const end of [...enders]) end();
    },
    async serve(stream, viewer, since) {
      if (closed) return;
      const queue: { event: string; data: string; id: string }[] = [];
      let wake = (): void => {};
      let open = true;
      const push = (event: string, data: unknown): void => {
        queue.push({ event, data: JSON.stringify(data), id: cursor() });
        wake();
      };
      const end = (): void => {
        open = false;
        wake();
      };
      const chats = rooms.chatsOf(viewer.id);
      const mine = new Set(chats.map((chat) => chat.id));
      let marksStale = false;
      const marks = (): void => {
        if (marksStale) return;
        marksStale = true;
        // Many messages at once make one event.
        setImmediate(() => {
          marksStale = false;
          push('marks', readingMarks(playground, viewer));
        });
      };
      const unsubscribe = rooms.subscribe((event) => {
        if (event.kind === 'message' && mine.has(event.message.chatId)) {
          push('message', fragment(event.message.id));
        }
        marks();
      });
      const fragment = (id: string) => {
        const message = rooms.message(id);
        if (!message) return null;
        return {
          chat: message.chatId,
          id,
          html: messageHtml({ message, viewer: viewer.id, personas, rooms }),
        };
      };

      const [page, seq] = splitCursor(since);
      if (page !== epoch) push('reload', {});
      else {
        const missed = chats
          .flatMap((chat) => rooms.messages(chat.id))
          .filter((message) => message.seq > seq);
        for (const message of missed.sort((a, b) => a.n - b.n)) push('message', fragment(message.id));
      }
      push('clock', clock());
      push('marks', readingMarks(playground, viewer));

      const heartbeat = setInterval(() => push('clock', clock()), HEARTBEAT_MS);
      everyone.add(push);
      enders.add(end);
      stream.onAbort(end);
      try {
        while (open) {
          const next = queue.shift();
          if (next) await stream.writeSSE(next);
          else {
            await new Promise<void>((resolve) => {
              wake = resolve;
              if (queue.length > 0 || !open) resolve();
            });
          }
        }
      } finally {
        clearInterval(heartbeat);
        unsubscribe();
        everyone.delete(push);
        enders.delete(end);
      }
    },
  };
}

/** Unread counts: the viewer's own chats, and for everybody what waits in private. */
function readingMarks(
  playground: Playground,
  viewer: Persona,
): { chats: Record<string, number>; people: Record<string, number> } {
  const { rooms } = playground;
  return {
    chats: Object.fromEntries(
      rooms.chatsOf(viewer.id).map((chat) => [chat.id, rooms.unread(viewer.id, chat.id)]),
    ),
    people: Object.fromEntries(
      rooms.people.map((person) => [person.id, rooms.unread(person.id, rooms.privateChatId(person.id))]),
    ),
  };
}

function splitCursor(text: string | undefined): [string, number] {
  const cut = text?.lastIndexOf('-') ?? -1;
  if (!text || cut < 0) return ['', 0];
  const seq = Number(text.slice(cut + 1));
  return Number.isSafeInteger(seq) ? [text.slice(0, cut), seq] : ['', 0];
}
