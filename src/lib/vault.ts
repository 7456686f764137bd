import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomFillSync } from 'node:crypto';

/**
 * Encryption at rest of what decision 28 names (bodies, notes, words, phone, room, P3 labels),
 * and keyed look-ups (HMAC), so that a copied file can neither be read nor enumerated.
 */
export interface Vault {
  /** UTF-8 text in, `v1.<base64url>` out; null stays null. Every call gives another ciphertext. */
  seal(text: string): string;
  /** The reverse of seal; throws when the key or the text is wrong. */
  open(sealed: string): string;
  /** A stable, keyed digest (22 characters) to find a value without keeping it. `kind` separates name spaces. */
  digest(kind: string, text: string): string;
  /** 22 characters that nobody can guess and that come once. */
  nonce(): string;
}

const IV = 12;
const NONCE = 16;
/** Nonces drawn at a time: a draw of its own for each costs nearly as much as the sealing. */
const DRAWN = 512;

/** Random bytes of this length, each handed out once. */
function nonces(length: number): () => Buffer {
  const pool = Buffer.alloc(length * DRAWN);
  let next = pool.length;
  return () => {
    if (next === pool.length) {
      randomFillSync(pool);
      next = 0;
    }
    next += length;
    return pool.subarray(next - length, next);
  };
}

export function createVault(secret: string): Vault {
  const derive = (info: string) => Buffer.from(hkdfSync('sha256', secret, 'lianxin', info, 32));
  const encryptionKey = derive('fields');
  const lookupKey = derive('lookup');
  const iv12 = nonces(IV);
  const once = nonces(NONCE);
  return {
    seal(text) {
      const iv = iv12();
      const cipher = createCipheriv('aes-256-gcm', encryptionKey, iv);
      const body = cipher.update(text, 'utf8');
      // Nothing is left for the end in this mode; it closes the tag.
      cipher.final();
      return `v1.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`;
    },
    open(sealed) {
      const raw = Buffer.from(sealed.slice(3), 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', encryptionKey, raw.subarray(0, 12));
      decipher.setAuthTag(raw.subarray(12, 28));
      const text = decipher.update(raw.subarray(28)).toString('utf8');
      decipher.final();
      return text;
    },
    nonce: () => once().toString('base64url'),
    digest: (kind, text) =>
      createHmac('sha256', lookupKey).update(`${kind}\0${text}`).digest('base64url').slice(0, 22),
  };
}
