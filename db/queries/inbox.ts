import { and, eq } from 'drizzle-orm';
import { inbox } from '../schema/index.ts';
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
export function inboxQueries({ db, vault, prepare }: Session) {
  const begin = prepare<{ id: number }>(
    "insert into inbox (key, connection, received_at, status) values (?, ?, ?, 'ignored') on conflict (key) do nothing returning id",
  );
  const finish = prepare(
    'update inbox set status = ?, body_sealed = ?, answer_sealed = ?, error = ? where id = ?',
  );
  const byKey = prepare<{ id: number; connection: string; body: string | null; answer: string | null }>(
    'select id, connection, body_sealed as body, answer_sealed as answer from inbox where key = ?',
  );
  const sealed = (value: unknown): string | null =>
    value === undefined ? null : vault.seal(JSON.stringify(value));
  const queries = {
    /** The event's number, under which its row stands as ignored until it is settled; null: it was here before. */
    begin: ({ key, connection, now }: Arrived): number | null => begin.get(key, connection, now)?.id ?? null,
    finish(id: number, { status, body, answer, error }: Settled): void {
      finish.run(status, sealed(body), sealed(answer), error ?? null, id);
    },
    /** Both at once; the number of the row, 0 when it was here before. */
    add({ key, connection, now, ...settled }: Arrived & Settled): number {
      const id = queries.begin({ key, connection, now });
      if (id !== null && settled.status !== 'ignored') queries.finish(id, settled);
      return id ?? 0;
    },
    /** Seen already? `answer` is what was answered then. */
    seen(key: string): { id: number; answer: unknown } | undefined {
      const row = byKey.get(key);
      return (
        row && { id: row.id, answer: row.answer ? (JSON.parse(vault.open(row.answer)) as unknown) : null }
      );
    },
    /** What was typed, and by whose platform id, while the body is kept (7 days). */
    textOf(key: string, connection: string): { text: string; by: string } | null {
      const row = byKey.get(key);
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
