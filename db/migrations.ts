import { sql } from 'drizzle-orm';
import { AppError } from '../src/lib/errors.ts';
import { bundle } from './migrations/bundle.ts';
import type { Store } from './store.ts';

export interface Migration {
  tag: string;
  hash: string;
  sql: string;
}

const separator = '--> statement-breakpoint';

const refuse = (code: string, userText: string, detail: string) =>
  new AppError(code, { userText, operatorText: `${code}: ${detail}` });

function applied(db: Store['db']): { tag: string; hash: string }[] {
  const known = db.all(sql`SELECT name FROM sqlite_master WHERE type = 'table' AND name = '__migrations'`);
  return known.length === 0 ? [] : db.all(sql`SELECT tag, hash FROM __migrations ORDER BY tag`);
}

/** What the code has and the database has not. Throws `AppError` when the database is ahead or of another line. */
function missing(db: Store['db'], known: readonly Migration[]): Migration[] {
  const done = new Map(applied(db).map((row) => [row.tag, row.hash]));
  for (const [tag, hash] of done) {
    const here = known.find((migration) => migration.tag === tag);
    if (!here) {
      throw refuse(
        'database-newer',
        '数据库由更新的版本写过，请把连心升级到那个版本或更新的版本再启动。',
        tag,
      );
    }
    if (here.hash !== hash) {
      throw refuse(
        'database-differs',
        '数据库由另一个未发布的版本建立，表结构对不上，请换一个 DATABASE_PATH。',
        tag,
      );
    }
  }
  return known.filter((migration) => !done.has(migration.tag));
}

/**
 * Brings a database to the code's schema, all in one transaction, on either host; a second run does nothing and
 * takes no lock. Throws `AppError` `database-newer` or `database-differs` when it must not be touched.
 */
export function migrate(
  store: Pick<Store, 'db' | 'transaction'>,
  known: readonly Migration[] = bundle,
): void {
  const { db } = store;
  if (missing(db, known).length === 0) return;
  store.transaction(() => {
    db.run(
      sql`CREATE TABLE IF NOT EXISTS __migrations (tag TEXT PRIMARY KEY NOT NULL, hash TEXT NOT NULL, applied_at INTEGER NOT NULL DEFAULT (unixepoch() * 1000)) WITHOUT ROWID`,
    );
    // Looked up again: another process may have migrated while this one waited for the lock.
    for (const migration of missing(db, known)) {
      for (const statement of migration.sql.split(separator)) db.run(sql.raw(statement));
      db.run(sql`INSERT INTO __migrations (tag, hash) VALUES (${migration.tag}, ${migration.hash})`);
    }
  });
}

/** For a read-only connection, which cannot migrate: throws unless the database is at the code's schema. */
export function assertMigrated(db: Store['db'], known: readonly Migration[] = bundle): void {
  const todo = missing(db, known);
  if (todo.length > 0) {
    throw refuse(
      'database-older',
      '数据库还没有升级，请先启动一次连心。',
      todo.map((migration) => migration.tag).join(','),
    );
  }
}
