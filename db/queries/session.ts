import { getTableColumns, type Table } from 'drizzle-orm';
import type { Vault } from '../../src/lib/vault.ts';
import type { Store } from '../store.ts';

/** What every query module is made of: one connection and the office's key. */
export interface Session extends Pick<Store, 'db' | 'prepare' | 'epoch'> {
  vault: Vault;
  /** Connections that are on by now, in their order; absent: nobody asks, and every one counts. */
  connections?: () => readonly string[];
}

/** Every column of a table under its own name, for `prepare`; not for booleans and other modes of drizzle's. */
export function columnsOf(table: Table): string {
  return Object.entries(getTableColumns(table))
    .map(([key, column]) => `${column.name} as "${key}"`)
    .join(', ');
}

/** Keys kept by one `remembering`; beyond that it begins anew. */
const KEPT = 20_000;

/**
 * The same read, answered from memory inside transactions as long as the store's epoch stands still. What it gives is
 * shared: nobody changes it.
 */
export function remembering<K extends string | number, V>(
  { epoch }: Pick<Session, 'epoch'>,
  read: (key: K) => V,
): (key: K) => V {
  const kept = new Map<K, V>();
  let of: number | null = null;
  return (key) => {
    const now = epoch();
    if (now === null) return read(key);
    if (now !== of || kept.size >= KEPT) {
      kept.clear();
      of = now;
    }
    const known = kept.get(key);
    if (known !== undefined) return known;
    const value = read(key);
    if (value !== undefined) kept.set(key, value);
    return value;
  };
}
