import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Each (job, period, scope) once, however often it is started. */
export const jobRun = sqliteTable(
  'job_run',
  {
    job: text('job').notNull(),
    period: text('period').notNull(),
    scope: text('scope').notNull(),
    ranAt: integer('ran_at').notNull(),
    note: text('note'),
  },
  (t) => [primaryKey({ columns: [t.job, t.period, t.scope] }), index('job_run_ran').on(t.job, t.ranAt)],
);

/** Adopting a policy is copying it as one's own (decision 29): `policy` is the whole copied JSON. */
export const adoption = sqliteTable(
  'adoption',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    system: text('system').notNull(),
    orgId: integer('org_id').notNull(),
    policy: text('policy').notNull(),
    fromDay: text('from_day').notNull(),
    toDay: text('to_day'),
    adoptedBy: integer('adopted_by'),
    adoptedAt: integer('adopted_at').notNull(),
  },
  (t) => [index('adoption_org').on(t.orgId)],
);

/** Why a duty is excused for a while: moves the due date, never counts as done. */
export const excuse = sqliteTable(
  'excuse',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    memberId: integer('member_id').notNull(),
    /** Duty key, or null for all duties. */
    duty: text('duty'),
    reason: text('reason').notNull(),
    fromDay: text('from_day').notNull(),
    toDay: text('to_day').notNull(),
    recordedAt: integer('recorded_at').notNull(),
  },
  (t) => [index('excuse_member').on(t.memberId)],
);

/** At most two nudges a duty and period, any answer cancels the second (decision 31). */
export const nudge = sqliteTable(
  'nudge',
  {
    memberId: integer('member_id').notNull(),
    duty: text('duty').notNull(),
    period: text('period').notNull(),
    nth: integer('nth').notNull(),
    sentAt: integer('sent_at').notNull(),
    answer: text('answer'),
    answeredAt: integer('answered_at'),
  },
  (t) => [primaryKey({ columns: [t.memberId, t.duty, t.period, t.nth] })],
);

/** The input guard and the stranger's reply speak once per person and kind (decisions 10, 22). */
export const told = sqliteTable(
  'told',
  { who: text('who').notNull(), kind: text('kind').notNull(), at: integer('at').notNull() },
  (t) => [primaryKey({ columns: [t.who, t.kind] })],
);

/** Append-only, hash-chained (care 20). `dataSealed` is sealed JSON; the hash covers the sealed text. */
export const audit = sqliteTable('audit', {
  seq: integer('seq').primaryKey({ autoIncrement: true }),
  at: integer('at').notNull(),
  actorId: integer('actor_id'),
  act: text('act').notNull(),
  subject: text('subject').notNull(),
  dataSealed: text('data_sealed'),
  previous: text('previous').notNull(),
  hash: text('hash').notNull(),
});
