import { sql } from 'drizzle-orm';
import { visit, visitor } from '../schema/index.ts';
import type { Session } from './session.ts';
import type { NewVisit, Visit } from './visits.ts';

/** Writing a visit and who went: the two inserts of the main job. */
export function visitInserts({ db, vault }: Session) {
  const sealed = (text: string | null): string | null => (text === null ? null : vault.seal(text));
  const insert = db
    .insert(visit)
    .values({
      orgId: sql.placeholder('orgId'),
      householdId: sql.placeholder('householdId'),
      batch: sql.placeholder('batch'),
      typistId: sql.placeholder('typistId'),
      happenedDay: sql.placeholder('happenedDay'),
      recordedAt: sql.placeholder('recordedAt'),
      mode: sql.placeholder('mode'),
      outcome: sql.placeholder('outcome'),
      kind: sql.placeholder('kind'),
      building: sql.placeholder('building'),
      placeSealed: sql.placeholder('placeSealed'),
      personSealed: sql.placeholder('personSealed'),
      noteSealed: sql.placeholder('noteSealed'),
      contactPointId: sql.placeholder('contactPointId'),
      chatId: sql.placeholder('chatId'),
      messageId: sql.placeholder('messageId'),
    })
    .returning({ id: visit.id, version: visit.version })
    .prepare();
  const insertVisitor = db
    .insert(visitor)
    .values({
      visitId: sql.placeholder('visitId'),
      memberId: sql.placeholder('memberId'),
      name: sql.placeholder('name'),
      happenedDay: sql.placeholder('happenedDay'),
      paired: sql.placeholder('paired'),
      contactPointIds: sql.placeholder('contactPointIds'),
    })
    .onConflictDoNothing()
    .prepare();
  const addVisitors = (id: number, happenedDay: string, visitors: NewVisit['visitors']): void => {
    for (const each of visitors) {
      insertVisitor.run({
        visitId: id,
        memberId: each.memberId,
        name: each.name,
        happenedDay,
        paired: each.paired,
        contactPointIds: JSON.stringify(each.contactPointIds),
      });
    }
  };
  function create(row: NewVisit): Visit {
    const contactPointId = row.contactPointId ?? null;
    // Written out here and below: this runs for every visit, and rest and spread cost as much as the insert.
    const { id, version } = insert.get({
      orgId: row.orgId,
      householdId: row.householdId,
      batch: row.batch,
      typistId: row.typistId,
      happenedDay: row.happenedDay,
      recordedAt: row.recordedAt,
      mode: row.mode,
      outcome: row.outcome,
      kind: row.kind,
      building: row.building,
      placeSealed: sealed(row.place),
      personSealed: sealed(row.person),
      noteSealed: sealed(row.note),
      contactPointId,
      chatId: row.chatId,
      messageId: row.messageId,
    });
    addVisitors(id, row.happenedDay, row.visitors);
    return {
      id,
      orgId: row.orgId,
      householdId: row.householdId,
      batch: row.batch,
      typistId: row.typistId,
      happenedDay: row.happenedDay,
      recordedAt: row.recordedAt,
      mode: row.mode,
      outcome: row.outcome,
      kind: row.kind,
      building: row.building,
      place: row.place,
      person: row.person,
      note: row.note,
      contactPointId,
      chatId: row.chatId,
      messageId: row.messageId,
      version,
      withdrawnAt: null,
      withdrawnBy: null,
    };
  }
  return { addVisitors, create };
}
