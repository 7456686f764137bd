import type { IncomingMessage, ServerResponse } from 'node:http';
import { addressOf } from './address.ts';
import type { Acked } from './metrics.ts';
import { BODY_MAX, type Push, type Pushes } from './push.ts';

/** Takes a request off the server; false: it is for somebody else, and nothing of it has been read. */
export type Direct = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

/** A path that means itself: nothing encoded, nothing to tidy up, no parameters. */
const PLAIN = /^[\w/-]+$/;

/**
 * Pushes straight off node:http: the app's way costs half as much again as verifying, decrypting and reading an event.
 * Only what a platform sends every time, a POST of declared length to a plain address; all else goes the app's way.
 */
export function directly(pushes: Pushes, acked?: Acked): Direct {
  return (incoming, outgoing) => {
    const { method, url = '', headers } = incoming;
    if (method !== 'POST' || !PLAIN.test(url)) return false;
    // A declared length is believed, for the server holds the sender to it.
    const length = headers['content-length'];
    if (length === undefined || Number(length) > BODY_MAX) return false;
    const address = addressOf(url);
    if (!address) return false;

    const began = performance.now();
    readBody(incoming, (body) => {
      const push = { headers: headers as Push['headers'], body };
      void pushes(address, push).then(({ status, body: text }) => {
        outgoing.writeHead(status, {
          'Content-Type': 'application/json',
          'Content-Length': Buffer.byteLength(text),
        });
        outgoing.end(text);
        acked?.(address.name, status, (performance.now() - began) / 1000);
      });
    });
    return true;
  };
}

/** A sender who breaks off in the middle gets the same answer as one who sends nothing: it is no event. */
function readBody(incoming: IncomingMessage, done: (body: Uint8Array) => void): void {
  const parts: Buffer[] = [];
  incoming.on('data', (part: Buffer) => parts.push(part));
  incoming.on('end', () => {
    const [only] = parts;
    done(only && parts.length === 1 ? only : Buffer.concat(parts));
  });
  incoming.on('close', () => {
    if (!incoming.readableEnded) done(new Uint8Array());
  });
}
