import { openStore } from '../../db/node.ts';
import { createQueries, type Queries } from '../../db/queries/index.ts';
import type { Store } from '../../db/store.ts';
import { createVault } from '../../src/lib/vault.ts';
import { type Generated, generate } from './generate.ts';
import type { Size } from './size.ts';

export const SECRET = 'a key of the benchmark alone, of no use to anybody';

/** A Wednesday afternoon, so that no job or quiet hour is in the way. */
export const WEDNESDAY = Date.parse('2026-11-18T15:00:00+08:00');

/** Makes an office of this size in a new file (or `:memory:`). */
export function makeOffice(
  path: string,
  size: Size,
  options: { connection?: string; now?: number } = {},
): Generated & { store: Store; q: Queries } {
  const store = openStore(path);
  const vault = createVault(SECRET);
  const q = createQueries({ store, vault });
  const made = generate({
    store,
    q,
    db: store.db,
    vault,
    size,
    now: options.now ?? WEDNESDAY,
    connection: options.connection ?? 'feishu:cli_bench',
  });
  return { ...made, store, q };
}
