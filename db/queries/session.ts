import type { Vault } from '../../src/lib/vault.ts';
import type { Db } from '../store.ts';

/** What every query module is made of: one connection and the office's key. */
export interface Session {
  db: Db;
  vault: Vault;
  /** Connections that are on, in their order; absent: nobody asks, and every one counts. */
  connections?: readonly string[];
}
