import { and, desc, eq, inArray, lt, notInArray, sql } from 'drizzle-orm';
import { eventOf } from '../../src/lib/event-cause.ts';
import { inbox, issue, outbox, photo, visit } from '../schema/index.ts';
import { eventKeys } from './event-keys.ts';
import { eventMessages } from './event-messages.ts';
import type { Session } from './session.ts';

/** A message with pictures that somebody attached to a visit; the pictures stay on the platform. */
export type Photo = typeof photo.$inferSelect;

/** Photos of visits, by reference (issue 4, point 8). Times are epoch ms. */
export function photoQueries({ db, prepare, epoch }: Pick<Session, 'db' | 'prepare' | 'epoch'>) {
  const events = eventKeys({ db, prepare, epoch });
  const messagesOf = eventMessages({ prepare });
  const count = prepare<{ count: number }>(
    'select coalesce(sum(count), 0) as count from photo where batch = ?',
  );
  const drop = prepare('delete from photo where batch = ?');
  return {
    /** False when this message is attached already. */
    add(row: Omit<Photo, 'id'>): boolean {
      return db.insert(photo).values(row).onConflictDoNothing().returning({ id: photo.id }).all().length > 0;
    },
    /** How many pictures; asked by every receipt. */
    count: (batch: string): number => count.get(batch)?.count ?? 0,
    ofBatch: (batch: string): Photo[] =>
      db.select().from(photo).where(eq(photo.batch, batch)).orderBy(photo.id).all(),
    drop(batch: string): void {
      drop.run(batch);
    },
    /** A message that was taken back; the batch it belonged to. */
    dropMessage(connection: string, messageId: string): string | null {
      return (
        db
          .delete(photo)
          .where(and(eq(photo.connection, connection), eq(photo.messageId, messageId)))
          .returning({ batch: photo.batch })
          .get()?.batch ?? null
      );
    },
    /** Care 17: what came before goes, unless an issue born of the visit is open. At most `limit` rows; how many. */
    purge(before: number, limit: number): number {
      const open = db
        .select({ batch: visit.batch })
        .from(issue)
        .innerJoin(visit, eq(visit.id, issue.visitId))
        .where(sql`${issue.closedAt} is null`);
      const some = db
        .select({ id: photo.id })
        .from(photo)
        .where(and(lt(photo.receivedAt, before), notInArray(photo.batch, open)))
        .limit(limit);
      return db.delete(photo).where(inArray(photo.id, some)).returning({ id: photo.id }).all().length;
    },
    /** Our messages in groups that the event of this key caused, oldest first. */
    groupLinesOf(key: string): (typeof outbox.$inferSelect)[] {
      const event = events.find(key);
      const ids = event === undefined ? [] : messagesOf(event);
      return db
        .select()
        .from(outbox)
        .where(and(inArray(outbox.id, ids), eq(outbox.targetType, 'chat')))
        .orderBy(outbox.id)
        .all();
    },
    /** The key of the event that caused our message `messageId` in a group; undefined: no such message; null: no event did. */
    keyInGroup(connection: string, messageId: string): string | null | undefined {
      const row = db
        .select({ cause: outbox.cause })
        .from(outbox)
        .where(
          and(
            sql`${outbox.targetType} = 'chat'`,
            eq(outbox.sentMessageId, messageId),
            eq(outbox.connection, connection),
          ),
        )
        .orderBy(desc(outbox.id))
        .limit(1)
        .get();
      if (!row) return undefined;
      const event = eventOf(row.cause);
      if (event === null) return row.cause;
      return db.select({ key: inbox.key }).from(inbox).where(eq(inbox.id, event)).get()?.key ?? null;
    },
  };
}
