import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../lib/errors.ts';
import { createVault } from '../lib/vault.ts';
import { type Credentials, credentialsSchema } from './credentials.ts';

/** An office as the directory hands it on, over either host. `sealed` opens with SECRET_KEY and the same id only. */
export interface OfficeEntry {
  id: string;
  sealed: string;
}

/** Part of an address and of a file name: nothing that could mean another path. */
const OFFICE_ID = /^[a-z][a-z0-9-]{0,30}[a-z0-9]$/;
/** Names that other files beside the databases of offices have. */
const TAKEN = new Set(['lianxin', 'offices', 'playground']);

const schema = credentialsSchema.extend({ id: z.string() });

/** Whether `text` can be an office's id: 2–32 lower-case letters, digits and hyphens, a letter first. */
export function isOfficeId(text: string): boolean {
  return OFFICE_ID.test(text) && !TAKEN.has(text);
}

/** Seals credentials under the house's key, bound to this office: another id does not open them. */
export function sealEntry(secretKey: string, id: string, credentials: Credentials): OfficeEntry {
  const sealed = createVault(secretKey).seal(JSON.stringify({ ...credentials, id } satisfies Sealed));
  return { id, sealed };
}

type Sealed = Credentials & { id: string };

/** Throws AppError `office-entry` when the key is another, the text is damaged, or it was sealed for another office. */
export function openEntry(secretKey: string, entry: OfficeEntry): Credentials {
  try {
    const { id, ...credentials } = schema.parse(JSON.parse(createVault(secretKey).open(entry.sealed)));
    if (id === entry.id) return credentials;
  } catch {
    // The same answer for every reason: the cause could hold a credential.
  }
  throw new AppError('office-entry', {
    userText: `单位 ${entry.id} 的凭证打不开：SECRET_KEY 换过，或者这一条不是它的。`,
    operatorText: 'an entry of the directory cannot be opened with this SECRET_KEY',
  });
}

/**
 * The key material of one office's own database. Derived, so that losing the directory loses no data, and one-way, so
 * that an office's key opens neither another office nor the directory.
 */
export function officeSecret(secretKey: string, id: string): string {
  return createHmac('sha256', secretKey).update(`lianxin:office:${id}`).digest('base64url');
}
