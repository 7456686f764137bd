import { and, eq } from 'drizzle-orm';
import { inbox } from '../schema/index.ts';
import { eventKeys } from './event-keys.ts';
import type { Session } from './session.ts';

type Row = typeof inbox.$inferSelect;

/** What came, and when. */
export interface Arrived {
  key: string;
  connection: string;
  now: number;
}

/** What became of it. */
export interface Settled {
  status: Row['status'];
  body?: unknown;
  answer?: unknown;
  error?: string;
}

/** Every accepted event, once (decision 3); bodies and answers sealed. */
export function inboxQueries(session: Session) {
  const { db, vault, prepare } = session;
  const keys = eventKeys(session);
  const insert = prepare(
    `insert into inbox (id, key, connection, received_at, status, body_sealed, answer_sealed, error)
      values (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const byId = prepare<{ id: number; connection: string; body: string | null; answer: string | null }>(
    'select id, connection, body_sealed as body, answer_sealed as answer from inbox where id = ? and key = ?',
  );
  const byKey = (key: string) => {
    const id = keys.find(key);
    return id === undefined ? undefined : byId.get(id, key);
  };
  const sealed = (value: unknown): string | null =>
    value === undefined ? null : vault.seal(JSON.stringify(value));
  const queries = {
    /** The number under which the event's row is to be written when it is settled (`finish`); null: it was here before. */
    begin({ key }: Pick<Arrived, 'key'>): number | null {
      keys.tidy();
      return byKey(key) ? null : keys.next();
    },
    finish(id: number, { key, connection, now, status, body, answer, error }: Arrived & Settled): void {
      insert.run(id, key, connection, now, status, sealed(body), sealed(answer), error ?? null);
      keys.added(key, id);
    },
    /** Both at once; the number of the row, 0 when it was here before. */
    add(row: Arrived & Settled): number {
      if (byKey(row.key)) return 0;
      const id = keys.next();
      queries.finish(id, row);
      return id;
    },
    /** Seen already? `answer` is what was answered then. */
    seen(key: string): { id: number; answer: unknown } | undefined {
      const row = byKey(key);
      return (
        row && { id: row.id, answer: row.answer ? (JSON.parse(vault.open(row.answer)) as unknown) : null }
      );
    },
    /** Came over this connection? */
    cameOver: (key: string, connection: string): boolean => byKey(key)?.connection === connection,
    /** What was typed, and by whose platform id, where the body is kept (7 days). */
    textOf(key: string, connection: string): { text: string; by: string } | null {
      const row = byKey(key);
      if (!row?.body || row.connection !== connection) return null;
      const body = JSON.parse(vault.open(row.body)) as { text?: string; sender?: { id?: string } };
      return { text: body.text ?? '', by: body.sender?.id ?? '' };
    },
    /** A failed event; `body` is null once it was purged. */
    failed(id: number): { body: unknown } | undefined {
      const row = db
        .select()
        .from(inbox)
        .where(and(eq(inbox.id, id), eq(inbox.status, 'failed')))
        .get();
      return (
        row && { body: row.bodySealed === null ? null : (JSON.parse(vault.open(row.bodySealed)) as unknown) }
      );
    },
    settle(id: number): void {
      db.update(inbox).set({ status: 'done', error: null }).where(eq(inbox.id, id)).run();
    },
  };
  return queries;
}
