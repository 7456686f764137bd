import { setting } from '../../db/schema/index.ts';
import type { Store } from '../../db/store.ts';

/** One promise of the Store, kept by every host. Runs inside the host, so it asserts with `node:assert`. */
export interface StoreCase {
  name: string;
  run(store: Store): void;
}

/** Writes one row of the simplest table. */
export function put(store: Store, key: string, value = key): void {
  store.db.insert(setting).values({ key, value }).run();
}
