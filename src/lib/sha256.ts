import * as crypto from 'node:crypto';

/** Node has one call for it since 20.12; a hash object for every few bytes costs as much as hashing them. */
const oneShot: typeof crypto.hash | undefined = crypto.hash;

export function sha256(data: string | Uint8Array): Buffer {
  return oneShot ? oneShot('sha256', data, 'buffer') : crypto.createHash('sha256').update(data).digest();
}

export function sha256Hex(data: string | Uint8Array): string {
  return oneShot ? oneShot('sha256', data, 'hex') : crypto.createHash('sha256').update(data).digest('hex');
}

/** 43 characters of base64url. */
export function sha256Text(data: string): string {
  return oneShot
    ? oneShot('sha256', data, 'base64url')
    : crypto.createHash('sha256').update(data).digest('base64url');
}
