import { eq, getTableColumns } from 'drizzle-orm';
import type { IssueAct, IssueFacts, LastStep } from '../../src/domain/issue-types.ts';
import { issue, issueStep } from '../schema/index.ts';
import type { Statement, Value } from '../store.ts';
import { issueLists } from './issue-lists.ts';
import { issuePeople } from './issue-people.ts';
import {
  factsOf,
  type Issue,
  type IssueRow,
  type IssueStepRow,
  issueRows,
  type NewIssue,
  type Outside,
} from './issue-rows.ts';
import { issueWeek } from './issue-week.ts';
import { columnsOf, type Session } from './session.ts';

/** What one step writes. `data` and texts are sealed here. */
export interface Applied {
  act: IssueAct;
  patch: Partial<IssueFacts>;
  actorId: number | null;
  now: number;
  data?: object;
  result?: string | null;
  outside?: Outside | null;
}

/** What stands in `before_sealed`: the facts, and the texts a step may have overwritten. */
interface Before {
  facts: IssueFacts;
  result: string | null;
  outside: Outside | null;
}

type StepRow = typeof issueStep.$inferSelect;
const COLUMNS = getTableColumns(issue);

/** 诉求: one row a matter, one a step. State, handler and clock change only by src/domain/issue-step.ts. */
export function issueQueries(session: Session) {
  const { db, vault, prepare } = session;
  const { seal, sealJson, openJson, opened } = issueRows(session);
  const columns = columnsOf(issue);
  const byId = prepare<IssueRow>(`select ${columns} from issue where id = ?`);
  const highest = prepare<{ number: number | null }>(
    'select max(number) as number from issue where org_id = ? and year = ?',
  );
  // The system's naming of an asker ends nobody's ten minutes: what a person did last is what he may take back.
  const newest = prepare<StepRow>(
    `select ${columnsOf(issueStep)} from issue_step where issue_id = ? and taken_back_at is null
      and act <> 'nameAsker' order by id desc limit 1`,
  );
  const trace = prepare<StepRow>(
    `select ${columnsOf(issueStep)} from issue_step where issue_id = ? and taken_back_at is null order by id`,
  );
  const addStep = prepare(
    `insert into issue_step (issue_id, act, from_state, to_state, actor_id, at, data_sealed, before_sealed)
      values (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  /** By number, for there is no index of actors: so many steps no county makes in ten minutes. */
  const byActor = prepare<{ issueId: number; act: StepRow['act'] }>(
    `select issue_id as "issueId", act from issue_step
      where id > (select max(id) from issue_step) - 5000 and actor_id = ? and at >= ? and taken_back_at is null
      order by id desc`,
  );
  const takeBack = prepare('update issue_step set taken_back_at = ? where id in (?, ?)');
  /** One statement for each set of columns that a step writes; there are few such sets. */
  const updates = new Map<string, Statement<IssueRow>>();
  function updateOf(set: string): Statement<IssueRow> {
    const known =
      updates.get(set) ??
      prepare<IssueRow>(
        `update issue set ${set}version = version + 1 where id = ? and version = ? returning ${columns}`,
      );
    updates.set(set, known);
    return known;
  }

  const queries = {
    ...issueLists(session),
    ...issueWeek(session),
    ...issuePeople(session),
    get(id: number): Issue | undefined {
      const row = byId.get(id);
      return row && opened(row);
    },
    /** Decision 27: numbered per branch and year. The first step is `report`. */
    create(given: NewIssue): Issue {
      const { place, person, words, alternatives, subjects, former, returned, now, ...rest } = given;
      const { id } = db
        .insert(issue)
        .values({
          ...rest,
          number: (highest.get(given.orgId, given.year)?.number ?? 0) + 1,
          placeSealed: seal(place),
          personSealed: seal(person),
          wordsSealed: vault.seal(words),
          alternatives: JSON.stringify(alternatives),
          subjects: JSON.stringify(subjects),
          former: JSON.stringify(former),
          returned: JSON.stringify(returned),
          createdAt: now,
        })
        .returning({ id: issue.id })
        .get();
      addStep.run(id, 'report', 'reported', 'reported', given.loggerId, now, null, null);
      const row = byId.get(id);
      if (!row) throw new Error('a matter was not written');
      return opened(row);
    },
    /** Where it is and whose it is, put right; the words stay as they were said, and no clock moves. */
    putRight(
      id: number,
      {
        place,
        person,
        householdId,
        building,
      }: Pick<NewIssue, 'place' | 'person' | 'householdId' | 'building'>,
    ): void {
      db.update(issue)
        .set({ placeSealed: seal(place), personSealed: seal(person), householdId, building })
        .where(eq(issue.id, id))
        .run();
    },
    /** Writes one step and what it changes; undefined when somebody was faster (the version moved). */
    apply(from: Issue, step: Applied): Issue | undefined {
      const written = changed(from, step);
      const set = written.map(([column]) => `${column} = ?, `).join('');
      const values = written.map(([, value]) => value);
      const row = updateOf(set).get(...values, from.id, from.version);
      if (!row) return undefined;
      const before: Before = { facts: factsOf(from), result: from.result, outside: from.outside };
      const { act, actorId, now, data } = step;
      addStep.run(from.id, act, from.state, row.state, actorId, now, sealJson(data), sealJson(before));
      return opened(row);
    },
    /** Undoes the newest step (decision 20): facts and texts as before it, both steps marked, the trace kept. */
    undo(from: Issue, undo: Omit<Applied, 'result' | 'outside'>): Issue | undefined {
      const last = newest.get(from.id);
      if (!last) return undefined;
      const before = openJson<Before>(last.beforeSealed);
      const row = queries.apply(from, {
        ...undo,
        result: before?.result ?? null,
        outside: before?.outside ?? null,
      });
      const undoing = newest.get(from.id);
      if (row && undoing) takeBack.run(undo.now, last.id, undoing.id);
      return row;
    },
    /** The newest step that stands, as the transition rules read it. */
    last(id: number): LastStep | null {
      const row = newest.get(id);
      if (!row) return null;
      const { act, actorId, at, beforeSealed } = row;
      return {
        act,
        actorId,
        at,
        // Opened by the one who takes it back.
        get before() {
          return openJson<Before>(beforeSealed)?.facts ?? null;
        },
      };
    },
    /** What somebody did since then and has not taken back, the newest first. */
    stepsBy: (actorId: number, since: number) => byActor.all(actorId, since),
    /** The whole trace, oldest first; what was taken back is left out. */
    steps(id: number): IssueStepRow[] {
      return trace.all(id).map((row) => ({
        id: row.id,
        act: row.act,
        from: row.fromState,
        to: row.toState,
        actorId: row.actorId,
        at: row.at,
        data: openJson<Record<string, unknown>>(row.dataSealed) ?? {},
      }));
    },
  };
  return queries;

  /** What a step really changes, column by column: what stays is not written, nor are the indexes over it. */
  function changed(from: Issue, { patch, result, outside }: Applied): [string, Value][] {
    const written = Object.entries(patch).flatMap(([key, value]): [string, Value][] => {
      const was = from[key as keyof IssueFacts];
      const column = COLUMNS[key as keyof IssueFacts].name;
      if (value === undefined || value === was) return [];
      return [[column, typeof value === 'object' && value !== null ? JSON.stringify(value) : value]];
    });
    if (result !== undefined) written.push(['result_sealed', seal(result)]);
    if (outside !== undefined) written.push(['outside_sealed', sealJson(outside)]);
    return written;
  }
}
