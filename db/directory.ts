import { and, asc, eq, isNull, lte, sql } from 'drizzle-orm';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Migration } from './migrations.ts';
import { openStore } from './node.ts';

/** The directory of offices: a small database of its own beside theirs. Times are epoch ms. */
const office = sqliteTable('office', {
  id: text('id').primaryKey(),
  /** Credentials, encrypted; what is in it is the caller's matter. */
  sealed: text('sealed').notNull(),
  revision: integer('revision').notNull(),
  createdAt: integer('created_at').notNull(),
  rotatedAt: integer('rotated_at'),
  disabledAt: integer('disabled_at'),
  /** When it has to be opened though nobody speaks to it; 0 while it is open, so that a crash leaves it due at once. */
  nextAt: integer('next_at').notNull(),
});

/** One row: when the host was last alive. */
const host = sqliteTable('host', { id: integer('id').primaryKey(), aliveAt: integer('alive_at').notNull() });

/** Forward only, as those of the offices. */
const MIGRATIONS: readonly Migration[] = [
  {
    tag: '0000_directory',
    hash: 'directory-0000',
    sql: `CREATE TABLE office (
  id text PRIMARY KEY NOT NULL, sealed text NOT NULL, revision integer NOT NULL, created_at integer NOT NULL,
  rotated_at integer, disabled_at integer, next_at integer NOT NULL);
--> statement-breakpoint
CREATE INDEX office_due ON office (next_at) WHERE disabled_at IS NULL;
--> statement-breakpoint
CREATE TABLE host (id integer PRIMARY KEY NOT NULL, alive_at integer NOT NULL);`,
  },
];

export type DirectoryRow = typeof office.$inferSelect;
export type Directory = ReturnType<typeof openDirectory>;

/**
 * Opens (and creates) the directory at `path`. Beside a running server it is safe: each call is one statement.
 * Throws `AppError` as `openStore` does; a write while another process holds the lock throws after 100 ms.
 */
export function openDirectory(path: string) {
  const store = openStore(path, { migrations: MIGRATIONS });
  const { db } = store;
  const byId = db
    .select()
    .from(office)
    .where(eq(office.id, sql.placeholder('id')))
    .prepare();
  const change = (id: string, values: Partial<DirectoryRow>): boolean =>
    db.update(office).set(values).where(eq(office.id, id)).returning({ id: office.id }).all().length > 0;
  return {
    get: (id: string): DirectoryRow | undefined => byId.get({ id }),
    list: (): DirectoryRow[] => db.select().from(office).orderBy(asc(office.id)).all(),
    /** False when the id is taken. */
    add: (id: string, sealed: string, now: number): boolean =>
      db
        .insert(office)
        .values({ id, sealed, revision: 1, createdAt: now, nextAt: now })
        .onConflictDoNothing()
        .returning({ id: office.id })
        .all().length > 0,
    /** Each of these is false when there is no such office. */
    rotate: (id: string, sealed: string, revision: number, now: number): boolean =>
      // Due at once: what it has open, or has to open now, may be another's.
      change(id, { sealed, revision, rotatedAt: now, nextAt: now }),
    disable: (id: string, now: number): boolean => change(id, { disabledAt: now }),
    /** Due at once: jobs may have been missed. */
    enable: (id: string, now: number): boolean => change(id, { disabledAt: null, nextAt: now }),
    wakeAt: (id: string, at: number): boolean => change(id, { nextAt: at }),
    /** Enabled ones that have something to do by `now`, those that waited longest first. */
    due: (now: number): DirectoryRow[] =>
      db
        .select()
        .from(office)
        .where(and(isNull(office.disabledAt), lte(office.nextAt, now)))
        .orderBy(asc(office.nextAt))
        .all(),
    /** Every enabled office has to be opened. */
    wakeAll(now: number): void {
      db.update(office).set({ nextAt: now }).where(isNull(office.disabledAt)).run();
    },
    /** Says that the host is alive; when it was before, or null. */
    alive(now: number): number | null {
      const before = db.select().from(host).get()?.aliveAt ?? null;
      db.insert(host)
        .values({ id: 1, aliveAt: now })
        .onConflictDoUpdate({ target: host.id, set: { aliveAt: now } })
        .run();
      return before;
    },
    close: (): void => store.close(),
  };
}
