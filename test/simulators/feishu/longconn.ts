import { createHash } from 'node:crypto';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import protobuf from 'protobufjs';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { Route } from './routes.ts';
import type { State } from './state.ts';
import type { Json, JsonObject } from './types.ts';

const MAX_CONNECTIONS = 50;

/** pbbp2.Frame (feishu.md 3.2), made here so that no code of the SDK is shared. */
const Frame = protobuf
  .parse(
    `syntax = "proto2"; package pbbp2;
   message Header { required string key = 1; required string value = 2; }
   message Frame {
     required uint64 SeqID = 1; required uint64 LogID = 2; required int32 service = 3; required int32 method = 4;
     repeated Header headers = 5; optional string payload_encoding = 6; optional string payload_type = 7;
     optional bytes payload = 8; optional string LogIDNew = 9;
   }`,
    { keepCase: true },
  )
  .root.lookupType('pbbp2.Frame');

interface FrameData {
  SeqID: number;
  LogID: number;
  service: number;
  method: number;
  headers: { key: string; value: string }[];
  payload?: Uint8Array;
}

const headerOf = (frame: FrameData, key: string): string | undefined =>
  frame.headers.find((each) => each.key === key)?.value;

/** An ack frame: its code and what the handler answered, if anything. */
export interface Ack {
  status: number;
  body: Json | undefined;
  ms: number;
  why?: string;
}

