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
    const { visitors, place, person, note, ...rest } = row;
    const contactPointId = row.contactPointId ?? null;
    const { id, version } = insert.get({
      ...rest,
      contactPointId,
      placeSealed: sealed(place),
      personSealed: sealed(person),
      noteSealed: sealed(note),
    });
    addVisitors(id, row.happenedDay, visitors);
    return {
      ...rest,
      id,
      contactPointId,
      place,
      person,
      note,
      version,
      withdrawnAt: null,
      withdrawnBy: null,
    };
  }
  return { addVisitors, create };
}
