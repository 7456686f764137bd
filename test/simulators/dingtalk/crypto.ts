import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';

const BLOCK = 32;

/** Header `sign` of robot messages: HMAC-SHA256 over timestamp, line feed and secret (dingtalk.md 1.2). */
export function robotSign(timestamp: string, secret: string): string {
  return createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
}

/** Header `x-ddpaas-signature` of card callbacks: over the timestamp alone (4.5). */
export function cardSign(timestamp: string, apiSecret: string): string {
  return createHmac('sha256', apiSecret).update(timestamp).digest('base64');
}

/** `msg_signature` of events (3.1). */
export function eventSign(token: string, timestamp: string, nonce: string, encrypted: string): string {
  return createHash('sha1').update([token, timestamp, nonce, encrypted].sort().join('')).digest('hex');
}

const keyOf = (aesKey: string): Buffer => Buffer.from(`${aesKey}=`, 'base64');

/** AES-256-CBC over random, byte length, text and owner, padded to blocks of 32 bytes (3.1). */
export function encryptEvent(
  aesKey: string,
  owner: string,
  text: string,
  random: Uint8Array = randomBytes(16),
): string {
  const message = Buffer.from(text, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(message.length);
  const framed = Buffer.concat([random, length, message, Buffer.from(owner, 'utf8')]);
  const pad = BLOCK - (framed.length % BLOCK);
  const key = keyOf(aesKey);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([
    cipher.update(Buffer.concat([framed, Buffer.alloc(pad, pad)])),
    cipher.final(),
  ]).toString('base64');
}

/** Reverse of `encryptEvent`; throws on a wrong key, padding or length. */
export function decryptEvent(aesKey: string, encrypted: string): { text: string; owner: string } {
  const key = keyOf(aesKey);
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(Buffer.from(encrypted, 'base64')), decipher.final()]);
  const pad = padded.at(-1) ?? 0;
  if (pad < 1 || pad > BLOCK || padded.subarray(-pad).some((byte) => byte !== pad))
    throw new Error('wrong padding');
  const framed = padded.subarray(0, -pad);
  const length = framed.readUInt32BE(16);
  if (20 + length > framed.length) throw new Error('wrong length');
  return {
    text: framed.subarray(20, 20 + length).toString('utf8'),
    owner: framed.subarray(20 + length).toString('utf8'),
  };
}
