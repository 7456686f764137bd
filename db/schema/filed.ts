import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/**
 * Indexes of ours that grow behind the rows (docs/decisions/0010): by keys that are spread over the whole of an index,
 * a thousand new rows at a time, so that an event dirties no page of them. Up to which row one is complete stands here;
 * what came after is looked for among the newest rows. An entry is a hint: its row is asked whether it still says so.
 */
export const filed = sqliteTable('filed', {
  /** The table whose rows are filed. */
  name: text('name', { enum: ['inbox', 'visit', 'visitor'] }).primaryKey(),
  upTo: integer('up_to').notNull(),
});

/** inbox.key → inbox.id. */
export const inboxByKey = sqliteTable('inbox_by_key', {
  key: text('key').primaryKey(),
  inboxId: integer('inbox_id').notNull(),
});

/** visit.household_id → visit.id; a trigger adds the household that an older visit is moved to. */
export const visitByHousehold = sqliteTable(
  'visit_by_household',
  { householdId: integer('household_id').notNull(), visitId: integer('visit_id').notNull() },
  (t) => [primaryKey({ columns: [t.householdId, t.visitId] })],
);

/** visitor.member_id and its day → visitor.id; neither is ever changed, a correction writes new rows. */
export const visitorByMember = sqliteTable(
  'visitor_by_member',
  {
    memberId: integer('member_id').notNull(),
    happenedDay: text('happened_day').notNull(),
    visitorId: integer('visitor_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.memberId, t.happenedDay, t.visitorId] })],
);
