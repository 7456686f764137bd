import { describe, expect, it } from 'vitest';
import { CommitFailed } from '../../../db/store.ts';
import { type Log, silentLog } from '../../../src/lib/log.ts';
import { createInbound } from '../../../src/platforms/dingtalk/inbound.ts';
import { type HandlerOptions, handleFrame } from '../../../src/platforms/dingtalk/stream-handle.ts';
import { reconnectDelay, STREAM_TIMING } from '../../../src/platforms/dingtalk/stream-timing.ts';
import type { Inbound } from '../../../src/platforms/platform.ts';
import vectors from '../../fixtures/dingtalk-vectors.json' with { type: 'json' };
import { CLIENT_ID, message, NOW, press, SECRET } from './pushes.ts';

interface Ack {
  code: number;
  message: string;
  headers: Record<string, string>;
  data: string;
}

function handler(over: Partial<HandlerOptions> = {}): HandlerOptions & { got: Inbound[] } {
  const got: Inbound[] = [];
  const { reader } = createInbound(
    {
      connection: `dingtalk:${CLIENT_ID}`,
      clientId: CLIENT_ID,
      clientSecret: SECRET,
      baseUrl: 'http://127.0.0.1:9',
      oapiUrl: 'http://127.0.0.1:9',
      mode: 'stream',
      log: silentLog,
      now: () => NOW,
    },
    { remember() {} },
    { note() {} },
  );
  const deliver = async (inbound: Inbound) => {
    got.push(inbound);
    return {};
  };
  return { reader, deliver, log: silentLog, got, ...over };
}

const frame = (type: string, topic: string, data: unknown, headers: object = {}): string =>
  JSON.stringify({
    specVersion: '1.0',
    type,
    headers: { topic, messageId: 'm-1', contentType: 'application/json', ...headers },
    data: typeof data === 'string' ? data : JSON.stringify(data),
  });
const acked = (text: string | undefined): Ack => JSON.parse(text ?? 'null') as Ack;

const ROBOT = '/v1.0/im/bot/messages/get';
const CARD = '/v1.0/card/instances/callback';
const BODIES: Record<string, object> = { robot: message(), card: press({ action: 'a.b', value: '{}' }) };

describe('the official frames', () => {
  it.each(vectors.streamFrames.pairs)('$name', async (pair) => {
    const data = BODIES[pair.name] ? JSON.stringify(BODIES[pair.name]) : pair.in.data;
    const answer = await handleFrame(JSON.stringify({ ...pair.in, data }), handler());
    if (pair.ack === null) {
      expect(answer).toBe('disconnect');
      return;
    }
    const { data: said, ...rest } = acked(answer);
    const { data: expected, ...restExpected } = pair.ack;
    expect(rest).toEqual(restExpected);
    // What a card is answered with is the card's own; the rest is told to the letter.
    if (pair.name === 'card')
      expect(Object.keys(JSON.parse(said))).toEqual(Object.keys(JSON.parse(expected)));
    else expect(said).toBe(expected);
  });

  it.each(['CONNECTED', 'REGISTERED', 'KEEPALIVE'])('SYSTEM %s wants no answer', async (topic) => {
    expect(await handleFrame(frame('SYSTEM', topic, {}), handler())).toBeUndefined();
  });

  it('bring what HTTP brings', async () => {
    const all = handler();
    await handleFrame(frame('CALLBACK', ROBOT, message()), all);
    await handleFrame(frame('CALLBACK', CARD, press({ action: 'a.b' }), { time: String(NOW - 3) }), all);
    const head = { eventType: 'chat_quit', eventId: 'e-9', eventBornTime: String(NOW - 5) };
    await handleFrame(frame('EVENT', '*', { openConversationId: 'cid1==', userId: ['u1'] }, head), all);
    expect(all.got).toMatchObject([
      { kind: 'message', dedupeKey: 'msg:msg-1', text: '走访 3号楼 张某' },
      { kind: 'action', dedupeKey: 'evt:m-1', at: NOW - 3, action: 'a.b' },
      {
        kind: 'membership',
        dedupeKey: 'evt:e-9',
        at: NOW - 5,
        change: 'users-removed',
        users: [{ id: 'u1' }],
      },
    ]);
  });

  it('with `header` in place of `headers`, as one page writes', async () => {
    const { headers, ...rest } = JSON.parse(frame('CALLBACK', ROBOT, message())) as { headers: object };
    expect(acked(await handleFrame(JSON.stringify({ ...rest, header: headers }), handler())).code).toBe(200);
  });
});

describe('trouble', () => {
  it.each(['', 'not json', '[]', '{}', '{"type":"EVENT"}', '{"headers":{"topic":"ping"}}'])(
    'a broken frame is passed over: %s',
    async (text) => {
      const lines: object[] = [];
      const log: Log = { ...silentLog, warn: (fields, words) => lines.push({ fields, words }) };
      expect(await handleFrame(text, handler({ log }))).toBeUndefined();
      expect(lines).toHaveLength(1);
      expect(JSON.stringify(lines)).not.toContain('not json');
    },
  );

  it('a body that is no JSON is sent back, and a topic that nobody asked for is said to be none of ours', async () => {
    const all = handler();
    expect(acked(await handleFrame(frame('CALLBACK', ROBOT, '{"msgId'), all))).toMatchObject({ code: 500 });
    expect(acked(await handleFrame(frame('EVENT', '*', 'x'), all)).data).toContain('LATER');
    expect(acked(await handleFrame(frame('CALLBACK', '/v1.0/graph/api/invoke', {}), all))).toMatchObject({
      code: 404,
      headers: { messageId: 'm-1' },
    });
    expect(all.got).toEqual([]);
  });

  it('what could not be committed is asked for again', async () => {
    const deliver = () => Promise.reject(new CommitFailed(new Error('SQLITE_FULL')));
    const all = handler({ deliver });
    expect(acked(await handleFrame(frame('CALLBACK', ROBOT, message()), all))).toMatchObject({ code: 500 });
    expect(acked(await handleFrame(frame('CALLBACK', CARD, press({ action: 'a.b' })), all)).code).toBe(500);
    const event = acked(await handleFrame(frame('EVENT', '*', {}, { eventType: 'x', eventId: 'e' }), all));
    expect(event.data).toBe('{"status":"LATER","message":""}');
  });
});

describe('the delay before the next attempt', () => {
  it('doubles to its cap, and half of it is chance', () => {
    const delay = (attempt: number, random: number) => reconnectDelay(attempt, random, STREAM_TIMING);
    expect([1, 2, 3, 4, 5, 6, 7, 8, 1000].map((attempt) => delay(attempt, 1))).toEqual([
      1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000,
    ]);
    expect([delay(1, 0), delay(7, 0)]).toEqual([500, 30_000]);
  });
});
