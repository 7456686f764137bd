import { createCipheriv, createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDecrypt, sealedBytes } from '../../../src/platforms/feishu/decrypt.ts';
import type { Received } from '../../../src/platforms/platform.ts';
import vectors from '../../fixtures/feishu-vectors.json' with { type: 'json' };
import { encrypt } from '../../simulators/feishu/crypto.ts';
import { envelope, feishu, KEY, message, NOW, pack, packRaw, TOKEN } from './pushes.ts';

const platform = feishu();
const event = envelope('im.message.receive_v1', message());
const challenge = { challenge: 'c-1', token: TOKEN, type: 'url_verification' };
const HOUR = 3_600_000;

function verdict(received: Received): string {
  return received.kind === 'refused' ? `${received.status} ${received.error}` : received.kind;
}

/** What the verifier does with the text under `encrypt`. */
function decrypt(encryptKey: string, text: string): string | undefined {
  const sealed = sealedBytes(text);
  return sealed && createDecrypt(encryptKey)(sealed);
}

describe('decrypt', () => {
  it.each([...vectors.decrypt, ...vectors.generated.decrypt])('reproduces vector %#', (vector) => {
    expect(decrypt(vector.encrypt_key, vector.ciphertext)).toBe(vector.plaintext);
  });

  it('unpads whole blocks and never throws', () => {
    expect(decrypt(KEY, encrypt(KEY, 'x'.repeat(32)))).toBe('x'.repeat(32));
    expect(decrypt(KEY, encrypt(KEY, ''))).toBe('');
    fc.assert(
      fc.property(fc.string(), (text) => {
        const plain = decrypt(KEY, text);
        return plain === undefined || typeof plain === 'string';
      }),
    );
  });

  it('gives each text whatever was decrypted before it', () => {
    const open = createDecrypt(KEY);
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 100 }),
        fc.uint8Array({ maxLength: 64 }),
        (text, junk) => {
          const broken = sealedBytes(Buffer.from(junk).toString('base64'));
          if (broken) open(broken);
          const sealed = sealedBytes(encrypt(KEY, text));
          return sealed !== undefined && open(sealed) === Buffer.from(text).toString();
        },
      ),
    );
  });

  it('takes as padding only what is one', () => {
    const key = createHash('sha256').update(KEY).digest();
    const seal = (blocks: Buffer): string => {
      const cipher = createCipheriv('aes-256-cbc', key, Buffer.alloc(16)).setAutoPadding(false);
      return Buffer.concat([Buffer.alloc(16), cipher.update(blocks), cipher.final()]).toString('base64');
    };
    const ending = (...bytes: number[]): Buffer =>
      Buffer.concat([Buffer.alloc(32 - bytes.length, 65), Buffer.from(bytes)]);
    expect(decrypt(KEY, seal(ending(1)))).toBe('A'.repeat(31));
    expect(decrypt(KEY, seal(ending(3, 3, 3)))).toBe('A'.repeat(29));
    expect(decrypt(KEY, seal(Buffer.alloc(32, 16)))).toBe('\x10'.repeat(16));
    for (const wrong of [ending(0), ending(2, 3, 3), ending(17), Buffer.alloc(32, 17), ending(255)])
      expect(decrypt(KEY, seal(wrong))).toBeUndefined();
  });

  it('reads base64 of whole blocks, in its one alphabet, padded or not', () => {
    const text = Buffer.from(Array.from({ length: 32 }, (_, at) => 251 - at)).toString('base64');
    expect(sealedBytes(text)).toHaveLength(32);
    expect(sealedBytes(text.replace('=', ''))).toHaveLength(32);
    for (const odd of [
      '',
      `${text} `,
      ` ${text}`,
      `${text}\n`,
      `=${text}`,
      `${text}=x`,
      `${text.slice(0, 9)}-${text.slice(9)}`,
    ])
      expect(sealedBytes(odd), odd).toBeUndefined();
    expect(text).toContain('+');
    expect(sealedBytes(text.replaceAll('+', '-').replaceAll('/', '_'))).toBeUndefined();
    expect(sealedBytes(Buffer.alloc(16).toString('base64'))).toBeUndefined();
    expect(sealedBytes(Buffer.alloc(40).toString('base64'))).toBeUndefined();
  });
});

describe('signature vectors', () => {
  it.each(vectors.generated.sign_sha256)('accepts: $name', (vector) => {
    const receive = feishu({ encryptKey: vector.encrypt_key }).receive({
      headers: {
        'x-lark-request-timestamp': vector.timestamp,
        'x-lark-request-nonce': vector.nonce,
        'x-lark-signature': vector.signature,
      },
      body: Buffer.from(vector.body),
      now: vector.timestamp.startsWith('2026') ? Date.UTC(2026, 9, 4, 10, 25) : 1_700_000_000_000,
    });
    expect(verdict(receive)).toBe('inbound');
  });
});

