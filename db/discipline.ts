import type Database from 'better-sqlite3';
import { touchesRemembered } from './remembered.ts';
import { isStorageError, syncOnly } from './storage-error.ts';
import { CommitFailed, type Outcome, type Statement, type Value } from './store.ts';

/**
 * The transaction discipline of one connection. Every error inside a transaction is checked against
 * `inTransaction`: on a full disk SQLite drops the whole outer transaction silently, after which each further
 * statement would commit by itself. `guard` runs before every statement and stops exactly that (decision 41).
 */
export function createDiscipline(sqlite: Database.Database, readonly: boolean) {
  const begin = sqlite.prepare(readonly ? 'BEGIN' : 'BEGIN IMMEDIATE');
  const commit = sqlite.prepare('COMMIT');
  const mark = sqlite.prepare('SAVEPOINT work');
  const undo = sqlite.prepare('ROLLBACK TO work');
  const release = sqlite.prepare('RELEASE work');
  // Rises when another connection, of this process or another, has committed.
  const others = sqlite.prepare<[], number>('PRAGMA data_version').pluck();
  let seen: number | undefined;
  let epoch = 0;
  let open = false;
  let doomed: unknown;
  /** In a batch without savepoints: what is thrown undoes all of it, and it is done anew with them. */
  let light = false;
  let spoiled = false;

  const lost = () => doomed !== undefined || !sqlite.inTransaction;
  const guard = () => {
    if (open && lost()) throw new CommitFailed(doomed ?? 'the transaction was rolled back');
  };

  function outer<T>(work: () => T): T {
    if (open) throw new Error('a transaction is already open: use savepoint');
    try {
      begin.run();
    } catch (cause) {
      throw new CommitFailed(cause);
    }
    open = true;
    doomed = undefined;
    try {
      const version = others.get();
      if (version !== seen) epoch += 1;
      seen = version;
      const value = work();
      guard();
      try {
        commit.run();
      } catch (cause) {
        throw new CommitFailed(cause);
      }
      return value;
    } catch (error) {
      epoch += 1;
      const storage = isStorageError(error) || lost();
      if (sqlite.inTransaction) sqlite.exec('ROLLBACK');
      throw storage && !(error instanceof CommitFailed) ? new CommitFailed(doomed ?? error) : error;
    } finally {
      open = false;
    }
  }

  function savepoint<T>(work: () => T): T {
    if (!open) throw new Error('a savepoint needs a transaction around it');
    guard();
    if (light) return lightly(work);
    mark.run();
    try {
      const value = syncOnly(work());
      guard();
      release.run();
      return value;
    } catch (error) {
      epoch += 1;
      if (isStorageError(error) || lost()) doomed ??= error;
      if (sqlite.inTransaction) {
        undo.run();
        release.run();
      }
      guard();
      throw error;
    }
  }

  function lightly<T>(work: () => T): T {
    try {
      return syncOnly(work());
    } catch (error) {
      spoiled ||= !isStorageError(error) && !lost();
      doomed ??= error;
      throw error instanceof CommitFailed ? error : new CommitFailed(error);
    }
  }

  /**
   * A savepoint sets aside every page that its work touches, an eighth of what an event costs; most batches need none.
   * Works may be run again (GroupCommit does so after a failed commit).
   */
  function batch<T>(works: readonly (() => T)[]): Outcome<T>[] {
    light = true;
    spoiled = false;
    try {
      return outer(() => works.map((work) => ({ ok: true, value: lightly(work) })));
    } catch (error) {
      if (!spoiled) throw error;
    } finally {
      light = false;
    }
    return outer(() => works.map(attempt));
  }

  /** A failed work is an outcome; a failed disk or lock is not, and ends the batch. */
  function attempt<T>(work: () => T): Outcome<T> {
    try {
      return { ok: true, value: savepoint(work) };
    } catch (error) {
      guard();
      return { ok: false, error };
    }
  }

  /** Before every statement of drizzle's. */
  function watch(query: string): void {
    guard();
    if (touchesRemembered(query)) epoch += 1;
  }

  function prepare<Row>(text: string): Statement<Row> {
    let prepared: Database.Statement<Value[], Row> | undefined;
    const touches = touchesRemembered(text);
    const ready = () => {
      guard();
      if (touches) epoch += 1;
      prepared ??= sqlite.prepare<Value[], Row>(text);
      return prepared;
    };
    return {
      get: (...values) => ready().get(...values),
      all: (...values) => ready().all(...values),
      run: (...values) => void ready().run(...values),
      insert(...values) {
        const { changes, lastInsertRowid } = ready().run(...values);
        return changes === 0 ? null : Number(lastInsertRowid);
      },
    };
  }

  return { watch, prepare, outer, savepoint, batch, epoch: () => (open ? epoch : null) };
}
