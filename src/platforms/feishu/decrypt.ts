import { createDecipheriv, createHash } from 'node:crypto';

const BLOCK = 16;

/** AES-256-CBC under SHA-256 of the Encrypt Key (feishu.md 1.3); derived once. */
export function encryptionKey(encryptKey: string): Buffer {
  return createHash('sha256').update(encryptKey, 'utf8').digest();
}

/**
 * True if the text could be a ciphertext at all: base64 of an IV and at least one whole block.
 * Anyone can see this without the key, so answering by it tells an attacker nothing.
 */
export function isCiphertext(encrypted: string): boolean {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encrypted)) return false;
  const length = Buffer.byteLength(encrypted, 'base64');
  return length >= 2 * BLOCK && length % BLOCK === 0;
}

/** The plain UTF-8 text, or undefined when key or padding do not fit. */
export function decrypt(key: Buffer, encrypted: string): string | undefined {
  if (!isCiphertext(encrypted)) return undefined;
  const raw = Buffer.from(encrypted, 'base64');
  try {
    const decipher = createDecipheriv('aes-256-cbc', key, raw.subarray(0, BLOCK));
    return Buffer.concat([decipher.update(raw.subarray(BLOCK)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
