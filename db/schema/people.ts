import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/** 户. The address without its room is P1 and clear; the room is P2 and sealed (decision 28). */
export const household = sqliteTable(
  'household',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    orgId: integer('org_id').notNull(),
    /** HMAC of the canonical whole address (decision 24): the look-up key. */
    addressDigest: text('address_digest').notNull(),
    /** HMAC of the canonical building, to list a building's households. */
    buildingDigest: text('building_digest').notNull(),
    /** Group-safe label: 3号楼. Empty when only a name is known. */
    building: text('building').notNull(),
    /** The address as typed, sealed. */
    addressSealed: text('address_sealed').notNull(),
    /** Name as first typed (P1): 张某, 陈奶奶. Empty = not known. */
    headName: text('head_name').notNull(),
    headPinyin: text('head_pinyin').notNull(),
    gridId: integer('grid_id'),
    size: integer('size'),
    consent: text('consent', { enum: ['未告知', '已告知', '同意', '不愿'] })
      .notNull()
      .default('未告知'),
    consentAt: integer('consent_at'),
    /** Residency: a new tenant is a new row, and inherits nothing (decision 24). */
    fromDay: text('from_day').notNull(),
    toDay: text('to_day'),
    phoneSealed: text('phone_sealed'),
    phoneDigest: text('phone_digest'),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    index('household_address').on(t.orgId, t.addressDigest),
    index('household_building').on(t.orgId, t.buildingDigest),
    index('household_pinyin').on(t.orgId, t.headPinyin),
  ],
);

/** Needs, not risks (care 12): each label has author, reason, expiry; P3 kinds are sealed. */
export const needLabel = sqliteTable(
  'need_label',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    householdId: integer('household_id').notNull(),
    labelSealed: text('label_sealed').notNull(),
    authorId: integer('author_id'),
    reason: text('reason').notNull(),
    fromDay: text('from_day').notNull(),
    untilDay: text('until_day').notNull(),
    endedAt: integer('ended_at'),
  },
  (t) => [index('need_household').on(t.householdId)],
);

/** 结对 with history: ends, is never overwritten. */
export const pairing = sqliteTable(
  'pairing',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    memberId: integer('member_id').notNull(),
    householdId: integer('household_id').notNull(),
    fromDay: text('from_day').notNull(),
    toDay: text('to_day'),
    reason: text('reason'),
  },
  (t) => [index('pairing_member').on(t.memberId), index('pairing_household').on(t.householdId)],
);

/** 联系点: member and a grid, 小区, firm or shop (S4-2, S4-34). */
export const contactPoint = sqliteTable(
  'contact_point',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    memberId: integer('member_id').notNull(),
    name: text('name').notNull(),
    kind: text('kind', { enum: ['网格', '小区', '企业', '商户'] }).notNull(),
    /** The org of that name where there is one (a 网格): its households are inside the point. */
    orgId: integer('org_id'),
    fromDay: text('from_day').notNull(),
    toDay: text('to_day'),
  },
  (t) => [index('contact_point_member').on(t.memberId)],
);

/** 走访: one contact with one household or place. Happened-at and recorded-at are two things (decision 23). */
export const visit = sqliteTable(
  'visit',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    orgId: integer('org_id').notNull(),
    householdId: integer('household_id'),
    /** Several contacts of one line share it: `e<event>` where there is one. */
    batch: text('batch').notNull(),
    typistId: integer('typist_id').notNull(),
    happenedDay: text('happened_day').notNull(),
    recordedAt: integer('recorded_at').notNull(),
    mode: text('mode', { enum: ['home', 'phone', 'message', 'meeting'] }).notNull(),
    outcome: text('outcome', { enum: ['met', 'attempt'] }).notNull(),
    kind: text('kind', { enum: ['visit', 'late', 'makeup'] }).notNull(),
    /** Group-safe label. */
    building: text('building').notNull(),
    /** What was typed, in rows older than `words_sealed`. */
    placeSealed: text('place_sealed'),
    personSealed: text('person_sealed'),
    noteSealed: text('note_sealed'),
    /** 座谈 etc. may name the point itself. */
    contactPointId: integer('contact_point_id'),
    chatId: integer('chat_id'),
    messageId: text('message_id'),
    version: integer('version').notNull().default(1),
    withdrawnAt: integer('withdrawn_at'),
    withdrawnBy: integer('withdrawn_by'),
    /** inbox.id of the message it was typed in; null for a form, a replay, and what is older than this column. */
    event: integer('event'),
    /** Place, person and note as typed, one sealed JSON array. */
    wordsSealed: text('words_sealed'),
  },
  (t) => [
    // By the day alone: what happens today stands together, whoever's it is. A week is read for all groups at once.
    index('visit_day').on(t.happenedDay),
    // Event numbers rise, so this index grows at its end alone; ids of messages are spread over the whole of theirs.
    index('visit_event').on(t.event).where(sql`event is not null`),
    index('visit_batch').on(t.batch).where(sql`event is null`),
    index('visit_message').on(t.messageId).where(sql`event is null`),
  ],
);

/** Who went; attribution is frozen here (domain.md): a later re-pairing moves no credit. */
export const visitor = sqliteTable(
  'visitor',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    visitId: integer('visit_id').notNull(),
    /** null = a name that is not in the roster. */
    memberId: integer('member_id'),
    name: text('name').notNull(),
    happenedDay: text('happened_day').notNull(),
    /** Paired with that household on that day. */
    paired: integer('paired', { mode: 'boolean' }).notNull(),
    /** JSON array of the member's contact points the visit lies inside. */
    contactPointIds: text('contact_point_ids').notNull(),
  },
  (t) => [uniqueIndex('visitor_once').on(t.visitId, t.name)],
);

/**
 * A photo somebody sent to a visit's card of his own accord: only where it stands on the platform, never the picture
 * (issue 4, point 8). Kept 90 days (care 17), gone with the visit.
 */
export const photo = sqliteTable(
  'photo',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** The visits of one line (visit.batch): a receipt stands for all of them. */
    batch: text('batch').notNull(),
    connection: text('connection').notNull(),
    messageId: text('message_id').notNull(),
    /** How many pictures the message holds. */
    count: integer('count').notNull(),
    memberId: integer('member_id').notNull(),
    receivedAt: integer('received_at').notNull(),
  },
  (t) => [
    uniqueIndex('photo_message').on(t.connection, t.messageId),
    index('photo_batch').on(t.batch),
    index('photo_received').on(t.receivedAt),
  ],
);