/** The long connection: endpoint, sockets, pings, pushes with their acks (3.2). */
export function createLongconn(state: State) {
  /** Open sockets, and those of them that have pinged and so are ready for events. */
  const open = new Set<WebSocket>();
  const sockets = new Set<WebSocket>();
  const waiting = new Map<string, (ack: FrameData) => void>();
  const tickets = new Set<string>();
  let silent = false;
  let refusal = 0;
  let pings = 0;
  let service = 0;

  const wss = new WebSocketServer({ noServer: true });

  function receive(socket: WebSocket, data: RawData): void {
    if (silent) return;
    let frame: FrameData;
    try {
      frame = Frame.toObject(Frame.decode(data as Buffer), { longs: Number, arrays: true }) as FrameData;
    } catch (error) {
      state.complaints.push(`long connection: undecodable frame, ${String(error)}`);
      return;
    }
    if (frame.method === 0) {
      if (headerOf(frame, 'type') !== 'ping') return;
      pings += 1;
      // The client listens for events a moment after the socket opens, but before its first ping leaves.
      sockets.add(socket);
      state.changed();
      const payload = Buffer.from(JSON.stringify(state.longconn));
      socket.send(encode({ ...frame, headers: [{ key: 'type', value: 'pong' }], payload }));
      return;
    }
    const resolve = waiting.get(headerOf(frame, 'message_id') ?? '');
    if (!resolve) state.complaints.push('long connection: ack of a frame that awaits none');
    resolve?.(frame);
  }

  function encode(frame: FrameData): Uint8Array {
    return Frame.encode(Frame.fromObject(frame)).finish();
  }

  function frames(messageId: string, envelope: JsonObject): Uint8Array[] {
    const payload = Buffer.from(JSON.stringify(envelope));
    const sum = Math.max(1, Math.min(state.fragments, payload.length));
    const size = Math.ceil(payload.length / sum);
    return Array.from({ length: sum }, (_, seq) =>
      encode({
        SeqID: 0,
        LogID: 0,
        service,
        method: 1,
        headers: [
          { key: 'type', value: 'event' },
          { key: 'message_id', value: messageId },
          { key: 'sum', value: String(sum) },
          { key: 'seq', value: String(seq) },
          { key: 'trace_id', value: createHash('md5').update(messageId).digest('hex') },
        ],
        payload: payload.subarray(seq * size, (seq + 1) * size),
      }),
    );
  }

  /** Pushes to one random connection and awaits its ack frame (3.1: no affinity). */
  async function push(envelope: JsonObject): Promise<Ack> {
    const started = performance.now();
    const ready = [...sockets].filter((each) => each.readyState === each.OPEN);
    const socket = ready[Math.floor(Math.random() * ready.length)];
    if (!socket) return { status: 0, body: undefined, ms: 0, why: 'no connection' };
    const messageId = state.id('');
    const answer = new Promise<FrameData | undefined>((resolve) => {
      const timer = setTimeout(() => resolve(undefined), state.ackTimeoutMs);
      const gone = (): void => resolve(undefined);
      socket.once('close', gone);
      waiting.set(messageId, (frame) => {
        clearTimeout(timer);
        socket.off('close', gone);
        resolve(frame);
      });
    });
    if (!silent) for (const frame of frames(messageId, envelope)) socket.send(frame);
    const frame = await answer;
    waiting.delete(messageId);
    const ms = performance.now() - started;
    if (!frame) return { status: 0, body: undefined, ms, why: 'no ack in time' };
    return { ...readAck(frame), ms };
  }

  function readAck(frame: FrameData): { status: number; body: Json | undefined; why?: string } {
    try {
      const reply = JSON.parse(Buffer.from(frame.payload ?? []).toString('utf8')) as {
        code: number;
        data?: string;
      };
      const body =
        reply.data === undefined
          ? undefined
          : (JSON.parse(Buffer.from(reply.data, 'base64').toString('utf8')) as Json);
      return { status: reply.code, body };
    } catch (error) {
      state.complaints.push(`long connection: unreadable ack, ${String(error)}`);
      return { status: 0, body: undefined, why: 'unreadable ack' };
    }
  }

  const endpoint: Route = {
    method: 'POST',
    path: '/callback/ws/endpoint',
    open: true,
    answer: 'bare',
    run: ({ body }): Json => {
      if (refusal !== 0) return { code: refusal, msg: 'refused', data: {} };
      if (body.AppID !== state.appId || body.AppSecret !== state.appSecret)
        return { code: 514, msg: 'auth failed', data: {} };
      if (open.size >= MAX_CONNECTIONS) return { code: 1000040350, msg: 'too many connections', data: {} };
      service += 1;
      const ticket = state.id('');
      tickets.add(ticket);
      // device_id and service_id must not come first: the client parses the whole URL as a query string.
      const query = `fpid=493&aid=552564&device_id=${service}&access_key=${ticket}&service_id=${service}`;
      return {
        code: 0,
        msg: '',
        data: { URL: `ws://${host}/ws/v2?${query}&ticket=${ticket}`, ClientConfig: { ...state.longconn } },
      };
    },
  };
  let host = '';

  return {
    endpoint,
    push,
    attach(server: Server, baseUrl: string): void {
      host = new URL(baseUrl).host;
      server.on('upgrade', (request, socket: Socket, head) => {
        const ticket = new URL(request.url ?? '/', baseUrl).searchParams.get('ticket') ?? '';
        if (!tickets.delete(ticket)) {
          socket.end('HTTP/1.1 403 Forbidden\r\nHandshake-Status: 514\r\nHandshake-Msg: auth failed\r\n\r\n');
          return;
        }
        wss.handleUpgrade(request, socket, head, (client) => {
          open.add(client);
          // One listener for every push that waits for its ack.
          client.setMaxListeners(0);
          client.on('message', (data) => receive(client, data));
          client.on('close', () => {
            open.delete(client);
            sockets.delete(client);
            state.changed();
          });
          client.on('error', () => client.terminate());
          state.changed();
        });
      });
    },
    get connections(): number {
      return sockets.size;
    },
    get pings(): number {
      return pings;
    },
    drop(): void {
      for (const socket of open) socket.terminate();
      open.clear();
      sockets.clear();
    },
    silence(on: boolean): void {
      silent = on;
    },
    refuse(code: number): void {
      refusal = code;
    },
  };
}

export type Longconn = ReturnType<typeof createLongconn>;
