import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { visit, visitor } from '../schema/index.ts';
import { eventKeys } from './event-keys.ts';
import { isAtHousehold, wentSince } from './filing.ts';
import { columnsOf, type Session } from './session.ts';
import { noteVisitWritten, visitCounts } from './visit-counts.ts';
import { visitInserts } from './visit-inserts.ts';
import { latestTyped } from './visit-latest.ts';

type Row = typeof visit.$inferSelect;
export type Visitor = typeof visitor.$inferSelect;

/** A visit with its sealed words opened. */
export interface Visit extends Omit<Row, 'wordsSealed' | 'placeSealed' | 'personSealed' | 'noteSealed'> {
  place: string | null;
  person: string | null;
  note: string | null;
}

export interface NewVisit {
  orgId: number;
  householdId: number | null;
  batch: string;
  /** inbox.id of the typed message, where it was typed. */
  event?: number | null;
  typistId: number;
  happenedDay: string;
  recordedAt: number;
  mode: Row['mode'];
  outcome: Row['outcome'];
  kind: Row['kind'];
  building: string;
  place: string | null;
  person: string | null;
  note: string | null;
  contactPointId?: number | null;
  chatId: number | null;
  messageId: string | null;
  visitors: { memberId: number | null; name: string; paired: boolean; contactPointIds: number[] }[];
}

export type VisitChange = Partial<
  Pick<
    NewVisit,
    | 'householdId'
    | 'happenedDay'
    | 'mode'
    | 'outcome'
    | 'kind'
    | 'building'
    | 'place'
    | 'person'
    | 'note'
    | 'contactPointId'
  >
>;

/** One credited visit of one member, as obligations read it. */
export interface CreditRow {
  id: number;
  day: string;
  recordedAt: number;
  mode: Row['mode'];
  outcome: Row['outcome'];
  kind: Row['kind'];
  householdId: number | null;
  paired: boolean;
  contactPointIds: number[];
}

/** The batch of what was typed in one message. */
export const batchOf = (event: number): string => `e${event}`;

function eventOfBatch(batch: string): number | null {
  const number = /^e(\d+)$/.exec(batch)?.[1];
  return number === undefined ? null : Number(number);
}

