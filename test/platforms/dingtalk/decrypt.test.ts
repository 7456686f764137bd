import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aesKeyOf, decrypt } from '../../../src/platforms/dingtalk/decrypt.ts';
import { encrypt, eventSignature } from '../../../src/platforms/dingtalk/encrypt.ts';
import vectors from '../../fixtures/dingtalk-vectors.json' with { type: 'json' };
import { decryptEvent } from '../../simulators/dingtalk/index.ts';
import { AES_KEY } from './pushes.ts';

const key = aesKeyOf(AES_KEY) ?? Buffer.alloc(32);

describe('the vectors', () => {
  it.each(vectors.eventCrypto)('$id: signature, plain text, owner, and back to the same bytes', (vector) => {
    const { expect: expected, token, timestamp, nonce, encrypt: encrypted } = vector;
    const ownKey = aesKeyOf(vector.aesKey) ?? Buffer.alloc(32);
    expect(eventSignature(token, timestamp, nonce, encrypted)).toBe(vector.signature);
    expect(decrypt(ownKey, encrypted)).toEqual({ text: expected.plaintext, owner: vector.ownerKey });
    expect(encrypt(ownKey, expected.plaintext, vector.ownerKey, Buffer.from(expected.random16))).toBe(
      encrypted,
    );
  });

  it.each(vectors.eventCryptoComputedHere)('$id', (vector) => {
    const ownKey = aesKeyOf(vector.aesKey) ?? Buffer.alloc(32);
    expect(decrypt(ownKey, vector.encrypt)).toEqual({ text: vector.plaintext, owner: vector.ownerKey });
    expect(encrypt(ownKey, vector.plaintext, vector.ownerKey, Buffer.from(vector.random16))).toBe(
      vector.encrypt,
    );
    if (vector.token && vector.timestamp && vector.nonce)
      expect(eventSignature(vector.token, vector.timestamp, vector.nonce, vector.encrypt)).toBe(
        vector.signature,
      );
  });
});

describe('decrypt', () => {
  it('undoes what encrypt does, whatever the length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(decrypt(key, encrypt(key, text, 'owner'))).toEqual({ text, owner: 'owner' });
        expect(decryptEvent(AES_KEY, encrypt(key, text, 'owner'))).toEqual({ text, owner: 'owner' });
      }),
    );
  });

  it('never throws, and believes nothing under another key', () => {
    const other = aesKeyOf('a'.repeat(43)) ?? Buffer.alloc(32);
    expect(decrypt(other, encrypt(key, '{"EventType":"check_url"}', 'owner'))?.owner).not.toBe('owner');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const plain = decrypt(key, Buffer.from(bytes).toString('base64'));
        return plain === undefined || typeof plain.text === 'string';
      }),
    );
  });

  it('knows a key by its form', () => {
    expect(aesKeyOf('too short')).toBeUndefined();
    expect(aesKeyOf(`${AES_KEY}a`)).toBeUndefined();
    expect(aesKeyOf('!'.repeat(43))).toBeUndefined();
  });
});
