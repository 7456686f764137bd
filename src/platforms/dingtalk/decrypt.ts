import { createDecipheriv } from 'node:crypto';

export const AES_BLOCK = 16;
/** PKCS7 over blocks of 32 bytes, which Node's own unpadding refuses (dingtalk.md 3.1). */
export const PAD_BLOCK = 32;
/** Before the message: 16 random bytes and its length. */
export const RANDOM = 16;
export const HEADER = RANDOM + 4;

/** The 32 bytes in the console's 43 characters; undefined when it is no such key. */
export function aesKeyOf(aesKey: string): Buffer | undefined {
  const key = Buffer.from(`${aesKey}=`, 'base64');
  return /^[A-Za-z0-9+/]{43}$/.test(aesKey) && key.length === 32 ? key : undefined;
}

/** The message and whose it is, or undefined when key, padding or lengths do not fit. To be asked only after the signature fitted. */
export function decrypt(key: Buffer, encrypted: string): { text: string; owner: string } | undefined {
  const raw = Buffer.from(encrypted, 'base64');
  if (raw.length < PAD_BLOCK || raw.length % AES_BLOCK !== 0) return undefined;
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, AES_BLOCK)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(raw), decipher.final()]);
  const pad = padded.at(-1) ?? 0;
  if (pad < 1 || pad > PAD_BLOCK || pad > padded.length - HEADER) return undefined;
  if (!padded.subarray(-pad).every((byte) => byte === pad)) return undefined;
  const framed = padded.subarray(0, -pad);
  const end = HEADER + framed.readUInt32BE(RANDOM);
  if (end > framed.length) return undefined;
  return {
    text: framed.subarray(HEADER, end).toString('utf8'),
    owner: framed.subarray(end).toString('utf8'),
  };
}
