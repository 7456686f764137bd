import { and, eq, sql } from 'drizzle-orm';
import { inbox } from '../schema/index.ts';
import type { Session } from './session.ts';

type Row = typeof inbox.$inferSelect;

/** Every accepted event, once (decision 3); bodies and answers sealed. */
export function inboxQueries({ db, vault }: Session) {
  const byKey = db
    .select()
    .from(inbox)
    .where(eq(inbox.key, sql.placeholder('key')))
    .prepare();
  const insert = db
    .insert(inbox)
    .values({
      key: sql.placeholder('key'),
      connection: sql.placeholder('connection'),
      receivedAt: sql.placeholder('receivedAt'),
      status: sql.placeholder('status'),
      bodySealed: sql.placeholder('bodySealed'),
      answerSealed: sql.placeholder('answerSealed'),
      error: sql.placeholder('error'),
    })
    .returning({ id: inbox.id })
    .prepare();
  return {
    /** Seen already? `answer` is what was answered then. */
    seen(key: string): { status: Row['status']; answer: unknown } | undefined {
      const row = byKey.get({ key });
      return (
        row && {
          status: row.status,
          answer: row.answerSealed ? (JSON.parse(vault.open(row.answerSealed)) as unknown) : null,
        }
      );
    },
    /** The number of the new row. */
    add(row: {
      key: string;
      connection: string;
      now: number;
      status: Row['status'];
      body?: unknown;
      answer?: unknown;
      error?: string;
    }): number {
      const added = insert.get({
        key: row.key,
        connection: row.connection,
        receivedAt: row.now,
        status: row.status,
        bodySealed: row.body === undefined ? null : vault.seal(JSON.stringify(row.body)),
        answerSealed: row.answer === undefined ? null : vault.seal(JSON.stringify(row.answer)),
        error: row.error ?? null,
      });
      return added?.id ?? 0;
    },
    /** What was typed, and by whose platform id, while the body is kept (7 days). */
    textOf(key: string, connection: string): { text: string; by: string } | null {
      const row = byKey.get({ key });
      if (!row?.bodySealed || row.connection !== connection) return null;
      const body = JSON.parse(vault.open(row.bodySealed)) as { text?: string; sender?: { id?: string } };
      return { text: body.text ?? '', by: body.sender?.id ?? '' };
    },
    /** A failed event; `body` is null once it was purged. */
    failed(id: number): { key: string; body: unknown } | undefined {
      const row = db
        .select()
        .from(inbox)
        .where(and(eq(inbox.id, id), eq(inbox.status, 'failed')))
        .get();
      return (
        row && {
          key: row.key,
          body: row.bodySealed === null ? null : (JSON.parse(vault.open(row.bodySealed)) as unknown),
        }
      );
    },
    settle(id: number): void {
      db.update(inbox).set({ status: 'done', error: null }).where(eq(inbox.id, id)).run();
    },
  };
}
