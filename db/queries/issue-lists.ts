import { and, asc, eq, inArray, isNull, lt, ne, or, type SQL, sql } from 'drizzle-orm';
import { DECIDING, OPEN, type State } from '../../src/domain/issue-types.ts';
import { issue } from '../schema/index.ts';
import type { Session } from './session.ts';

/** A matter as lists show it: nothing sealed among it, nothing that a group may not see but the ids. */
const HEAD = {
  id: issue.id,
  orgId: issue.orgId,
  year: issue.year,
  number: issue.number,
  building: issue.building,
  topic: issue.topic,
  grade: issue.grade,
  state: issue.state,
  triageOrgId: issue.triageOrgId,
  handlerId: issue.handlerId,
  handlerOrgId: issue.handlerOrgId,
  ownerId: issue.ownerId,
  askerId: issue.askerId,
  stepAt: issue.stepAt,
  dueAt: issue.dueAt,
  promisedDay: issue.promisedDay,
  subjects: issue.subjects,
  createdAt: issue.createdAt,
};
export type IssueHead = {
  id: number;
  orgId: number;
  year: number;
  number: number;
  building: string;
  topic: string;
  grade: typeof issue.$inferSelect.grade;
  state: State;
  triageOrgId: number;
  handlerId: number | null;
  handlerOrgId: number | null;
  ownerId: number;
  askerId: number | null;
  stepAt: number;
  dueAt: number | null;
  promisedDay: string | null;
  subjects: number[];
  createdAt: number;
};

/** One JSON parameter however many ids: a Durable Object takes at most 100 parameters a statement. */
const among = (
  column: typeof issue.orgId | typeof issue.triageOrgId | typeof issue.handlerOrgId,
  ids: readonly number[],
): SQL => sql`${column} in (select value from json_each(${JSON.stringify(ids)}))`;
const inState = (states: readonly State[]): SQL => inArray(issue.state, [...states]);

