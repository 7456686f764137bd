import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/** Every accepted event, once (decision 3). Bodies sealed, purged after 7 days (decision 28). */
export const inbox = sqliteTable('inbox', {
  /** The number a person is told when a line failed (编号4731). */
  id: integer('id').primaryKey({ autoIncrement: true }),
  key: text('key').notNull(),
  connection: text('connection').notNull(),
  receivedAt: integer('received_at').notNull(),
  status: text('status', { enum: ['done', 'failed', 'ignored'] }).notNull(),
  /** The Inbound as JSON, sealed; of a message that went well only what was said and by whom; null for what is ignored. */
  bodySealed: text('body_sealed'),
  /** The stored answer of a card press, sealed JSON; a duplicate gets the same. */
  answerSealed: text('answer_sealed'),
  error: text('error'),
});

/**
 * Every message to be sent, once. `cause`+`ordinal` unique: a re-run of a job produces the same rows (habit 13). The cause of
 * what an event says is its number (`causeOf`).
 */
export const outbox = sqliteTable(
  'outbox',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    cause: text('cause').notNull(),
    ordinal: integer('ordinal').notNull(),
    connection: text('connection').notNull(),
    kind: text('kind', { enum: ['send', 'reply', 'update', 'recall', 'react', 'forward'] }).notNull(),
    targetType: text('target_type', { enum: ['chat', 'user'] }).notNull(),
    targetId: text('target_id').notNull(),
    lane: text('lane', { enum: ['answer', 'urgent', 'digest', 'nudge'] }).notNull(),
    /** JSON: a view reference (rendered at send time) or sealed static content. */
    payload: text('payload').notNull(),
    messageId: text('message_id'),
    /** Quiet hours and working days are checked at send time unless exempt (decision 33). */
    exempt: integer('exempt', { mode: 'boolean' }).notNull(),
    notBefore: integer('not_before').notNull(),
    createdAt: integer('created_at').notNull(),
    state: text('state', { enum: ['pending', 'leased', 'sent', 'uncertain', 'dead', 'dropped'] }).notNull(),
    attempts: integer('attempts').notNull().default(0),
    /** Durable before the call (decision 37). */
    attemptedAt: integer('attempted_at'),
    firstAttemptAt: integer('first_attempt_at'),
    leaseUntil: integer('lease_until'),
    uuid: text('uuid').notNull(),
    error: text('error'),
    sentMessageId: text('sent_message_id'),
    sentAt: integer('sent_at'),
  },
  (t) => [
    // Not of what events say: an event is unique by itself, and a re-run of it comes after a rollback.
    uniqueIndex('outbox_cause').on(t.cause, t.ordinal).where(sql`substr(cause, 1, 3) <> 'in:'`),
    // Partial: what is sent is never walked again, however much of it there is. In the order in which a lane is served; a
    // held message is passed over without a look at its row. It grows at its end alone, so a burst costs no page a chat.
    index('outbox_open').on(t.lane, t.id, t.notBefore, t.attempts).where(sql`state in ('pending', 'leased')`),
    index('outbox_update').on(t.messageId).where(sql`state = 'pending' and kind = 'update'`),
    index('outbox_page').on(t.targetId).where(sql`connection = 'page' and state in ('pending', 'leased')`),
    index('outbox_state').on(t.state, t.notBefore).where(sql`state <> 'sent'`),
    index('outbox_sent').on(t.sentAt).where(sql`sent_at is not null`),
    // What stands in a group, by its id: somebody answers our line there, or takes back what it answered.
    index('outbox_group_message')
      .on(t.sentMessageId)
      .where(sql`target_type = 'chat' and sent_message_id is not null`),
  ],
);

/** A card that stands somewhere and follows its matter (decision 39). */
export const liveCard = sqliteTable(
  'live_card',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    connection: text('connection').notNull(),
    targetType: text('target_type', { enum: ['chat', 'user'] }).notNull(),
    targetId: text('target_id').notNull(),
    messageId: text('message_id').notNull(),
    /** The member it was sent to in private; null in a group. */
    viewerId: integer('viewer_id'),
    view: text('view').notNull(),
    params: text('params').notNull(),
    version: integer('version').notNull().default(1),
    postedAt: integer('posted_at').notNull(),
    /** A newer post replaced it (day 12), or its life is over. */
    retiredAt: integer('retired_at'),
  },
  (t) => [
    uniqueIndex('live_card_message').on(t.connection, t.messageId),
    index('live_card_posted').on(t.retiredAt, t.postedAt),
  ],
);

/** Which live cards follow which subject, e.g. `issue:12`. */
export const follow = sqliteTable(
  'follow',
  { subject: text('subject').notNull(), cardId: integer('card_id').notNull() },
  (t) => [primaryKey({ columns: [t.subject, t.cardId] }), index('follow_card').on(t.cardId)],
);
