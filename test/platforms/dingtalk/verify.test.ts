import { describe, expect, it } from 'vitest';
import { cardSecret } from '../../../src/platforms/dingtalk/verify.ts';
import type { RawRequest } from '../../../src/platforms/platform.ts';
import vectors from '../../fixtures/dingtalk-vectors.json' with { type: 'json' };
import { cardSign, decryptEvent, eventSign } from '../../simulators/dingtalk/index.ts';
import {
  AES_KEY,
  CLIENT_ID,
  cardPush,
  dingtalk,
  eventPush,
  HOUR,
  message,
  NOW,
  press,
  robotPush,
  SECRET,
  TOKEN,
  verdict,
} from './pushes.ts';

const platform = dingtalk();
const at = (ms: number): string => String(NOW + ms);
const event = { EventType: 'chat_disband', eventId: 'e-1', OpenConversationId: 'cid1==' };
const without = (request: RawRequest, header: string): RawRequest => ({
  ...request,
  headers: { ...request.headers, [header]: undefined },
});

describe('robot messages', () => {
  it.each(vectors.robotSign)('accepts the vector $id', ({ secret, timestamp, sign }) => {
    const request = { headers: { timestamp, sign }, body: Buffer.from('{}'), now: Number(timestamp) };
    expect(verdict(dingtalk({ clientSecret: secret }).receive(request))).toBe('inbound');
  });

  it.each<[string, RawRequest, string]>([
    ['a good one', robotPush(message()), 'inbound'],
    ['one of an hour ago', robotPush(message(), { timestamp: at(-HOUR) }), 'inbound'],
    ['an hour ahead', robotPush(message(), { timestamp: at(HOUR) }), 'inbound'],
    ['stale', robotPush(message(), { timestamp: at(-HOUR - 1) }), '401 stale'],
    ['from the future', robotPush(message(), { timestamp: at(HOUR + 1) }), '401 stale'],
    ['forged', robotPush(message(), { secret: 'guessed' }), '401 bad_signature'],
    [
      'a sign for another moment',
      { ...robotPush(message()), headers: { ...robotPush(message()).headers, timestamp: at(1) } },
      '401 bad_signature',
    ],
    ['without sign', without(robotPush(message()), 'sign'), '401 unsigned'],
    ['without timestamp', without(robotPush(message()), 'timestamp'), '401 unsigned'],
    ['a stamp that is no number', robotPush(message(), { timestamp: 'now' }), '401 stale'],
    ['no JSON', robotPush('hello'), '400 bad_body'],
    ['an array', robotPush('[]'), '400 bad_body'],
    ['nothing', robotPush(''), '400 bad_body'],
  ])('%s', (_, request, expected) => {
    expect(verdict(platform.receive(request))).toBe(expected);
  });

  it('says where to look, and never the secret', () => {
    const received = platform.receive(robotPush(message(), { secret: 'guessed' }));
    expect(received).toMatchObject({ operator: expect.stringContaining('DINGTALK_CLIENT_SECRET') });
    expect(JSON.stringify(received)).not.toContain(SECRET);
  });

  it('is answered with silence', () => {
    const request = robotPush(message());
    const received = platform.receive(request);
    if (received.kind !== 'inbound') throw new Error(received.kind);
    expect(platform.answer(received.inbound, { toast: { text: '好', tone: 'good' } }, request)).toEqual({
      msgtype: 'empty',
    });
  });
});

describe('card presses', () => {
  const body = press({ action: 'issue.accept', value: '{"issue":128}' });

  it('knows the formula by its vectors', () => {
    for (const vector of vectors.hmacTimestampOnly) {
      const expected = vector.sign ?? decodeURIComponent(vector.signUrlEncoded ?? '');
      expect(cardSign(vector.timestamp, vector.secret)).toBe(expected);
    }
    expect(cardSecret(SECRET)).not.toBe(cardSecret(`${SECRET}.`));
    expect(cardSecret(SECRET)).toMatch(/^[\w-]{43}$/);
  });

  it.each<[string, RawRequest, string]>([
    ['a good one', cardPush(body), 'inbound'],
    ['stale', cardPush(body, { timestamp: at(-HOUR - 1) }), '401 stale'],
    ['from the future', cardPush(body, { timestamp: at(HOUR + 1) }), '401 stale'],
    ['signed with the client secret itself', cardPush(body, { secret: SECRET }), '401 bad_signature'],
    ['unsigned', { ...cardPush(body), headers: {} }, '401 unsigned'],
    ['no JSON', cardPush('hello'), '400 bad_body'],
    ['a robot message’s headers', { ...robotPush(body), route: 'card' }, '401 unsigned'],
  ])('%s', (_, request, expected) => {
    expect(verdict(platform.receive(request))).toBe(expected);
  });
});

