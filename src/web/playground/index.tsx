import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { streamSSE } from 'hono/streaming';
import type { z } from 'zod';
import type { Playground } from '../../platforms/playground/index.ts';
import { readAsset } from './assets.ts';
import { fastForward, sayMoment, targetOf } from './forward.ts';
import { keepNoCopy, sameOrigin } from './guard.ts';
import type { PlaygroundHost } from './host.ts';
import { Page } from './page.tsx';
import type { Persona } from './persona.ts';
import { forwardBody, menuBody, pressBody, readBody, recallBody, sayBody } from './requests.ts';
import { createStage, type Stage, type Toast } from './stage.ts';
import { createStreams } from './stream.ts';

export type { PlaygroundHost } from './host.ts';
export type { Persona } from './persona.ts';

export interface PlaygroundWeb {
  /** Routes `/` and `/playground/*`; mount at the root, and only when no credentials are set. */
  readonly app: Hono;
  readonly stage: Stage;
  /** Ends the open streams; call before the server is closed. */
  close(): void;
}

/**
 * The playground's pages (architecture.md, "Two commands").
 * `epoch` names this start of the program; `place` is the made-up community's name.
 */
export function createPlaygroundWeb(options: {
  playground: Playground;
  host: PlaygroundHost;
  personas: readonly Persona[];
  epoch: string;
  place: string;
}): PlaygroundWeb {
  const { playground, host, personas, place } = options;
  const { rooms } = playground;
  const streams = createStreams(options);
  const stage = createStage(playground, host);
  const person = (id: string | undefined): Persona | undefined =>
    personas.find((persona) => persona.id === id);
  let moving = false;

  const app = new Hono();
  app.use('*', keepNoCopy);
  app.use('/playground/*', sameOrigin, bodyLimit({ maxSize: 256 * 1024 }));

  app.get('/', (c) => {
    const viewer = person(c.req.query('as')) ?? personas[0];
    if (!viewer) return c.notFound();
    const chats = rooms.chatsOf(viewer.id);
    const active = (chats.find((chat) => chat.id === c.req.query('chat')) ?? chats[0])?.id ?? '';
    const html = (
      <Page
        playground={playground}
        host={host}
        personas={personas}
        viewer={viewer}
        active={active}
        cursor={streams.cursor()}
        place={place}
      />
    );
    return c.html(`<!doctype html>${html}`);
  });

  app.get('/playground/assets/:name', async (c) => {
    const asset = await readAsset(c.req.param('name'));
    return asset
      ? c.body(asset.body, 200, { 'Content-Type': asset.type, 'Cache-Control': 'no-cache' })
      : c.notFound();
  });

  app.get('/playground/events', (c) => {
    const viewer = person(c.req.query('as'));
    if (!viewer) return c.notFound();
    const since = c.req.header('last-event-id') ?? c.req.query('since');
    c.header('X-Accel-Buffering', 'no');
    return streamSSE(c, (stream) => streams.serve(stream, viewer, since));
  });

  app.post('/playground/say', (c) => act(c, sayBody, (body) => stage.say(body)));
  app.post('/playground/press', (c) => act(c, pressBody, (body) => stage.press(body)));
  app.post('/playground/menu', (c) => act(c, menuBody, ({ as, key }) => stage.menu(as, key)));
  app.post('/playground/recall', (c) => act(c, recallBody, ({ as, message }) => stage.recall(as, message)));
  app.post('/playground/read', (c) =>
    act(c, readBody, async ({ as, chat }) => {
      rooms.markRead(as, chat);
      return null;
    }),
  );

  app.post('/playground/forward', (c) =>
    act(c, forwardBody, async (body) => {
      if (moving) return { text: '正在快进，请稍等。', tone: 'info' };
      const target = targetOf(body, host.clock.now());
      if ('refused' in target) return { text: target.refused, tone: 'bad' };
      moving = true;
      try {
        const sum = await fastForward(host, target.at, (passed) => {
          streams.clockMoved();
          streams.progress(passed);
        });
        return {
          text: `已到${sayMoment(sum.at)}${sum.sent > 0 ? `，共送出${sum.sent}条` : ''}`,
          tone: 'info',
        };
      } finally {
        moving = false;
        streams.clockMoved();
      }
    }),
  );

  return { app, stage, close: streams.close };
}

/** Checks the body, does the act, answers with the toast it gave. */
async function act<S extends z.ZodType>(
  c: Context,
  schema: S,
  run: (body: z.infer<S>) => Promise<Toast | null>,
): Promise<Response> {
  const body = schema.safeParse(await c.req.json().catch(() => null));
  if (!body.success) return c.json({ error: 'bad_request' }, 400);
  return c.json({ toast: await run(body.data) });
}
