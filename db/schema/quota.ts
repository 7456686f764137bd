import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** What a connection with a monthly allowance took, a row a day (Asia/Shanghai): at most 31 are summed up (issue 4, point 3). */
export const quota = sqliteTable(
  'quota',
  {
    connection: text('connection').notNull(),
    day: text('day').notNull(),
    calls: integer('calls').notNull().default(0),
    pushes: integer('pushes').notNull().default(0),
    /** The platform said that day that none are left this month. */
    callsRefused: integer('calls_refused', { mode: 'boolean' }).notNull().default(false),
    pushesRefused: integer('pushes_refused', { mode: 'boolean' }).notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.connection, t.day] })],
);
