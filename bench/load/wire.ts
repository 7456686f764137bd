import { connect, type Socket } from 'node:net';
import type { Packed } from './events.ts';

/** One keep-alive connection that carries one request at a time; written by hand, for a client must cost less than the server. */
export interface Wire {
  post(request: Packed): Promise<Answered>;
  close(): void;
}

export interface Answered {
  /** 0 when the connection broke. */
  status: number;
  /** The bytes of the body, as Latin-1. */
  body: string;
}

export async function openWire(port: number): Promise<Wire> {
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  let waiting: ((answered: Answered) => void) | null = null;
  let held = '';
  socket.on('data', (bytes) => {
    held += bytes.toString('latin1');
    const end = endOf(held);
    if (end === null) return;
    const answered = {
      status: Number(held.slice(9, 12)),
      body: held.slice(held.indexOf('\r\n\r\n') + 4, end),
    };
    held = held.slice(end);
    const done = waiting;
    waiting = null;
    done?.(answered);
  });
  const broken = (): void => {
    waiting?.({ status: 0, body: '' });
    waiting = null;
  };
  socket.on('error', broken);
  socket.on('close', broken);
  return {
    post: (request) =>
      new Promise((resolve) => {
        waiting = resolve;
        if (socket.destroyed) broken();
        else socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}

/** Where the first whole answer ends, or null when more has to come. */
function endOf(text: string): number | null {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return null;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, head + 2));
  if (length) {
    const end = head + 4 + Number(length[1]);
    return text.length >= end ? end : null;
  }
  const last = text.indexOf('\r\n0\r\n\r\n', head);
  return last < 0 ? null : last + 7;
}
