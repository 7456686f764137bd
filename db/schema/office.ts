import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/** 党组织, 社区, 网格, 承办单位: one tree per office. `path` = `/1/4/` (ids), so a subtree is a prefix. */
export const org = sqliteTable(
  'org',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    parentId: integer('parent_id'),
    name: text('name').notNull(),
    kind: text('kind', {
      enum: ['党委', '党总支', '党支部', '社区', '网格', '承办单位', '街道', '其他'],
    }).notNull(),
    path: text('path').notNull(),
    /** A number to ring that may be shown to anyone, e.g. the community's desk. */
    phone: text('phone'),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [uniqueIndex('org_sibling').on(t.parentId, t.name), index('org_path').on(t.path)],
);

/** 人员. Two affiliations (S2-32): `orgId` = 单位/支部, `communityId` = 报到社区. */
export const member = sqliteTable(
  'member',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    name: text('name').notNull(),
    /** Toneless pinyin, to match homophones. */
    pinyin: text('pinyin').notNull(),
    orgId: integer('org_id').notNull(),
    communityId: integer('community_id'),
    phoneSealed: text('phone_sealed'),
    phoneDigest: text('phone_digest'),
    status: text('status', { enum: ['在册', '停用', '转出'] }).notNull(),
    statusFrom: text('status_from').notNull(),
    /** HH:MM of this person's own choice for nudges; null = 18:10. */
    nudgeAt: text('nudge_at'),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    index('member_org').on(t.orgId),
    index('member_community').on(t.communityId),
    index('member_name').on(t.name),
    index('member_pinyin').on(t.pinyin),
    index('member_phone').on(t.phoneDigest),
  ],
);

/** A role holds within the subtree of `orgId` (decision 15). Ends, is never overwritten. */
export const role = sqliteTable(
  'role',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    memberId: integer('member_id').notNull(),
    orgId: integer('org_id').notNull(),
    role: text('role').notNull(),
    fromDay: text('from_day').notNull(),
    toDay: text('to_day'),
  },
  (t) => [index('role_member').on(t.memberId), index('role_org').on(t.orgId, t.role)],
);

/** A member's id on one connection, and the private chat with the bot there (decision 6). */
export const identity = sqliteTable(
  'identity',
  {
    connection: text('connection').notNull(),
    externalId: text('external_id').notNull(),
    memberId: integer('member_id').notNull(),
    privateChat: text('private_chat'),
    /** When he last spoke from there, to about ten minutes: who has several ids is written to on this one. */
    usedAt: integer('used_at'),
  },
  (t) => [primaryKey({ columns: [t.connection, t.externalId] }), index('identity_member').on(t.memberId)],
);

/** A tenant of a platform beside the one of the environment (decision 6): `lianxin connection`. */
export const connection = sqliteTable('connection', {
  /** `feishu:<app id>` or `dingtalk:<client id>`, as in `identity` and `chat`. */
  key: text('key').primaryKey(),
  platform: text('platform', { enum: ['feishu', 'dingtalk'] }).notNull(),
  /** Credentials, mode and first administrators, sealed JSON. */
  sealed: text('sealed').notNull(),
  /** Rises with every rotation. */
  revision: integer('revision').notNull(),
  createdAt: integer('created_at').notNull(),
  rotatedAt: integer('rotated_at'),
  disabledAt: integer('disabled_at'),
});

/** 人员类别: a named selection that a clause speaks about. */
export const cohort = sqliteTable(
  'cohort',
  {
    memberId: integer('member_id').notNull(),
    name: text('name').notNull(),
    fromDay: text('from_day').notNull(),
    toDay: text('to_day'),
  },
  (t) => [primaryKey({ columns: [t.memberId, t.name, t.fromDay] })],
);

/** /请假: who is away when; deputies step in (decision 17), due dates move. */
export const leave = sqliteTable(
  'leave',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    memberId: integer('member_id').notNull(),
    fromDay: text('from_day').notNull(),
    toDay: text('to_day').notNull(),
    reason: text('reason').notNull(),
    recordedAt: integer('recorded_at').notNull(),
    cancelledAt: integer('cancelled_at'),
  },
  (t) => [index('leave_member').on(t.memberId, t.toDay)],
);

/** A group known to the bot. `purpose` null = not bound yet (decision 11). */
export const chat = sqliteTable(
  'chat',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    connection: text('connection').notNull(),
    externalId: text('external_id').notNull(),
    name: text('name'),
    purpose: text('purpose', { enum: ['work', 'residents'] }),
    orgId: integer('org_id'),
    boundBy: integer('bound_by'),
    boundAt: integer('bound_at'),
    external: integer('external', { mode: 'boolean' }).notNull().default(false),
    goneAt: integer('gone_at'),
  },
  (t) => [uniqueIndex('chat_external').on(t.connection, t.externalId), index('chat_org').on(t.orgId)],
);

/** An unknown person's line, sealed, kept 7 days, replayed on admission (decision 22). */
export const strangerLine = sqliteTable(
  'stranger_line',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    connection: text('connection').notNull(),
    externalId: text('external_id').notNull(),
    name: text('name'),
    chatId: integer('chat_id'),
    /** The whole Inbound as JSON, sealed. */
    inboundSealed: text('inbound_sealed').notNull(),
    receivedAt: integer('received_at').notNull(),
    settledAt: integer('settled_at'),
  },
  (t) => [index('stranger_person').on(t.connection, t.externalId)],
);

/** Small facts of the office: claim code hash, chain head, local repair numbers, calendar lists … JSON values. */
export const setting = sqliteTable('setting', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
});
