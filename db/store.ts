import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import type * as schema from './schema/index.ts';

/** Drizzle's synchronous API, the same on better-sqlite3 and on a Durable Object. `.run()` results are not portable: use `.returning()`. */
export type Db = BaseSQLiteDatabase<'sync', unknown, typeof schema>;

export type Outcome<T> = { ok: true; value: T } | { ok: false; error: unknown };

/** The transaction could not be committed: nothing of the batch is on disk (disk full, locked; decisions 1, 41). */
export class CommitFailed extends Error {
  constructor(cause: unknown) {
    super('commit failed', { cause });
    this.name = 'CommitFailed';
  }
}

/** What a hot statement takes and gives; booleans are 0 and 1. */
export type Value = string | number | null;

/**
 * A statement of the main job, written in SQL and prepared once, at its first use: a row is what SQLite gives, by the
 * names in the SQL. Drizzle's own mapping costs more than most of these statements.
 */
export interface Statement<Row> {
  get(...values: Value[]): Row | undefined;
  all(...values: Value[]): Row[];
  run(...values: Value[]): void;
  /** Of an insert: the new row's number, null when it was not inserted. */
  insert(...values: Value[]): number | null;
}

/** What a work may give back: an async one would commit before it has ended, so its type is refused (architecture, two hosts). */
export type Sync<T> = T extends PromiseLike<unknown> ? never : T;

/** One office's database, one writer. The only type of `db/` that the rest of the house needs besides queries. */
export interface Store {
  readonly db: Db;
  /** For statements that run with every event; all others are drizzle's. */
  prepare<Row = never>(sql: string): Statement<Row>;
  /**
   * A number that rises whenever rows of the tables that are remembered (`remembered.ts`) may have changed, here or in
   * another process; null outside a transaction, where nothing may be remembered.
   */
  epoch(): number | null;
  /** Runs `work` in one immediate transaction; commits before it returns; a throw rolls all of it back. */
  transaction<T>(work: () => Sync<T>): T;
  /**
   * Group commit: each work in a savepoint of one immediate transaction, a throw undoes that work alone.
   * Returns only after the commit is durable. Throws `CommitFailed` when nothing of it is on disk;
   * in particular a full disk that silently rolled the outer transaction back (decision 41).
   */
  batch<T>(works: readonly (() => Sync<T>)[]): Outcome<T>[];
  /** A nested savepoint inside `transaction` or `batch`: a throw undoes its own work and is passed on. */
  savepoint<T>(work: () => Sync<T>): T;
  close(): void;
}