/** Lists and counts of matters. Instants are epoch ms. */
export function issueLists({ db, prepare }: Session) {
  const pastUnits = prepare<{ unitId: number; count: number }>(
    `select handler_org_id as "unitId", count(*) as count from issue
      where org_id = ? and topic = ? and handler_org_id is not null
      group by handler_org_id order by count(*) desc limit 3`,
  );
  const asksOpen = prepare<{ askerId: number; count: number }>(
    `select asker_id as "askerId", count(*) as count from issue
      where state = 'awaitingSignOff' and asker_id in (select value from json_each(?)) group by asker_id`,
  );
  const select = (where: SQL | undefined) =>
    db
      .select(HEAD)
      .from(issue)
      .where(where)
      .orderBy(sql`${issue.dueAt} is null`, asc(issue.dueAt), asc(issue.id));
  const opened = (row: Omit<IssueHead, 'subjects'> & { subjects: string }): IssueHead => ({
    ...row,
    subjects: JSON.parse(row.subjects) as number[],
  });
  const heads = (where: SQL | undefined, limit = 500): IssueHead[] =>
    select(where).limit(limit).all().map(opened);
  /** Two look-ups by index: an `or` over both columns walks every open matter of the office. */
  const openIds = (column: typeof issue.orgId | typeof issue.triageOrgId): SQL =>
    sql`select ${issue.id} from ${issue} where ${column} in (select value from json_each(${sql.placeholder('ids')})) and ${inState(OPEN)}`;
  const openHere = sql`${issue.id} in (${openIds(issue.orgId)} union ${openIds(issue.triageOrgId)})`;
  const openOf = select(openHere).limit(sql.placeholder('limit')).prepare();
  const openInGroup = select(and(openHere, eq(issue.subjects, '[]')))
    .limit(sql.placeholder('limit'))
    .prepare();

  return {
    /** Open matters of these orgs, soonest due first; what was reported up to one of them counts too. */
    openOf: (orgIds: readonly number[], limit = 500): IssueHead[] =>
      openOf.all({ ids: JSON.stringify(orgIds), limit }).map(opened),
    /** Those of them that a group may see: a complaint about a person stays out (care 11). */
    openInGroup: (orgIds: readonly number[], limit: number): IssueHead[] =>
      openInGroup.all({ ids: JSON.stringify(orgIds), limit }).map(opened),
    /** Waiting for a decision at one of these orgs. */
    waitingAt: (orgIds: readonly number[], limit?: number): IssueHead[] =>
      heads(and(among(issue.triageOrgId, orgIds), inState(DECIDING)), limit),
    /** Waiting for a choice of the third way, a handler after a failed rework, or an answer about a later date. */
    undecidedAt: (orgIds: readonly number[], limit?: number): IssueHead[] =>
      heads(
        and(
          among(issue.triageOrgId, orgIds),
          or(
            and(eq(issue.state, 'thirdPath'), isNull(issue.thirdPath)),
            and(eq(issue.state, 'rework'), isNull(issue.handlerId), isNull(issue.handlerOrgId)),
            and(inState(OPEN), sql`${issue.laterDay} is not null`),
          ),
        ),
        limit,
      ),
    /** In this member's hands: to handle, to tell, to ask about, to say the resident's word of. */
    waitingFor(memberId: number): IssueHead[] {
      return heads(
        or(
          and(
            eq(issue.handlerId, memberId),
            inState(['handling', 'dispatched', 'outside', 'rework', 'thirdPath', 'resolved']),
          ),
          and(eq(issue.askerId, memberId), eq(issue.state, 'awaitingSignOff')),
          and(eq(issue.ownerId, memberId), inState(['settledOnSpot', 'explained'])),
        ),
      );
    },
    /** Dispatched to one of these units and not yet taken by anybody. */
    untakenAt: (unitIds: readonly number[]): IssueHead[] =>
      unitIds.length === 0
        ? []
        : heads(
            and(
              among(issue.handlerOrgId, unitIds),
              isNull(issue.handlerId),
              inState(['dispatched', 'rework']),
            ),
          ),
    /** What this member told a resident a date for. */
    promisesOf: (memberId: number): IssueHead[] =>
      heads(
        and(
          eq(issue.handlerId, memberId),
          sql`${issue.promisedDay} is not null`,
          inState(['handling', 'dispatched', 'outside', 'rework', 'thirdPath']),
        ),
      ),
    /** Open matters this member received: 首办负责 follows them to the end. */
    followedBy: (memberId: number): IssueHead[] =>
      heads(and(eq(issue.ownerId, memberId), ne(issue.state, 'closed'))),
    /** Danger and failed supply that still waits for somebody's act, for the wall-clock scan (decision 34). */
    openHourGrades: (): IssueHead[] =>
      heads(
        and(
          inArray(issue.grade, ['danger', 'utility']),
          inState(['reported', 'escalated', 'handling', 'dispatched', 'outside', 'rework']),
        ),
      ),
    openDanger: (): IssueHead[] =>
      heads(
        and(
          eq(issue.grade, 'danger'),
          inState(['reported', 'escalated', 'handling', 'dispatched', 'outside', 'rework']),
        ),
      ),
    /** Past their time at `now`, ownerless ones first (domain.md "Clock"). */
    overdue(now: number, limit = 500): IssueHead[] {
      const late = heads(and(inState(OPEN), lt(issue.dueAt, now)), limit);
      return [
        ...late.filter((row) => row.handlerId === null),
        ...late.filter((row) => row.handlerId !== null),
      ];
    },
    /** What a visit was turned into, so that nobody reports it twice. */
    ofVisit: (visitId: number): { id: number; number: number } | undefined =>
      db.select({ id: issue.id, number: issue.number }).from(issue).where(eq(issue.visitId, visitId)).get(),
    /** All matters of one number, open and newest first: exactly these orgs' (decision 27: `128` opens it). */
    numbered: (number: number, orgIds: readonly number[]): IssueHead[] =>
      orgIds.length === 0 ? [] : byNumber(and(eq(issue.number, number), among(issue.orgId, orgIds))),
    /** The same for what this member has to do with, wherever it belongs. */
    numberedFor: (number: number, memberId: number, unitIds: readonly number[]): IssueHead[] =>
      byNumber(
        and(
          eq(issue.number, number),
          or(
            eq(issue.loggerId, memberId),
            eq(issue.ownerId, memberId),
            eq(issue.handlerId, memberId),
            eq(issue.askerId, memberId),
            among(issue.handlerOrgId, unitIds),
          ),
        ),
      ),
    /** Which units were given this topic here before, most often first. */
    pastUnits: (orgId: number, topic: string): { unitId: number; count: number }[] =>
      pastUnits.all(orgId, topic),
    /** How many call-backs wait for each of them, so that they are shared out. */
    asksOpen(memberIds: readonly number[]): Map<number, number> {
      const rows = asksOpen.all(JSON.stringify(memberIds));
      return new Map(rows.map((row) => [row.askerId, row.count]));
    },
  };

  function byNumber(where: SQL | undefined): IssueHead[] {
    return heads(where, 200).sort(
      (a, b) => Number(a.state === 'closed') - Number(b.state === 'closed') || b.year - a.year || b.id - a.id,
    );
  }
}
