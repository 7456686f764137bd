import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { IssueAct, IssueFacts, LastStep } from '../../src/domain/issue-types.ts';
import { issue, issueStep } from '../schema/index.ts';
import { issueLists } from './issue-lists.ts';
import { issuePeople } from './issue-people.ts';
import {
  factsOf,
  type Issue,
  type IssueStepRow,
  issueRows,
  type NewIssue,
  type Outside,
} from './issue-rows.ts';
import { issueWeek } from './issue-week.ts';
import type { Session } from './session.ts';

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

/** 诉求: one row a matter, one a step. State, handler and clock change only by src/domain/issue-step.ts. */
export function issueQueries(session: Session) {
  const { db, vault } = session;
  const { seal, sealJson, openJson, opened } = issueRows(session);
  const byId = db
    .select()
    .from(issue)
    .where(eq(issue.id, sql.placeholder('id')))
    .prepare();
  const highest = db
    .select({ number: sql<number | null>`max(${issue.number})` })
    .from(issue)
    .where(and(eq(issue.orgId, sql.placeholder('orgId')), eq(issue.year, sql.placeholder('year'))))
    .prepare();
  const newest = db
    .select()
    .from(issueStep)
    .where(and(eq(issueStep.issueId, sql.placeholder('id')), isNull(issueStep.takenBackAt)))
    .orderBy(desc(issueStep.id))
    .limit(1)
    .prepare();

  const queries = {
    ...issueLists(session),
    ...issueWeek(session),
    ...issuePeople(session),
    get(id: number): Issue | undefined {
      const row = byId.get({ id });
      return row && opened(row);
    },
    /** Decision 27: numbered per branch and year. The first step is `report`. */
    create(given: NewIssue): Issue {
      const { place, person, words, alternatives, subjects, former, returned, now, ...rest } = given;
      const row = db
        .insert(issue)
        .values({
          ...rest,
          number: (highest.get({ orgId: given.orgId, year: given.year })?.number ?? 0) + 1,
          placeSealed: seal(place),
          personSealed: seal(person),
          wordsSealed: vault.seal(words),
          alternatives: JSON.stringify(alternatives),
          subjects: JSON.stringify(subjects),
          former: JSON.stringify(former),
          returned: JSON.stringify(returned),
          createdAt: now,
        })
        .returning()
        .get();
      db.insert(issueStep)
        .values({
          issueId: row.id,
          act: 'report',
          fromState: 'reported',
          toState: 'reported',
          actorId: given.loggerId,
          at: now,
        })
        .run();
      return opened(row);
    },
    /** Writes one step and what it changes; undefined when somebody was faster (the version moved). */
    apply(from: Issue, step: Applied): Issue | undefined {
      const { former, returned, ...patch } = step.patch;
      const row = db
        .update(issue)
        .set({
          ...patch,
          ...(former ? { former: JSON.stringify(former) } : {}),
          ...(returned ? { returned: JSON.stringify(returned) } : {}),
          ...(step.result === undefined ? {} : { resultSealed: seal(step.result) }),
          ...(step.outside === undefined ? {} : { outsideSealed: sealJson(step.outside) }),
          version: from.version + 1,
        })
        .where(and(eq(issue.id, from.id), eq(issue.version, from.version)))
        .returning()
        .get();
      if (!row) return undefined;
      const before: Before = { facts: factsOf(from), result: from.result, outside: from.outside };
      db.insert(issueStep)
        .values({
          issueId: from.id,
          act: step.act,
          fromState: from.state,
          toState: row.state,
          actorId: step.actorId,
          at: step.now,
          dataSealed: sealJson(step.data),
          beforeSealed: sealJson(before),
        })
        .run();
      return opened(row);
    },
    /** Undoes the newest step (decision 20): facts and texts as before it, both steps marked, the trace kept. */
    undo(from: Issue, undo: Omit<Applied, 'result' | 'outside'>): Issue | undefined {
      const last = newest.get({ id: from.id });
      if (!last) return undefined;
      const before = openJson<Before>(last.beforeSealed);
      const row = queries.apply(from, {
        ...undo,
        result: before?.result ?? null,
        outside: before?.outside ?? null,
      });
      const undoing = newest.get({ id: from.id });
      if (row && undoing)
        db.update(issueStep)
          .set({ takenBackAt: undo.now })
          .where(inArray(issueStep.id, [last.id, undoing.id]))
          .run();
      return row;
    },
    /** The newest step that stands, as the transition rules read it. */
    last(id: number): LastStep | null {
      const row = newest.get({ id });
      return row
        ? {
            act: row.act,
            actorId: row.actorId,
            at: row.at,
            before: openJson<Before>(row.beforeSealed)?.facts ?? null,
          }
        : null;
    },
    /** The whole trace, oldest first; what was taken back is left out. */
    steps(id: number): IssueStepRow[] {
      return db
        .select()
        .from(issueStep)
        .where(and(eq(issueStep.issueId, id), isNull(issueStep.takenBackAt)))
        .orderBy(issueStep.id)
        .all()
        .map((row) => ({
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
}