describe('receive', () => {
  it('answers the challenge, signed or not, encrypted always, with the right token only', () => {
    const vector = vectors.decrypt[1];
    const upstream = feishu({
      encryptKey: 'mazhe.nerd',
      verificationToken: 'iRdCP2WwXNBXRM3mGLqhrgch3cn0gbT6',
    });
    const body = JSON.stringify({ encrypt: vector?.ciphertext });
    expect(upstream.receive({ headers: {}, body: Buffer.from(body), now: NOW })).toEqual({
      kind: 'challenge',
      body: { challenge: '5634b122-c042-4634-bc7f-b07a3c3e77ad' },
    });
    expect(verdict(platform.receive(pack(challenge)))).toBe('challenge');
    expect(verdict(platform.receive(pack(challenge, { signed: false })))).toBe('challenge');
    expect(verdict(platform.receive(pack({ ...challenge, token: 'x' }, { signed: false })))).toBe(
      '401 bad_token',
    );
    expect(verdict(platform.receive(packRaw(JSON.stringify(challenge), { signed: false })))).toBe(
      '401 not_encrypted',
    );
  });

  it.each([
    ['no JSON', packRaw('hello'), '400 bad_body'],
    ['an array', packRaw('[]'), '400 bad_body'],
    ['nothing', packRaw(''), '400 bad_body'],
    ['an encrypt that is no text', packRaw('{"encrypt":1}'), '400 undecryptable'],
    ['no ciphertext', packRaw('{"encrypt":"not base64!"}'), '400 undecryptable'],
    ['no ciphertext, unsigned', packRaw('{"encrypt":"AAAA"}', { signed: false }), '400 undecryptable'],
    ['what decrypts to no JSON', pack('hello world'), '400 undecryptable'],
    ['plaintext under a key', packRaw(JSON.stringify(event)), '401 not_encrypted'],
    ['an unsigned event', pack(event, { signed: false }), '401 unsigned'],
    ['another key', pack(event, { key: 'another' }), '401 bad_signature'],
    ['a stamp that is none', pack(envelope('x', {}, { create_time: 'y' }), { stamp: 'soon' }), '401 stale'],
    ['a wrong token', pack(envelope('x', {}, { token: 'vt-2' })), '401 bad_token'],
    ['no token', pack(envelope('x', {}, { token: '' })), '401 bad_token'],
    ['another app', pack(envelope('x', {}, { app_id: 'cli_b0123456789abcde' })), '401 wrong_app'],
    ['no app', pack({ token: TOKEN }), '401 wrong_app'],
  ])('refuses %s', (_, request, expected) => {
    expect(verdict(platform.receive(request))).toBe(expected);
  });

  it('tells nobody without the key whether a padding was right', () => {
    const good = encrypt(KEY, 'not an object');
    const bad = Buffer.from(good, 'base64');
    bad[bad.length - 1] = (bad[bad.length - 1] ?? 0) ^ 0xff;
    const answers = [good, bad.toString('base64')].map((text) =>
      verdict(platform.receive(packRaw(JSON.stringify({ encrypt: text }), { signed: false }))),
    );
    expect(answers).toEqual(['401 unsigned', '401 unsigned']);
  });

  it('checks the bytes that came, not what they mean', () => {
    const request = pack(event);
    const spaced = Buffer.concat([request.body, Buffer.from(' ')]);
    expect(verdict(platform.receive({ ...request, body: spaced }))).toBe('401 bad_signature');
    expect(verdict(platform.receive(packRaw(`${Buffer.from(request.body).toString()} `)))).toBe('inbound');
  });

  it('looks at nothing beside encrypt', () => {
    const body = JSON.stringify({
      ...event,
      encrypt: encrypt(KEY, JSON.stringify(envelope('x', {}, { token: 'no' }))),
    });
    expect(verdict(platform.receive(packRaw(body)))).toBe('401 bad_token');
  });

  it.each([
    ['8 h old', NOW - 8 * HOUR, 'inbound'],
    ['older', NOW - 8 * HOUR - 1000, '401 stale'],
    ['5 min ahead', NOW + 300_000, 'inbound'],
    ['further ahead', NOW + 301_000, '401 stale'],
  ])('with a stamp %s: %s', (_, at, expected) => {
    expect(verdict(platform.receive(pack(event, { stamp: String(at / 1000) })))).toBe(expected);
    expect(verdict(platform.receive(pack(event, { stamp: String(at) })))).toBe(expected);
    expect(verdict(platform.receive(pack(event, { stamp: `${at}000` })))).toBe(expected);
    const local = new Date(at + 8 * HOUR).toISOString().replace('T', ' ').replace('Z', '');
    expect(verdict(platform.receive(pack(event, { stamp: `${local}112 +0800 CST m=+36.1` })))).toBe(expected);
  });

  it('goes by the event when the header has a form nobody has seen yet', () => {
    expect(verdict(platform.receive(pack(event, { stamp: 'Wed Nov 18' })))).toBe('inbound');
    const old = envelope('x', {}, { create_time: String(NOW - 9 * HOUR) });
    expect(verdict(platform.receive(pack(old, { stamp: 'Wed Nov 18' })))).toBe('401 stale');
  });

  it('is off without key and token, which the long connection does not need', () => {
    const longconn = feishu({ mode: 'longconn', encryptKey: undefined, verificationToken: undefined });
    expect(verdict(longconn.receive(pack(event)))).toBe('401 webhook_off');
  });

  it('tells the operator which setting to look at, and nothing of the request', () => {
    const refused = platform.receive(pack(event, { key: 'another' }));
    expect(refused).toMatchObject({ operator: expect.stringContaining('FEISHU_ENCRYPT_KEY') });
    expect(JSON.stringify(refused)).not.toContain('张某');
  });
});
