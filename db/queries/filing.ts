import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { visit, visitor } from '../schema/index.ts';
import type { Session } from './session.ts';

/** How many rows are filed at a time: so few that looking among the newest costs nothing, so many that pages are shared. */
const TOGETHER = 1024;

/** What each table is filed by; the rows in the order of the index, so that its pages are walked once. */
const INDEXES = {
  inbox:
    'insert or replace into inbox_by_key select key, id from inbox where id > ? and id <= ? order by key',
  visit: `insert or ignore into visit_by_household select household_id, id from visit
    where id > ? and id <= ? and household_id is not null order by household_id, id`,
  visitor: `insert or ignore into visitor_by_member select member_id, happened_day, id from visitor
    where id > ? and id <= ? and member_id is not null order by member_id, happened_day, id`,
} as const;

/** Up to which row the table is filed, as a word of SQL. */
export const filedUpTo = (table: keyof typeof INDEXES): string =>
  `(select up_to from filed where name = '${table}')`;

/** Files the rows of a table that came since, up to this one, in the transaction that writes them (docs/decisions/0010). */
export function fileUpTo({ prepare }: Pick<Session, 'prepare'>, table: keyof typeof INDEXES) {
  const from = prepare<{ upTo: number }>('select up_to as "upTo" from filed where name = ?');
  const file = prepare(INDEXES[table]);
  const note = prepare('update filed set up_to = ? where name = ?');
  return (id: number): void => {
    file.run(from.get(table)?.upTo ?? 0, id);
    note.run(id, table);
  };
}

/** Called with the number of each new row, files at every thousandth. */
export function filing(session: Pick<Session, 'prepare'>, table: 'visit' | 'visitor') {
  const file = fileUpTo(session, table);
  return (id: number): void => {
    if (id > 0 && id % TOGETHER === 0) file(id);
  };
}

/** Whether a visit is one of this household's. */
export const isAtHousehold = (householdId: number): SQL =>
  sql`${visit.id} in (
    select visit_id from visit_by_household where household_id = ${householdId}
    union all select id from visit where id > ${sql.raw(filedUpTo('visit'))} and household_id = ${householdId}
  ) and ${visit.householdId} = ${householdId}`;

/** Whether a row of `visitor` is this member's, on that day or later. */
export const wentSince = (memberId: SQLWrapper | number, day: SQLWrapper | string): SQL =>
  sql`${visitor.id} in (
    select visitor_id from visitor_by_member where member_id = ${memberId} and happened_day >= ${day}
    union all select id from visitor where id > ${sql.raw(filedUpTo('visitor'))} and member_id = ${memberId}
  ) and ${visitor.happenedDay} >= ${day}`;
