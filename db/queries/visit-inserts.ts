import { filing } from './filing.ts';
import type { Session } from './session.ts';
import { noteVisitWritten } from './visit-counts.ts';
import type { NewVisit, Visit } from './visits.ts';

/** Writing a visit and who went: the two inserts of the main job. */
export function visitInserts({ db, vault, prepare }: Pick<Session, 'db' | 'vault' | 'prepare'>) {
  const fileVisit = filing({ prepare }, 'visit');
  const fileVisitor = filing({ prepare }, 'visitor');
  const insert = prepare(
    `insert into visit (org_id, household_id, batch, event, typist_id, happened_day, recorded_at, mode, outcome, kind,
      building, words_sealed, contact_point_id, chat_id, message_id)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertVisitor = prepare(
    `insert into visitor (visit_id, member_id, name, happened_day, paired, contact_point_ids)
      values (?, ?, ?, ?, ?, ?) on conflict do nothing`,
  );
  const addVisitors = (id: number, happenedDay: string, visitors: NewVisit['visitors']): void => {
    for (const { memberId, name, paired, contactPointIds } of visitors) {
      const points = contactPointIds.length === 0 ? '[]' : JSON.stringify(contactPointIds);
      const added = insertVisitor.insert(id, memberId, name, happenedDay, paired ? 1 : 0, points);
      if (added !== null) fileVisitor(added);
    }
  };
  function create(row: NewVisit): Visit {
    const contactPointId = row.contactPointId ?? null;
    const event = row.event ?? null;
    noteVisitWritten(db);
    const added = insert.insert(
      row.orgId,
      row.householdId,
      row.batch,
      event,
      row.typistId,
      row.happenedDay,
      row.recordedAt,
      row.mode,
      row.outcome,
      row.kind,
      row.building,
      vault.seal(JSON.stringify([row.place, row.person, row.note])),
      contactPointId,
      row.chatId,
      row.messageId,
    );
    const id = added ?? 0;
    fileVisit(id);
    addVisitors(id, row.happenedDay, row.visitors);
    // Written out: this runs for every visit, and rest and spread cost as much as the insert.
    return {
      id,
      orgId: row.orgId,
      householdId: row.householdId,
      batch: row.batch,
      event,
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
      version: 1,
      withdrawnAt: null,
      withdrawnBy: null,
    };
  }
  return { addVisitors, create };
}
