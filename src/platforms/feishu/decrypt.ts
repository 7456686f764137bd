import { createDecipheriv } from 'node:crypto';
import { sha256 } from '../../lib/sha256.ts';

const BLOCK = 16;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * The bytes of what could be a ciphertext at all: base64 of an IV and at least one whole block; undefined for anything
 * else. Anyone can see this without the key, so answering by it tells an attacker nothing.
 */
export function sealedBytes(encrypted: string): Buffer | undefined {
  const bytes = Buffer.from(encrypted, 'base64');
  if (bytes.length < 2 * BLOCK || bytes.length % BLOCK !== 0) return undefined;
  // What reads the same when written again was base64: that is known faster than by looking at every character.
  return bytes.toString('base64') === encrypted || BASE64.test(encrypted) ? bytes : undefined;
}

/** AES-256-CBC under SHA-256 of the Encrypt Key (feishu.md 1.3). Gives the plain UTF-8 text, or undefined when key or padding do not fit. */
export function createDecrypt(encryptKey: string): (sealed: Buffer) => string | undefined {
  // One decipher for all, which saves half of the work: CBC mixes each block with the one before it, so an IV that is fed
  // in as the first block is an IV, whatever came earlier; what that block itself gives is nothing and is left out.
  const decipher = createDecipheriv('aes-256-cbc', sha256(encryptKey), Buffer.alloc(BLOCK));
  decipher.setAutoPadding(false);

  return (sealed) => {
    const padded = decipher.update(sealed);
    const padding = padded.at(-1) ?? 0;
    const end = padded.length - padding;
    if (padding < 1 || padding > BLOCK) return undefined;
    for (let at = end; at < padded.length; at += 1) if (padded[at] !== padding) return undefined;
    return padded.toString('utf8', BLOCK, end);
  };
}
