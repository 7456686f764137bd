import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { isObject, parseJson } from './json.ts';
import type { State } from './state.ts';
import { createDoor } from './stream-door.ts';
import type { Json, JsonObject } from './types.ts';

interface Connection {
  id: string;
  socket: WebSocket;
  /** `TYPE topic` of what it subscribed. */
  topics: Set<string>;
  /** Was told to go: nothing is delivered over it any more (dingtalk.md 2.3). */
  closing: boolean;
}

/** An ack frame: its code and its data, or why there was none. */
export interface Ack {
  status: number;
  body: Json | undefined;
  ms: number;
  /** False if there was no connection to push over. */
  pushed: boolean;
  why?: string;
}

export interface Frame {
  type: 'SYSTEM' | 'EVENT' | 'CALLBACK';
  topic: string;
  /** Kept when the same thing is pushed again; absent: a new one. */
  messageId?: string;
  headers?: Record<string, string>;
  data: JsonObject;
}

/** Stream mode: opening with tickets, sockets, frames and their acks (2). */
export function createStream(state: State) {
  const door = createDoor(state);
  const connections = new Set<Connection>();
  const waiting = new Map<string, (ack: JsonObject) => void>();
  const late = new Set<string>();
  const timers = new Set<NodeJS.Timeout>();
  const wss = new WebSocketServer({ noServer: true, autoPong: false });
  let silent = false;

  function receive(data: RawData): void {
    if (silent) return;
    const ack = parseJson(String(data));
    const headers = isObject(ack) && isObject(ack.headers) ? ack.headers : undefined;
    const id = headers?.messageId;
    if (!isObject(ack) || typeof id !== 'string' || typeof ack.code !== 'number') {
      state.complaints.push(`stream: no ack: ${String(data).slice(0, 200)}`);
      return;
    }
    if (headers?.contentType !== 'application/json' || typeof ack.message !== 'string')
      state.complaints.push(`stream: ack ${id} without contentType or message`);
    if (ack.data !== undefined && typeof ack.data !== 'string')
      state.complaints.push(`stream: the data of ack ${id} is no string`);
    const resolve = waiting.get(id);
    if (!resolve && !late.has(id)) state.complaints.push(`stream: ack ${id} of a frame that awaits none`);
    resolve?.(ack);
  }

  function encode(frame: Frame, messageId: string, connectionId: string): string {
    return JSON.stringify({
      specVersion: '1.0',
      type: frame.type,
      headers: {
        appId: 'sim-app',
        connectionId,
        contentType: 'application/json',
        messageId,
        time: String(state.now()),
        topic: frame.topic,
        ...frame.headers,
      },
      data: JSON.stringify(frame.data),
    });
  }

  /** Sends one frame and awaits its ack. */
  async function ask(to: Connection, frame: Frame, timeoutMs: number): Promise<Ack> {
    const started = performance.now();
    const messageId = frame.messageId ?? state.id('');
    const { socket } = to;
    const answer = new Promise<JsonObject | undefined>((resolve) => {
      const gone = (): void => resolve(undefined);
      const timer = setTimeout(gone, timeoutMs);
      timers.add(timer);
      socket.once('close', gone);
      waiting.set(messageId, (ack) => {
        clearTimeout(timer);
        timers.delete(timer);
        socket.off('close', gone);
        resolve(ack);
      });
    });
    if (!silent) socket.send(encode(frame, messageId, to.id));
    const ack = await answer;
    waiting.delete(messageId);
    const ms = performance.now() - started;
    if (!ack) {
      late.add(messageId);
      return { status: 0, body: undefined, ms, pushed: true, why: 'no ack in time' };
    }
    const data = typeof ack.data === 'string' ? parseJson(ack.data) : undefined;
    if (ack.code === 200 && !isObject(data))
      state.complaints.push(`stream: the data of the ack is no JSON of an object: ${String(ack.data)}`);
    return { status: Number(ack.code), body: data, ms, pushed: true };
  }

  const ready = (topic: string): Connection[] =>
    [...connections].filter(
      (each) =>
        !each.closing &&
        each.socket.readyState === each.socket.OPEN &&
        (topic === '' || each.topics.has(topic)),
    );

  function accept(socket: WebSocket, topics: Set<string>): void {
    const made: Connection = { id: state.id(''), socket, topics, closing: false };
    connections.add(made);
    socket.on('message', receive);
    socket.on('ping', (data) => {
      if (!silent) socket.pong(data);
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      connections.delete(made);
      state.changed();
    });
    if (state.stream.registered) {
      const frame: Frame = { type: 'SYSTEM', topic: 'REGISTERED', data: {} };
      const id = state.id('');
      late.add(id);
      socket.send(encode(frame, id, made.id));
    }
    if (state.stream.pingEveryMs > 0) {
      const timer = setInterval(() => void ping(made), state.stream.pingEveryMs);
      timers.add(timer);
      socket.on('close', () => clearInterval(timer));
    }
    state.changed();
  }

  /** A SYSTEM ping; true if its opaque came back. */
  async function ping(to: Connection): Promise<boolean> {
    const opaque = state.id('');
    const ack = await ask(
      to,
      { type: 'SYSTEM', topic: 'ping', data: { opaque } },
      state.ackTimeoutMs ?? 3000,
    );
    return ack.status === 200 && isObject(ack.body) && ack.body.opaque === opaque;
  }

  return {
    endpoint: door.endpoint,
    /** Pushes over one random connection of those that subscribed to it (2.4). */
    async push(frame: Frame, timeoutMs: number): Promise<Ack> {
      const able = ready(`${frame.type} ${frame.topic}`);
      const to = able[Math.floor(Math.random() * able.length)];
      if (!to) {
        const why = ready('').length > 0 ? `nobody subscribed to ${frame.topic}` : 'no connection';
        return { status: 0, body: undefined, ms: 0, pushed: false, why };
      }
      return ask(to, frame, timeoutMs);
    },
    /** Pings every connection; true if all echoed. */
    ping: async (): Promise<boolean> => (await Promise.all(ready('').map(ping))).every((each) => each),
    /** Writes a text frame as it is to every connection. */
    raw(text: string): void {
      for (const { socket } of ready('')) socket.send(text);
    },
    /** Tells the connections to go, delivers nothing over them any more, and ends them later (2.3). */
    disconnect(reason: string): void {
      for (const each of ready('')) {
        each.closing = true;
        each.socket.send(
          encode({ type: 'SYSTEM', topic: 'disconnect', data: { reason } }, state.id(''), each.id),
        );
        timers.add(setTimeout(() => each.socket.close(), state.stream.closeAfterMs));
      }
      state.changed();
    },
    attach(server: Server, baseUrl: string): void {
      server.on('upgrade', (request, socket: Socket, head) => {
        const topics = door.redeem(new URL(request.url ?? '/', baseUrl));
        if (!topics) {
          socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
          return;
        }
        wss.handleUpgrade(request, socket, head, (client) => accept(client, topics));
      });
    },
    /** Connections over which something can be pushed. */
    get connections(): number {
      return ready('').length;
    },
    /** Open sockets, those that were told to go among them. */
    get sockets(): number {
      return connections.size;
    },
    get opens(): number {
      return door.opens;
    },
    drop(): void {
      for (const { socket } of connections) socket.terminate();
    },
    silence(on: boolean): void {
      silent = on;
    },
    refuse: door.refuse,
    close(): void {
      for (const timer of timers) clearTimeout(timer);
      for (const { socket } of connections) socket.terminate();
    },
  };
}

export type Stream = ReturnType<typeof createStream>;
