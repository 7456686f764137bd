import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const keyOf = (encryptKey: string): Buffer => createHash('sha256').update(encryptKey, 'utf8').digest();

/** AES-256-CBC, key = SHA256(encrypt key), IV in front, PKCS#7, base64 (feishu.md 1.3). */
export function encrypt(encryptKey: string, text: string, iv: Uint8Array = randomBytes(16)): string {
  const cipher = createCipheriv('aes-256-cbc', keyOf(encryptKey), iv);
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
}

/** Reverse of `encrypt`; throws on a wrong key or padding. */
export function decrypt(encryptKey: string, base64: string): string {
  const raw = Buffer.from(base64, 'base64');
  const decipher = createDecipheriv('aes-256-cbc', keyOf(encryptKey), raw.subarray(0, 16));
  return Buffer.concat([decipher.update(raw.subarray(16)), decipher.final()]).toString('utf8');
}

/** X-Lark-Signature: hex SHA-256 of timestamp, nonce, key and the raw body, nothing between (1.4). */
export function sign(
  timestamp: string,
  nonce: string,
  encryptKey: string,
  body: string | Uint8Array,
): string {
  return createHash('sha256')
    .update(timestamp + nonce + encryptKey, 'utf8')
    .update(body)
    .digest('hex');
}

/** Signature of the legacy card callback: SHA-1 over the verification token instead of the key (1.4). */
export function signLegacyCard(timestamp: string, nonce: string, token: string, body: string): string {
  return createHash('sha1')
    .update(timestamp + nonce + token + body, 'utf8')
    .digest('hex');
}

/** Go's time.String() in UTC+8, as one team saw it in the header of card callbacks (1.4). */
export function goTime(ms: number): string {
  const local = new Date(ms + 8 * 3_600_000).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 23)}052112 +0800 CST m=+3612.100000001`;
}
