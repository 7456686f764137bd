import { randomInt } from 'node:crypto';
import { request } from 'node:http';
import { encrypt, goTime, sign } from './crypto.ts';
import type { Ack, Longconn } from './longconn.ts';
import type { State } from './state.ts';
import type { Delivery, Json, JsonObject, PushEvent, RawAnswer, SignedPost, WebhookTarget } from './types.ts';

/** After a push that was not acknowledged, then after each further one (feishu.md 1.7). */
export const REPUSH_DELAYS_MS = [15_000, 300_000, 3_600_000, 21_600_000];

export interface PackOptions {
  timestamp?: string;
  nonce?: string;
  encrypted?: boolean;
  signed?: boolean;
}

/** POST without keep-alive; status 0 if nothing came within the time or the connection broke. */
function rawPost(
  url: string,
  body: string | Uint8Array,
  headers: Record<string, string>,
  timeoutMs: number,
): Promise<RawAnswer & { why?: string }> {
  return new Promise((resolve) => {
    const lost = (why: string): void => resolve({ status: 0, headers: {}, text: '', json: undefined, why });
    const bytes = Buffer.from(body);
    const call = request(url, {
      method: 'POST',
      agent: false,
      headers: { 'content-length': String(bytes.length), ...headers },
    });
    const timer = setTimeout(() => {
      lost('timeout');
      call.destroy();
    }, timeoutMs);
    call.on('error', (error) => {
      clearTimeout(timer);
      lost(error.message);
    });
    call.on('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        clearTimeout(timer);
        const text = Buffer.concat(parts).toString('utf8');
        const flat = Object.entries(response.headers).map(([key, value]) => [key, String(value)]);
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(flat),
          text,
          json: tryJson(text),
        });
      });
    });
    call.end(bytes);
  });
}

/** The same without a socket: an app in this process answers. */
async function callApp(
  app: NonNullable<WebhookTarget['fetch']>,
  url: string,
  body: string | Uint8Array,
  headers: Record<string, string>,
  timeoutMs: number,
): Promise<RawAnswer & { why?: string }> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), timeoutMs);
  });
  const answer = await Promise.race([app(url, { method: 'POST', body: Buffer.from(body), headers }), late]);
  clearTimeout(timer);
  if (!answer) return { status: 0, headers: {}, text: '', json: undefined, why: 'timeout' };
  const text = await answer.text();
  return { status: answer.status, headers: Object.fromEntries(answer.headers), text, json: tryJson(text) };
}

function tryJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** The side on which the platform calls the server. */
export function createPush(state: State, longconn: Longconn) {
  function pack(payload: Json, options: PackOptions = {}): SignedPost {
    const text = JSON.stringify(payload);
    const key = state.encryptKey;
    const body =
      key !== '' && options.encrypted !== false ? JSON.stringify({ encrypt: encrypt(key, text) }) : text;
    const timestamp = options.timestamp ?? String(Math.floor(state.now() / 1000));
    const nonce = options.nonce ?? String(randomInt(100_000_000, 999_999_999));
    const headers: Record<string, string> = {
      'content-type': 'application/json;charset=utf-8',
      'user-agent': 'Go-http-client/1.1',
      'x-request-id': state.id(''),
    };
    if (options.signed !== false) {
      headers['x-lark-request-timestamp'] = timestamp;
      headers['x-lark-request-nonce'] = nonce;
      headers['x-lark-signature'] = sign(timestamp, nonce, key, body);
    }
    return { body, headers };
  }

  function post(
    url: string,
    body: string | Uint8Array,
    headers: Record<string, string>,
    timeoutMs: number,
  ): Promise<RawAnswer & { why?: string }> {
    const app = state.target?.fetch;
    return app ? callApp(app, url, body, headers, timeoutMs) : rawPost(url, body, headers, timeoutMs);
  }

  function envelope(
    eventType: string,
    event: JsonObject,
    options: { eventId?: string; createTime?: string } = {},
  ): JsonObject {
    return {
      schema: '2.0',
      header: {
        event_id: options.eventId ?? state.id(''),
        token: state.verificationToken,
        create_time: options.createTime ?? String(state.now()),
        event_type: eventType,
        tenant_key: state.tenantKey,
        app_id: state.appId,
      },
      event,
    };
  }

  function make(eventType: string, event: JsonObject, createTime?: string): PushEvent {
    const eventId = state.id('');
    const made: PushEvent = {
      eventId,
      eventType,
      envelope: envelope(eventType, event, { eventId, ...(createTime ? { createTime } : {}) }),
      attempts: [],
    };
    state.events.push(made);
    return made;
  }

  async function carry(event: PushEvent): Promise<Ack> {
    if (state.transport === 'longconn') return longconn.push(event.envelope);
    const { target } = state;
    if (!target) return { status: 0, body: undefined, ms: 0, why: 'no webhook connected' };
    const isCard = event.eventType === 'card.action.trigger';
    if (!event.post || state.repushStamp === 'fresh') {
      const stamp = isCard && state.cardStamp === 'go' ? { timestamp: goTime(state.now()) } : {};
      event.post = pack(event.envelope, stamp);
    }
    const started = performance.now();
    const url = isCard ? (target.cardUrl ?? target.url) : target.url;
    const answer = await post(url, event.post.body, event.post.headers, state.ackTimeoutMs);
    return {
      status: answer.status,
      body: answer.json,
      ms: performance.now() - started,
      ...(answer.why ? { why: answer.why } : {}),
    };
  }

  /** One push; an event that is not acknowledged is put on the re-push schedule, a callback never is. */
  async function attempt(event: PushEvent): Promise<Delivery> {
    const at = state.now();
    event.nextAt = undefined;
    const alreadyAcked = event.attempts.some((each) => each.acked);
    const ack = await carry(event);
    const acked = ack.status === 200;
    event.attempts.push({ at, status: ack.status, acked, ms: ack.ms });
    const delay = REPUSH_DELAYS_MS[event.attempts.length - 1];
    if (!acked && !alreadyAcked && delay !== undefined && event.eventType !== 'card.action.trigger') {
      event.nextAt = at + delay;
    }
    state.changed();
    return {
      eventId: event.eventId,
      eventType: event.eventType,
      pushed: true,
      status: ack.status,
      acked,
      body: ack.body,
      ms: ack.ms,
      ...(ack.why ? { why: ack.why } : {}),
    };
  }

  function find(eventId: string): PushEvent {
    const event = state.events.find((each) => each.eventId === eventId);
    if (!event) throw new Error(`no such event: ${eventId}`);
    return event;
  }

  return {
    post,
    pack,
    envelope,
    make,
    attempt,
    push: (eventType: string, event: JsonObject, createTime?: string): Promise<Delivery> =>
      attempt(make(eventType, event, createTime)),
    repush: (eventId: string): Promise<Delivery> => attempt(find(eventId)),
    async duplicate(eventId: string, newEventId: boolean): Promise<Delivery> {
      const original = find(eventId);
      if (!newEventId) return attempt(original);
      const inner = original.envelope.event as JsonObject;
      return attempt(make(original.eventType, inner));
    },
    async advance(ms: number): Promise<void> {
      const until = state.now() + ms;
      for (;;) {
        const due = state.events
          .filter((each) => each.nextAt !== undefined && each.nextAt <= until)
          .sort((a, b) => Number(a.nextAt) - Number(b.nextAt))[0];
        if (!due) break;
        state.shift(Math.max(0, Number(due.nextAt) - state.now()));
        await attempt(due);
      }
      state.shift(Math.max(0, until - state.now()));
    },
  };
}

export type Push = ReturnType<typeof createPush>;
