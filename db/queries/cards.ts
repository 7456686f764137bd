import { and, desc, eq, gt, isNull, lt, sql } from 'drizzle-orm';
import { liveCard, outbox } from '../schema/index.ts';
import { eventKeys } from './event-keys.ts';
import { eventMessages } from './event-messages.ts';
import type { OutboxRow } from './outbox-heads.ts';
import { columnsOf, type Session } from './session.ts';

type Row = typeof liveCard.$inferSelect;

export type LiveCard = Omit<Row, 'params'> & {
  params: Record<string, string | number | boolean>;
};

/** Messages looked through for those of one person: who heard nothing for longer finds none. */
const LOOKED_AT = 5_000;

/** Changed matters kept in mind: many more than change while a message is under way. */
const KEPT = 10_000;

/** How far the changes had come. */
export interface Moment {
  change: number;
  epoch: number | null;
}

/** Cards that stand somewhere and follow their matter (decision 39). */
export function cardQueries({ db, prepare, epoch }: Session) {
  const open = (row: Row): LiveCard => ({ ...row, params: JSON.parse(row.params) as LiveCard['params'] });
  const columns = columnsOf(liveCard);
  const byId = prepare<Row>(`select ${columns} from live_card where id = ?`);
  const byMessage = prepare<Row>(`select ${columns} from live_card where connection = ? and message_id = ?`);
  const following = prepare<Row>(
    `select ${columns} from follow join live_card on id = card_id where subject = ? and retired_at is null order by card_id`,
  );
  const insert = prepare<Row>(
    `insert into live_card (connection, target_type, target_id, message_id, viewer_id, view, params, posted_at)
      values (?, ?, ?, ?, ?, ?, ?, ?) returning ${columns}`,
  );
  const become = prepare<Row>(
    `update live_card set view = ?, params = ?, version = version + 1 where id = ? returning ${columns}`,
  );
  const nextVersion = prepare<{ version: number }>(
    'update live_card set version = version + 1 where id = ? returning version',
  );
  const followed = prepare<{ subject: string }>('select subject from follow where card_id = ?');
  const follow = prepare('insert into follow (subject, card_id) values (?, ?)');
  const unfollow = prepare('delete from follow where card_id = ?');

  const events = eventKeys({ db, prepare, epoch });
  const messagesOf = eventMessages({ prepare });
  const said = prepare<{ payload: string }>('select payload from outbox where id = ?');

  /** Written only where it is something else than before: a page less to be put on disk. */
  function followOnly(cardId: number, wanted: ReadonlySet<string>): void {
    const now = followed.all(cardId);
    if (now.length === wanted.size && now.every(({ subject }) => wanted.has(subject))) return;
    if (now.length > 0) unfollow.run(cardId);
    for (const subject of wanted) follow.run(subject, cardId);
  }

  /** Which matters changed in this process, by the count of changes at which it was; begun anew when it gets long. */
  const changedAt = new Map<string, number>();
  let changes = 0;
  let since = 0;
  function noteChange(subject: string): void {
    if (changedAt.size >= KEPT) {
      changedAt.clear();
      since = changes;
    }
    changes += 1;
    changedAt.set(subject, changes);
  }

  const queries = {
    get(id: number): LiveCard | undefined {
      const row = byId.get(id);
      return row && open(row);
    },
    at(connection: string, messageId: string): LiveCard | undefined {
      const row = byMessage.get(connection, messageId);
      return row && open(row);
    },
    /** Asked by whoever changes a matter: it counts as changed from now on. */
    following(subject: string): LiveCard[] {
      noteChange(subject);
      return following.all(subject).map(open);
    },
    /** Now, for `unmoved`; to be asked inside the transaction that renders. */
    moment: (): Moment => ({ change: changes, epoch: epoch() }),
    /** Nothing that a card of these matters shows has changed since: neither they, nor people, orgs and settings. */
    unmoved: (subjects: readonly string[], at: Moment): boolean =>
      subjects.length > 0 &&
      at.epoch !== null &&
      at.epoch === epoch() &&
      at.change >= since &&
      subjects.every((subject) => (changedAt.get(subject) ?? 0) <= at.change),
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
      const { connection, targetType, targetId, messageId, viewerId, view, now } = row;
      const params = JSON.stringify(row.params);
      const before = byMessage.get(connection, messageId);
      const placed =
        before === undefined
          ? insert.get(connection, targetType, targetId, messageId, viewerId, view, params, now)
          : before.view === view && before.params === params
            ? before
            : become.get(view, params, before.id);
      if (!placed) throw new Error('a card was not placed');
      followOnly(placed.id, new Set(row.subjects));
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
    /** The views that were sent because of an event, by its key, in their order. */
    answeredWith(key: string): { view: string; params: LiveCard['params'] }[] {
      const event = events.find(key);
      if (event === undefined) return [];
      return messagesOf(event)
        .flatMap((id) => said.all(id))
        .map(({ payload }) => JSON.parse(payload) as { view?: string; params?: LiveCard['params'] })
        .flatMap(({ view, params }) => (view && params ? [{ view, params }] : []));
    },
    /** The version of the next update. */
    nextVersion: (id: number): number => nextVersion.get(id)?.version ?? 1,
    retire(id: number, now: number): void {
      db.update(liveCard).set({ retiredAt: now }).where(eq(liveCard.id, id)).run();
      unfollow.run(id);
    },
    /** Cards that stand in a group. */
    standingIn: (connection: string, targetId: string): LiveCard[] =>
      db
        .select()
        .from(liveCard)
        .where(
          and(
            isNull(liveCard.retiredAt),
            eq(liveCard.connection, connection),
            eq(liveCard.targetType, 'chat'),
            eq(liveCard.targetId, targetId),
          ),
        )
        .all()
        .map(open),
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