describe('events', () => {
  const garbled = eventPush('', { encrypt: 'AAAA' });

  it.each<[string, RawRequest, string]>([
    ['a good one', eventPush(event), 'inbound'],
    ['an hour old', eventPush(event, { timestamp: at(-HOUR) }), 'inbound'],
    ['stale', eventPush(event, { timestamp: at(-HOUR - 1) }), '401 stale'],
    ['wrong token', eventPush(event, { token: 'other' }), '401 bad_signature'],
    ['unsigned', { ...eventPush(event), query: {} }, '401 unsigned'],
    ['without any query', { ...eventPush(event), query: undefined }, '401 unsigned'],
    ['another app’s', eventPush(event, { owner: 'dingother' }), '401 wrong_app'],
    ['another key', eventPush(event, { key: 'a'.repeat(43) }), '400 undecryptable'],
    ['no ciphertext, but signed', garbled, '400 undecryptable'],
    ['no JSON inside', eventPush('hello'), '400 undecryptable'],
    ['plain', { ...eventPush(event), body: Buffer.from(JSON.stringify(event)) }, '400 bad_body'],
    ['no JSON', { ...eventPush(event), body: Buffer.from('<xml/>') }, '400 bad_body'],
  ])('%s', (_, request, expected) => {
    expect(verdict(platform.receive(request))).toBe(expected);
  });

  it('takes `signature`, which some pages name beside msg_signature', () => {
    const { query, ...request } = eventPush(event);
    const { msg_signature: signature, ...rest } = query ?? {};
    expect(verdict(platform.receive({ ...request, query: { ...rest, signature } }))).toBe('inbound');
  });

  it('gives no oracle: what is not signed is refused before it is decrypted', () => {
    const forged = { ...garbled, query: { ...garbled.query, msg_signature: 'x' } };
    expect(verdict(platform.receive(forged))).toBe('401 bad_signature');
  });

  function expectSuccess(body: unknown): void {
    const { msg_signature, timeStamp, nonce, encrypt } = body as Record<string, string>;
    expect(Object.keys(body as object).sort()).toEqual(['encrypt', 'msg_signature', 'nonce', 'timeStamp']);
    expect(eventSign(TOKEN, timeStamp ?? '', nonce ?? '', encrypt ?? '')).toBe(msg_signature);
    expect(decryptEvent(AES_KEY, encrypt ?? '')).toEqual({ text: 'success', owner: CLIENT_ID });
  }

  it('answers an event, and the console’s check of the address, with an encrypted success', () => {
    const request = eventPush(event);
    const received = platform.receive(request);
    if (received.kind !== 'inbound') throw new Error(received.kind);
    expectSuccess(platform.answer(received.inbound, {}, request));

    const check = platform.receive(eventPush({ EventType: 'check_url' }));
    if (check.kind !== 'challenge') throw new Error(check.kind);
    expectSuccess(check.body);
  });

  it('is off without key and token, and with a key that is none', () => {
    for (const options of [{ aesKey: undefined }, { token: undefined }, { aesKey: 'short' }]) {
      const received = dingtalk(options).receive(eventPush(event));
      expect(verdict(received)).toBe('401 events_off');
      expect(received).toMatchObject({ operator: expect.stringContaining('DINGTALK_AES_KEY') });
    }
  });
});

describe('in Stream mode', () => {
  it('refuses every address, and says which setting decides', () => {
    const stream = dingtalk({ mode: 'stream' });
    for (const request of [robotPush(message()), cardPush(press({ action: 'a.b' })), eventPush(event)]) {
      const received = stream.receive(request);
      expect(verdict(received)).toBe('401 webhook_off');
      expect(received).toMatchObject({ operator: expect.stringContaining('DINGTALK_MODE') });
    }
  });
});