/** 走访: words are sealed, attribution is frozen in `visitor`. */
export function visitQueries(session: Session) {
  const { db, vault, prepare } = session;
  const opened = (text: string | null): string | null => (text === null ? null : vault.open(text));
  const open = ({ wordsSealed, placeSealed, personSealed, noteSealed, ...rest }: Row): Visit => {
    const [place, person, note] =
      wordsSealed === null
        ? [opened(placeSealed), opened(personSealed), opened(noteSealed)]
        : (JSON.parse(vault.open(wordsSealed)) as (string | null)[]);
    return { ...rest, place: place ?? null, person: person ?? null, note: note ?? null };
  };
  const columns = columnsOf(visit);
  const byId = prepare<Row>(`select ${columns} from visit where id = ?`);
  const ofEvent = prepare<Row>(
    `select ${columns} from visit where event = ? and event is not null order by id`,
  );
  const ofBatch = prepare<Row>(`select ${columns} from visit where batch = ? and event is null order by id`);
  const ofMessage = prepare<Row>(
    `select ${columns} from visit where message_id = ? and event is null order by id`,
  );
  const events = eventKeys(session);
  const visitorsOf = prepare<Omit<Visitor, 'paired'> & { paired: 0 | 1 }>(
    `select ${columnsOf(visitor)} from visitor where visit_id = ? order by id`,
  );
  const withdraw = prepare(
    'update visit set withdrawn_at = ?, withdrawn_by = ?, version = version + 1 where id = ?',
  );
  const credits = db
    .select({
      id: visit.id,
      day: visit.happenedDay,
      recordedAt: visit.recordedAt,
      mode: visit.mode,
      outcome: visit.outcome,
      kind: visit.kind,
      householdId: visit.householdId,
      paired: visitor.paired,
      contactPointIds: visitor.contactPointIds,
    })
    .from(visitor)
    .innerJoin(visit, eq(visit.id, visitor.visitId))
    .where(and(wentSince(sql.placeholder('memberId'), sql.placeholder('from')), isNull(visit.withdrawnAt)))
    .prepare();
  const { addVisitors, create } = visitInserts(session);
  const typed = latestTyped(session);
  const queries = {
    ...visitCounts(session),
    get(id: number): Visit | undefined {
      const row = byId.get(id);
      return row && open(row);
    },
    ofBatch(batch: string): Visit[] {
      const event = eventOfBatch(batch);
      return (event === null ? ofBatch.all(batch) : ofEvent.all(event)).map(open);
    },
    /** What was recorded from a typed message. */
    ofMessage(messageId: string): Visit[] {
      const event = events.find(`msg:${messageId}`);
      const typed = event === undefined ? [] : ofEvent.all(event);
      return (typed.length > 0 ? typed : ofMessage.all(messageId)).map(open);
    },
    visitors: (id: number): Visitor[] =>
      visitorsOf.all(id).map((row) => ({ ...row, paired: row.paired === 1 })),
    create,
    /** Replaces who went (更正). */
    setVisitors(id: number, happenedDay: string, visitors: NewVisit['visitors']): void {
      db.delete(visitor).where(eq(visitor.visitId, id)).run();
      addVisitors(id, happenedDay, visitors);
    },
    /** Corrects in place; the old version belongs to the audit. The version rises. */
    change(id: number, set: VisitChange): void {
      const { place, person, note, ...rest } = set;
      const was =
        place === undefined && person === undefined && note === undefined ? undefined : queries.get(id);
      const word = (said: string | null | undefined, before: string | null) =>
        said === undefined ? before : said;
      const words = was && [word(place, was.place), word(person, was.person), word(note, was.note)];
      noteVisitWritten(db);
      db.update(visit)
        .set({
          ...rest,
          ...(words && {
            wordsSealed: vault.seal(JSON.stringify(words)),
            placeSealed: null,
            personSealed: null,
            noteSealed: null,
          }),
          version: sql`${visit.version} + 1`,
        })
        .where(eq(visit.id, id))
        .run();
    },
    withdraw(id: number, by: number, now: number): void {
      noteVisitWritten(db);
      withdraw.run(now, by, id);
    },
    restore(id: number): void {
      noteVisitWritten(db);
      withdraw.run(null, null, id);
    },
    /** What a member is credited with since a day: one row a visit (a joint visit once to each). */
    credits(memberId: number, from: string): CreditRow[] {
      return credits
        .all({ memberId, from })
        .map((row) => ({ ...row, contactPointIds: JSON.parse(row.contactPointIds) as number[] }));
    },
    /** 民情日记: a member's own visits, newest first, `offset`/`limit` in rows. */
    diary(memberId: number, page: { limit: number; offset: number }): Visit[] {
      return db
        .select({ visit })
        .from(visitor)
        .innerJoin(visit, eq(visit.id, visitor.visitId))
        .where(and(wentSince(memberId, ''), isNull(visit.withdrawnAt)))
        .orderBy(desc(visitor.happenedDay), desc(visit.id))
        .limit(page.limit)
        .offset(page.offset)
        .all()
        .map((row) => open(row.visit));
    },
    ofHousehold(householdId: number, limit: number): Visit[] {
      return db
        .select()
        .from(visit)
        .where(and(isAtHousehold(householdId), isNull(visit.withdrawnAt)))
        .orderBy(desc(visit.happenedDay), desc(visit.id))
        .limit(limit)
        .all()
        .map(open);
    },
    /** The typist's newest standing record, for a bare /撤销. */
    latestBy(typistId: number): Visit | undefined {
      const row = typed.latest(typistId);
      return row && open(row);
    },
    /** The typist's newest standing records, the newest first, for a /撤销 with a name. */
    recentBy: (typistId: number, limit: number): Visit[] => typed.recent(typistId, limit).map(open),
  };
  return queries;
}
