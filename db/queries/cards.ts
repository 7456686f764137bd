import { and, desc, eq, gt, isNull, lt, sql } from 'drizzle-orm';
import { follow, liveCard, outbox } from '../schema/index.ts';
import type { OutboxRow } from './outbox-heads.ts';
import type { Session } from './session.ts';

export type LiveCard = Omit<typeof liveCard.$inferSelect, 'params'> & {
  params: Record<string, string | number | boolean>;
};

/** Messages looked through for those of one person: who heard nothing for longer finds none. */
const LOOKED_AT = 5_000;

/** Cards that stand somewhere and follow their matter (decision 39). */
export function cardQueries({ db }: Session) {
  const open = (row: typeof liveCard.$inferSelect): LiveCard => ({
    ...row,
    params: JSON.parse(row.params) as LiveCard['params'],
  });
  const byMessage = db
    .select()
    .from(liveCard)
    .where(
      and(
        eq(liveCard.connection, sql.placeholder('connection')),
        eq(liveCard.messageId, sql.placeholder('messageId')),
      ),
    )
    .prepare();
  const queries = {
    get(id: number): LiveCard | undefined {
      const row = db.select().from(liveCard).where(eq(liveCard.id, id)).get();
      return row && open(row);
    },
    at(connection: string, messageId: string): LiveCard | undefined {
      const row = byMessage.get({ connection, messageId });
      return row && open(row);
    },
    following(subject: string): LiveCard[] {
      return db
        .select({ liveCard })
        .from(follow)
        .innerJoin(liveCard, eq(liveCard.id, follow.cardId))
        .where(and(eq(follow.subject, subject), isNull(liveCard.retiredAt)))
        .all()
        .map((row) => open(row.liveCard));
    },
    /** Remembers where a card stands, or what it now shows, and what it follows. */
    place(row: {
      connection: string;
      targetType: 'chat' | 'user';
      targetId: string;
      messageId: string;
      viewerId: number | null;
      view: string;
      params: LiveCard['params'];
      subjects: readonly string[];
      now: number;
    }): LiveCard {
      const { subjects, now, params, ...rest } = row;
      const placed = db
        .insert(liveCard)
        .values({ ...rest, params: JSON.stringify(params), postedAt: now })
        .onConflictDoUpdate({
          target: [liveCard.connection, liveCard.messageId],
          set: { view: row.view, params: JSON.stringify(params), version: sql`${liveCard.version} + 1` },
        })
        .returning()
        .get();
      db.delete(follow).where(eq(follow.cardId, placed.id)).run();
      for (const subject of new Set(subjects))
        db.insert(follow).values({ subject, cardId: placed.id }).onConflictDoNothing().run();
      return open(placed);
    },
    /** The newest messages to one person or chat, as they were sent. */
    sentTo(connection: string, targetId: string, limit: number): OutboxRow[] {
      const newest =
        db
          .select({ id: sql<number>`max(${outbox.id})` })
          .from(outbox)
          .get()?.id ?? 0;
      return db
        .select()
        .from(outbox)
        .where(
          and(
            gt(outbox.id, newest - LOOKED_AT),
            eq(outbox.connection, connection),
            eq(outbox.targetId, targetId),
            eq(outbox.kind, 'send'),
          ),
        )
        .orderBy(desc(outbox.id))
        .limit(limit)
        .all();
    },
    /** The version of the next update. */
    nextVersion(id: number): number {
      return (
        db
          .update(liveCard)
          .set({ version: sql`${liveCard.version} + 1` })
          .where(eq(liveCard.id, id))
          .returning({ version: liveCard.version })
          .get()?.version ?? 1
      );
    },
    retire(id: number, now: number): void {
      db.update(liveCard).set({ retiredAt: now }).where(eq(liveCard.id, id)).run();
      db.delete(follow).where(eq(follow.cardId, id)).run();
    },
    /** Standing cards posted before `before` (day 12: post anew before the platform lets them die). */
    ageing: (before: number, limit: number): LiveCard[] =>
      db
        .select()
        .from(liveCard)
        .where(and(isNull(liveCard.retiredAt), lt(liveCard.postedAt, before)))
        .limit(limit)
        .all()
        .map(open),
  };
  return queries;
}
