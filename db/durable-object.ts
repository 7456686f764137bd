import type { DurableObjectStorage } from '@cloudflare/workers-types';
import { drizzle } from 'drizzle-orm/durable-sqlite';
import { migrate } from './migrations.ts';
import { touchesRemembered } from './remembered.ts';
import * as schema from './schema/index.ts';
import { isStorageError, syncOnly } from './storage-error.ts';
import { CommitFailed, type Outcome, type Statement, type Store, type Value } from './store.ts';

/**
 * The same Store on a Durable Object with SQLite storage (`ctx.storage`), migrated. There is no other writer;
 * durability of an answer is the output gate's work: nothing leaves the object before its writes are safe.
 * Throws `AppError` `database-newer` or `database-differs`.
 */
export function openDurableStore(storage: DurableObjectStorage): Store {
  let open = false;
  let doomed: unknown;
  let epoch = 0;

  const guard = () => {
    if (open && doomed !== undefined) throw new CommitFailed(doomed);
  };

  function outer<T>(work: () => T): T {
    if (open) throw new Error('a transaction is already open: use savepoint');
    open = true;
    doomed = undefined;
    try {
      return storage.transactionSync(() => {
        const value = work();
        guard();
        return value;
      });
    } catch (error) {
      epoch += 1;
      if (error instanceof CommitFailed) throw error;
      throw isStorageError(error) ? new CommitFailed(error) : error;
    } finally {
      open = false;
    }
  }

  function savepoint<T>(work: () => T): T {
    if (!open) throw new Error('a savepoint needs a transaction around it');
    guard();
    try {
      return storage.transactionSync(() => syncOnly(work()));
    } catch (error) {
      epoch += 1;
      if (isStorageError(error)) doomed ??= error;
      guard();
      throw error;
    }
  }

  function attempt<T>(work: () => T): Outcome<T> {
    try {
      return { ok: true, value: savepoint(work) };
    } catch (error) {
      guard();
      return { ok: false, error };
    }
  }

  function watch(query: string): void {
    guard();
    if (touchesRemembered(query)) epoch += 1;
  }

  function prepare<Row>(text: string): Statement<Row> {
    const rows = (values: Value[]): Row[] => {
      watch(text);
      // The runtime keeps what it has compiled; its types want an index signature that an interface does not have.
      return storage.sql.exec(text, ...values).toArray() as unknown as Row[];
    };
    return {
      get: (...values) => rows(values)[0],
      all: (...values) => rows(values),
      run: (...values) => void rows(values),
      insert(...values) {
        watch(text);
        const [row] = storage.sql.exec<{ id: number }>(`${text} returning rowid as id`, ...values).toArray();
        return row?.id ?? null;
      },
    };
  }

  const store: Store = {
    db: drizzle(storage, { schema, logger: { logQuery: watch } }),
    prepare,
    epoch: () => (open ? epoch : null),
    transaction: (work) => outer(() => syncOnly(work())),
    batch: (works) => (works.length === 0 ? [] : outer(() => works.map(attempt))),
    savepoint,
    close() {
      // The runtime owns the storage.
    },
  };
  migrate(store);
  return store;
}
