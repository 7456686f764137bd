import { WebSocket } from 'ws';
import vectors from '../../fixtures/dingtalk-vectors.json' with { type: 'json' };
import type { DingTalkSim, JsonObject } from './index.ts';
import { closers } from './test-kit.ts';

export interface Frame {
  type: string;
  headers: Record<string, string>;
  data: string;
}

const OPEN = '/v1.0/gateway/connections/open';

export async function open(sim: DingTalkSim, more: object = {}, headers: Record<string, string> = {}) {
  return fetch(`${sim.baseUrl}${OPEN}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body: JSON.stringify({
      ...vectors.streamFrames.openRequest.body,
      clientId: sim.clientId,
      clientSecret: sim.clientSecret,
      ...more,
    }),
  });
}

/** A client as small as can be; what it answers a frame with, the test says. */
export async function connect(sim: DingTalkSim, answer: (frame: Frame) => unknown) {
  const { endpoint, ticket } = (await (await open(sim)).json()) as { endpoint: string; ticket: string };
  const url = `${endpoint}?ticket=${encodeURIComponent(ticket)}`;
  const socket = new WebSocket(url);
  const frames: Frame[] = [];
  closers.push(() => socket.terminate());
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data)) as Frame;
    frames.push(frame);
    const reply = answer(frame);
    if (reply !== undefined) socket.send(typeof reply === 'string' ? reply : JSON.stringify(reply));
  });
  await new Promise((done, fail) => socket.once('open', done).once('error', fail));
  return { socket, frames, url };
}

export const ack = (frame: Frame, data: unknown, code = 200): JsonObject => ({
  code,
  message: 'OK',
  headers: { messageId: frame.headers.messageId ?? '', contentType: 'application/json' },
  data: typeof data === 'string' ? data : JSON.stringify(data),
});
