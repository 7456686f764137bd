import type { Context, Handler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Log } from '../lib/log.ts';
import type { RawRequest } from '../platforms/platform.ts';
import { type Address, addressOf } from './address.ts';
import { BODY_MAX, type Pushes } from './push.ts';

/** The platforms' addresses in the app: the Worker's way in, and on Node that of whatever `direct.ts` leaves alone. */
export function webhook(pushes: Pushes, log: Log): Handler {
  const tooLarge = bodyLimit({
    maxSize: BODY_MAX,
    onError: (c) => {
      log.warn({ path: c.req.path }, '请求体超过1MiB，已拒收');
      return c.json({ error: 'too_large' }, 413);
    },
  });

  async function answer(c: Context, address: Address): Promise<Response> {
    const push = { headers: headersOf(c), query: c.req.query(), body: await readBody(c) };
    const { status, body } = await pushes(address, push);
    return c.body(body, status, { 'Content-Type': 'application/json' });
  }

  return async (c) => {
    const address = addressOf(c.req.path);
    if (!address) return c.notFound();
    // A declared length is believed, for the server holds the sender to it; only a body without one is counted as it comes.
    const length = headersOf(c)['content-length'];
    if (length !== undefined && Number(length) <= BODY_MAX) return answer(c, address);
    let answered: Response | undefined;
    const refused = await tooLarge(c, async () => {
      answered = await answer(c, address);
    });
    return refused ?? answered ?? c.notFound();
  };
}

/** Node has the headers as a plain object already; building the standard's from it costs more than the signature. */
function headersOf(c: Context): RawRequest['headers'] {
  const { incoming } = (c.env ?? {}) as { incoming?: { headers: RawRequest['headers'] } };
  return incoming?.headers ?? c.req.header();
}

/** A sender who breaks off in the middle gets the same answer as one who sends nothing: it is no event. */
async function readBody(c: Context): Promise<Uint8Array> {
  try {
    return new Uint8Array(await c.req.arrayBuffer());
  } catch {
    return new Uint8Array();
  }
}
