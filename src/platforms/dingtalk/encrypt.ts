import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { AES_BLOCK, PAD_BLOCK, RANDOM } from './decrypt.ts';

/** Base64 of random ‖ length (big-endian, in bytes) ‖ message ‖ owner, padded to 32 (dingtalk.md 3.1). */
export function encrypt(key: Buffer, text: string, owner: string, random = randomBytes(RANDOM)): string {
  const message = Buffer.from(text, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(message.length);
  const framed = Buffer.concat([random, length, message, Buffer.from(owner, 'utf8')]);
  const pad = PAD_BLOCK - (framed.length % PAD_BLOCK);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, AES_BLOCK)).setAutoPadding(false);
  return Buffer.concat([
    cipher.update(framed),
    cipher.update(Buffer.alloc(pad, pad)),
    cipher.final(),
  ]).toString('base64');
}

/** hex(SHA-1 of the four, sorted and joined). */
export function eventSignature(token: string, timestamp: string, nonce: string, encrypted: string): string {
  return createHash('sha1')
    .update([token, timestamp, nonce, encrypted].sort().join(''), 'utf8')
    .digest('hex');
}
