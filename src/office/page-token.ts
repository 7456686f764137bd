import { randomBytes } from 'node:crypto';
import type { Values } from '../../cards/card.ts';
import { HOUR } from '../lib/day.ts';
import { createVault, type Vault } from '../lib/vault.ts';
import type { CardAt } from './card-at.ts';

/** Issue 4, point 4. */
const GOOD_FOR = 24 * HOUR;

/** What a page is about; no target: the whole card. */
export type PageTarget = { form: string } | { action: string; value: Values; label: string };

/** What is sealed into `/f/<token>`: whose page it is, of which card, and until when. */
export interface PageToken {
  member: number;
  connection: string;
  externalId: string;
  at: CardAt;
  target?: PageTarget;
  /** Epoch ms. */
  until: number;
  /** What is done by it is done once. */
  nonce: string;
}

/** Keys of their own: what is sealed for the database cannot be passed off as a link, nor the other way round. */
export const pageVault = (secret: string): Vault => createVault(`pages\0${secret}`);

export function sealToken(
  vault: Vault,
  token: Omit<PageToken, 'until' | 'nonce'>,
  now: number,
  until = now + GOOD_FOR,
): string {
  const { member, connection, externalId, at, target } = token;
  const nonce = randomBytes(9).toString('base64url');
  return vault.seal(JSON.stringify([member, connection, externalId, at, target ?? null, until, nonce]));
}

/** null: not ours, or damaged. */
export function openToken(vault: Vault, sealed: string): PageToken | null {
  try {
    const [member, connection, externalId, at, target, until, nonce] = JSON.parse(vault.open(sealed)) as [
      number,
      string,
      string,
      CardAt,
      PageTarget | null,
      number,
      string,
    ];
    return { member, connection, externalId, at, target: target ?? undefined, until, nonce };
  } catch {
    return null;
  }
}

/** What a form stands for, as of its opening: it may be sent until it is accepted, each sending once. */
export interface FormSeal {
  nonce: string;
  action: string;
  value: Values;
  attempt: number;
}

export const sealForm = (vault: Vault, seal: FormSeal): string => vault.seal(JSON.stringify(seal));

/** null: not ours, damaged, or of another page. */
export function openForm(vault: Vault, sealed: string, nonce: string): FormSeal | null {
  try {
    const seal = JSON.parse(vault.open(sealed)) as FormSeal;
    return seal.nonce === nonce ? seal : null;
  } catch {
    return null;
  }
}
