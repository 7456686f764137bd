import { asc, eq, isNull } from 'drizzle-orm';
import { connection } from '../schema/index.ts';
import type { Session } from './session.ts';

export type ConnectionRow = typeof connection.$inferSelect;

/** Tenants beside the one of the environment (decision 6). What is sealed in a row is the caller's matter. */
export function connectionQueries({ db }: Pick<Session, 'db'>) {
  const change = (key: string, values: Partial<ConnectionRow>): boolean =>
    db.update(connection).set(values).where(eq(connection.key, key)).returning({ key: connection.key }).all()
      .length > 0;
  return {
    get: (key: string): ConnectionRow | undefined =>
      db.select().from(connection).where(eq(connection.key, key)).get(),
    /** All of them, the oldest first. */
    list: (): ConnectionRow[] =>
      db.select().from(connection).orderBy(asc(connection.createdAt), asc(connection.key)).all(),
    /** Those that a start opens. */
    enabled: (): ConnectionRow[] =>
      db
        .select()
        .from(connection)
        .where(isNull(connection.disabledAt))
        .orderBy(asc(connection.createdAt), asc(connection.key))
        .all(),
    /** False when the key is taken. */
    add: (row: Pick<ConnectionRow, 'key' | 'platform' | 'sealed'>, now: number): boolean =>
      db
        .insert(connection)
        .values({ ...row, revision: 1, createdAt: now })
        .onConflictDoNothing()
        .returning({ key: connection.key })
        .all().length > 0,
    /** Each of these is false when there is no such connection. */
    rotate: (key: string, sealed: string, revision: number, now: number): boolean =>
      change(key, { sealed, revision, rotatedAt: now }),
    disable: (key: string, now: number): boolean => change(key, { disabledAt: now }),
    enable: (key: string): boolean => change(key, { disabledAt: null }),
  };
}
