import { randomInt } from 'node:crypto';
import { cardSign, decryptEvent, encryptEvent, eventSign, robotSign } from './crypto.ts';
import { isObject } from './json.ts';
import { post } from './messages.ts';
import { postTo } from './post.ts';
import type { State } from './state.ts';
import type { Ack } from './stream.ts';
import type { JsonObject, PackedEvent, PushEvent, RawAnswer } from './types.ts';
import { readWebhook } from './webhook-body.ts';

/** HTTP writes the fields of events in PascalCase, Stream in camelCase (3.2). */
const pascal = (data: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key.charAt(0).toUpperCase() + key.slice(1), value]),
  );

export interface PackOptions {
  aesKey?: string;
  token?: string;
  owner?: string;
  timestamp?: string;
  nonce?: string;
}

/** Pushing by HTTP: robot messages, card callbacks and events, each with its own proof of origin. */
export function createHttpPush(state: State, waitMs: (kind: PushEvent['kind']) => number) {
  const send = (
    url: string,
    body: string | Uint8Array,
    headers: Record<string, string>,
    timeoutMs: number,
  ): Promise<RawAnswer> => postTo(state.target?.fetch, url, body, headers, timeoutMs);

  function robotHeaders(how: { secret?: string; timestamp?: string } = {}): Record<string, string> {
    const timestamp = how.timestamp ?? String(state.now());
    return {
      'content-type': 'application/json; charset=utf-8',
      timestamp,
      sign: robotSign(timestamp, how.secret ?? state.clientSecret),
    };
  }

  function cardHeaders(how: { secret?: string; timestamp?: string } = {}): Record<string, string> {
    const timestamp = how.timestamp ?? String(state.now());
    return {
      'content-type': 'application/json; charset=utf-8',
      ...(how.secret === undefined
        ? {}
        : {
            'x-ddpaas-signature-timestamp': timestamp,
            'x-ddpaas-signature': cardSign(timestamp, how.secret),
          }),
    };
  }

  function pack(event: JsonObject, how: PackOptions = {}): PackedEvent {
    const encrypt = encryptEvent(
      how.aesKey ?? state.aesKey,
      how.owner ?? state.clientId,
      JSON.stringify(event),
    );
    const timestamp = how.timestamp ?? String(state.now());
    const nonce = how.nonce ?? String(randomInt(100_000_000, 999_999_999));
    const signature = eventSign(how.token ?? state.token, timestamp, nonce, encrypt);
    const query = new URLSearchParams({ signature, msg_signature: signature, timestamp, nonce });
    return { query: query.toString(), body: JSON.stringify({ encrypt }) };
  }

  const eventUrl = (): string => state.target?.eventUrl ?? `${state.target?.url}/event`;

  /** True if the server answered with the encrypted `success` (3.1). */
  function isSuccess(answer: RawAnswer): boolean {
    if (answer.status !== 200) return false;
    const { json } = answer;
    const wrong = (what: string): boolean => {
      state.complaints.push(`event answer: ${what}`);
      return false;
    };
    if (!isObject(json)) return wrong('no JSON object');
    const { msg_signature: signature, timeStamp, nonce, encrypt } = json;
    if (
      typeof signature !== 'string' ||
      typeof timeStamp !== 'string' ||
      typeof nonce !== 'string' ||
      typeof encrypt !== 'string'
    )
      return wrong('msg_signature, timeStamp, nonce and encrypt must be strings');
    if (eventSign(state.token, timeStamp, nonce, encrypt) !== signature) return wrong('wrong msg_signature');
    try {
      const { text, owner } = decryptEvent(state.aesKey, encrypt);
      return text === 'success' && owner === state.clientId ? true : wrong(`${text} of ${owner}`);
    } catch (error) {
      return wrong(String(error));
    }
  }

  async function sendEvent(event: JsonObject): Promise<RawAnswer & { success: boolean }> {
    const { query, body } = pack(event);
    const headers = { 'content-type': 'application/json' };
    const answer = await send(`${eventUrl()}?${query}`, body, headers, waitMs('event'));
    return { ...answer, success: isSuccess(answer) };
  }

  /** The answer of an HTTP robot: nothing, `{"msgtype":"empty"}`, or a message for the chat (1.6). */
  function readReply(event: PushEvent, answer: RawAnswer): void {
    if (answer.status !== 200 || answer.text === '') return;
    const { json } = answer;
    const chat = state.chats.get(String(event.data.conversationId));
    if (!isObject(json) || typeof json.msgtype !== 'string')
      state.complaints.push(`robot answer without msgtype: ${answer.text.slice(0, 100)}`);
    else if (json.msgtype !== 'empty' && chat)
      post(state, chat, { id: state.id('ans'), via: 'answer', ...readWebhook(state, chat, json) });
  }

  async function push(event: PushEvent, data: JsonObject): Promise<Ack> {
    const { target } = state;
    if (!target) return { status: 0, body: undefined, ms: 0, pushed: false, why: 'no webhook connected' };
    const started = performance.now();
    const done = (answer: RawAnswer, acked = answer.status === 200): Ack => ({
      status: acked || answer.status !== 200 ? answer.status : 0,
      body: answer.json,
      ms: performance.now() - started,
      pushed: true,
      ...(answer.why ? { why: answer.why } : acked ? {} : { why: 'not the answer the platform wants' }),
    });
    if (event.kind === 'event') {
      const born = { EventType: event.eventType, EventTime: state.now(), CorpId: state.corpId };
      const answer = await sendEvent({ ...born, BizId: state.id(''), eventId: event.id, ...pascal(data) });
      return done(answer, answer.success);
    }
    const body = JSON.stringify(data);
    if (event.kind === 'robot') {
      const answer = await send(target.url, body, robotHeaders(), waitMs('robot'));
      readReply(event, answer);
      return done(answer);
    }
    const known = state.callbacks.get(event.routeKey ?? '');
    if (!known)
      return { status: 0, body: undefined, ms: 0, pushed: false, why: 'no address for the callbackRouteKey' };
    const headers = cardHeaders(known.apiSecret === undefined ? {} : { secret: known.apiSecret });
    return done(await send(known.url, body, headers, waitMs('card')));
  }

  return { send, pack, sendEvent, robotHeaders, cardHeaders, push };
}
