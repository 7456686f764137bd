import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { AppError } from '../src/lib/errors.ts';
import { createDiscipline } from './discipline.ts';
import { assertMigrated, type Migration, migrate } from './migrations.ts';
import * as schema from './schema/index.ts';
import { isStorageError, syncOnly } from './storage-error.ts';
import type { Store } from './store.ts';

/** Decision 41: wait at most this long for another writer, then let the caller retry by timer. */
const busyMs = 100;

type Sqlite = Database.Database;

/** Creates the folder and the file so that nobody else on the machine may read them; an existing file is left as it is. */
function createPrivately(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
}

function openFile(path: string, readonly: boolean): Sqlite {
  try {
    if (path !== ':memory:' && !readonly) createPrivately(path);
    const sqlite = new Database(path, { readonly, fileMustExist: readonly, timeout: busyMs });
    if (!readonly) {
      const mode = sqlite.pragma('journal_mode = WAL', { simple: true });
      if (path !== ':memory:' && mode !== 'wal') throw new Error(`journal mode is ${String(mode)}, not wal`);
      // The build of better-sqlite3 defaults to NORMAL under WAL, where a power cut loses what was acknowledged.
      sqlite.pragma('synchronous = FULL');
      // Each event is a savepoint: what it touches is set aside in memory, not in a file.
      sqlite.pragma('temp_store = MEMORY');
      // Moving pages from the log into the file costs two syncs; thirty megabytes of log are read back in a moment.
      sqlite.pragma('wal_autocheckpoint = 8000');
      // 2 MB, the build's own choice, hold not even the upper pages of the indexes of a county.
      sqlite.pragma('cache_size = -16000');
    }
    sqlite.pragma('foreign_keys = ON');
    return sqlite;
  } catch (cause) {
    throw new AppError('database-open', {
      userText: '打不开数据库文件，请检查 DATABASE_PATH 的目录是否存在、可写，磁盘是否已满。',
      operatorText: 'cannot open the database',
      cause,
    });
  }
}

/**
 * Opens (and creates, and migrates) an office's SQLite file: WAL, `synchronous=FULL`, immediate transactions,
 * busy wait of 100 ms. `:memory:` is allowed. A read-only store gives reports a consistent snapshot beside
 * the writer (decision 41) and must already be migrated, unless it is to be looked at `asIs`.
 * `migrations`: those of another schema than an office's.
 * Throws `AppError` with a sentence for the operator: `database-open`, `database-newer`, `database-differs`, `database-older`.
 */
export function openStore(
  path: string,
  options: { readonly?: boolean; asIs?: boolean; migrations?: readonly Migration[] } = {},
): Store {
  const readonly = options.readonly ?? false;
  const sqlite = openFile(path, readonly);
  const { watch, prepare, outer, savepoint, batch, epoch } = createDiscipline(sqlite, readonly);
  const store: Store = {
    db: drizzle(sqlite, { schema, logger: { logQuery: watch } }),
    prepare,
    epoch,
    transaction: (work) => outer(() => syncOnly(work())),
    batch: (works) => (works.length === 0 ? [] : batch(works)),
    savepoint,
    close: () => sqlite.close(),
  };
  try {
    if (!readonly) migrate(store, options.migrations);
    else if (!options.asIs) assertMigrated(store.db, options.migrations);
  } catch (error) {
    sqlite.close();
    throw error;
  }
  return store;
}

/** SQLite's quick look at the whole file, for `doctor` and after a crash: its complaints, none when it is sound. */
export function quickCheck(store: Store): string[] {
  try {
    const rows = store.db.all<{ quick_check: string }>(sql`PRAGMA quick_check`);
    return rows.map((row) => row.quick_check).filter((line) => line !== 'ok');
  } catch (error) {
    if (!isStorageError(error)) throw error;
    return [error instanceof Error ? error.message : String(error)];
  }
}

/**
 * For the start: a damaged file is not written to.
 * Throws `AppError` `database-damaged` with the way out; complaints name pages and indexes, never what is in them.
 */
export function assertSound(store: Store): void {
  const [first] = quickCheck(store);
  if (first === undefined) return;
  throw new AppError('database-damaged', {
    userText: `数据库文件有损坏，没有启动，以免越写越坏。请用最近的备份恢复：lianxin restore <备份文件>（检查结果：${first.replace(/\s+/g, ' ').slice(0, 120)}）`,
    operatorText: 'the database is damaged',
  });
}

const unreadable = (cause: unknown) =>
  new AppError('database-unreadable', {
    userText: '这个文件不是连心的数据库，或者已经损坏，或者磁盘满了。',
    operatorText: 'the database cannot be copied',
    cause,
  });

/**
 * Copies a database as it stands at this moment, beside whoever reads and writes it, into one file that needs no log
 * beside it and that nobody else on the machine may read. Throws `AppError` `database-open` or
 * `database-unreadable`, and when `to` exists.
 */
export async function copyDatabase(from: string, to: string): Promise<void> {
  if (existsSync(to)) throw new Error('the copy would overwrite a file');
  const source = openFile(from, true);
  try {
    createPrivately(to);
    // Inside one read transaction: another writer's commit would make the copy begin again, under load for ever.
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM sqlite_master').get();
    await source.backup(to);
  } catch (cause) {
    throw isStorageError(cause) ? unreadable(cause) : cause;
  } finally {
    source.close();
  }
  if (!foldLog(to)) throw new Error('the copy is in use');
}

/**
 * Folds the log into the file, which SQLite does only while nobody else has it open: true means that the file now
 * stands alone and nobody uses it, false that it is in use or cannot be read.
 */
export function foldLog(path: string): boolean {
  let sqlite: Sqlite | undefined;
  try {
    sqlite = new Database(path, { fileMustExist: true, timeout: busyMs });
    return sqlite.pragma('journal_mode = DELETE', { simple: true }) === 'delete';
  } catch (error) {
    if (!isStorageError(error)) throw error;
    return false;
  } finally {
    sqlite?.close();
  }
}
