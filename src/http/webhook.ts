import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Log } from '../lib/log.ts';
import type { Platform, RawRequest } from '../platforms/platform.ts';
import { accepting, type EventSink, isCommitFailed } from './accept.ts';

/** Who takes the pushes of one address. */
export interface Target {
  platform: Platform;
  sink: EventSink;
}

interface WebhookOptions {
  /** Which of the platform's addresses this is, where it has several. */
  route?: RawRequest['route'];
  /** Undefined: the platform, or the office of that path, is off, and so is its address. */
  target: (c: Context) => Target | undefined | Promise<Target | undefined>;
  now: () => number;
  log: Log;
}

/** Decision 1: more than this is not an event. */
const BODY_MAX = 1024 * 1024;

/**
 * The transport policy of every platform, for both hosts (decision 1): raw bytes in, and out one of
 * 200, 400, 401, 404, 413, 503. The platform verifies and words the answers; the office decides.
 */
export function webhook({ route, target, now, log }: WebhookOptions): Hono {
  const tooLarge = bodyLimit({
    maxSize: BODY_MAX,
    onError: (c) => {
      log.warn({ path: c.req.path }, '请求体超过1MiB，已拒收');
      return c.json({ error: 'too_large' }, 413);
    },
  });

  /** A declared length is believed, for the server holds the sender to it; only a body without one is counted as it comes. */
  const limited: MiddlewareHandler = (c, next) => {
    const length = headersOf(c)['content-length'];
    return length !== undefined && Number(length) <= BODY_MAX ? next() : tooLarge(c, next);
  };

  return new Hono().post('/', limited, async (c) => {
    const found = await target(c);
    if (!found) return c.json({ error: 'platform_off' }, 404);
    const { platform, sink } = found;
    const accept = accepting(sink, log);
    const request: RawRequest = {
      route,
      headers: headersOf(c),
      query: c.req.query(),
      body: await readBody(c),
      now: now(),
    };
    const received = platform.receive(request);
    if (received.kind === 'refused') {
      const { status, error, operator } = received;
      // Not `error`: there the log expects something thrown, and would name its type.
      log.warn({ platform: platform.name, status, code: error }, operator);
      return c.json({ error }, status);
    }
    if (received.kind === 'challenge') return c.json(received.body as object);
    try {
      return c.json(platform.answer(received.inbound, await accept(received.inbound), request) as object);
    } catch (error) {
      if (isCommitFailed(error)) return c.json({ error: 'unavailable' }, 503);
      throw error;
    }
  });
}

/** Node has the headers as a plain object already; building the standard's from it costs more than the signature. */
function headersOf(c: Context): Record<string, string | undefined> {
  const { incoming } = (c.env ?? {}) as {
    incoming?: { headers: Record<string, string | string[] | undefined> };
  };
  return (incoming?.headers as Record<string, string | undefined> | undefined) ?? c.req.header();
}

/** A sender who breaks off in the middle gets the same answer as one who sends nothing: it is no event. */
async function readBody(c: Context): Promise<Uint8Array> {
  try {
    return new Uint8Array(await c.req.arrayBuffer());
  } catch {
    return new Uint8Array();
  }
}
