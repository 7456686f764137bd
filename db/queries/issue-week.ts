import { and, eq, gte, inArray, isNull, lt, sql } from 'drizzle-orm';
import { type CloseKind, DECIDING, OPEN } from '../../src/domain/issue-types.ts';
import { issue } from '../schema/index.ts';
import type { Session } from './session.ts';

export interface IssueWeek {
  fresh: number;
  closed: { kind: CloseKind; count: number }[];
  good: number;
  fair: number;
  bad: number;
}

export interface OpenCounts {
  total: number;
  /** Waiting for a decision. */
  waiting: number;
  overdue: number;
}

/** What Monday's card counts for a group's orgs: prepared, for a thousand groups are counted one after the other. */
export function issueWeek({ db }: Session) {
  const count = sql<number>`count(*)`;
  const ids = sql`(select value from json_each(${sql.placeholder('ids')}))`;
  const here = sql`${issue.orgId} in ${ids}`;
  const within = (column: typeof issue.createdAt | typeof issue.closedAt | typeof issue.signedAt) =>
    and(gte(column, sql.placeholder('from')), lt(column, sql.placeholder('to')));
  const open = inArray(issue.state, [...OPEN]);
  const closed = db
    .select({ kind: issue.closeKind, said: issue.satisfaction, count })
    .from(issue)
    .where(and(here, within(issue.closedAt), eq(issue.state, 'closed')))
    .groupBy(issue.closeKind, issue.satisfaction)
    .prepare();
  const fresh = db
    .select({ count })
    .from(issue)
    .where(and(here, within(issue.createdAt)))
    .prepare();
  const bad = db
    .select({ count })
    .from(issue)
    .where(and(here, eq(issue.satisfaction, 'bad'), within(issue.signedAt)))
    .prepare();
  const unasked = db
    .select({ count })
    .from(issue)
    .where(and(here, eq(issue.state, 'awaitingSignOff'), isNull(issue.askerId)))
    .prepare();
  // Two look-ups by index: an `or` over both columns walks every open matter of the office.
  const openIds = (column: typeof issue.orgId | typeof issue.triageOrgId) =>
    sql`select ${issue.id} from ${issue} where ${column} in ${ids} and ${open}`;
  const counts = db
    .select({
      total: count,
      waiting: sql<number>`coalesce(sum(${inArray(issue.state, [...DECIDING])}), 0)`,
      overdue: sql<number>`coalesce(sum(${issue.dueAt} < ${sql.placeholder('now')}), 0)`,
    })
    .from(issue)
    .where(
      sql`${issue.subjects} = '[]' and ${issue.id} in (${openIds(issue.orgId)} union ${openIds(issue.triageOrgId)})`,
    )
    .prepare();

  return {
    /** Counts of [from, to), epoch ms. */
    week(orgIds: readonly number[], from: number, to: number): IssueWeek {
      const span = { ids: JSON.stringify(orgIds), from, to };
      const rows = closed.all(span);
      const kinds = new Map<CloseKind, number>();
      for (const row of rows) if (row.kind) kinds.set(row.kind, (kinds.get(row.kind) ?? 0) + row.count);
      const said = (word: string): number =>
        rows.filter((row) => row.said === word).reduce((sum, row) => sum + row.count, 0);
      return {
        fresh: fresh.get(span)?.count ?? 0,
        closed: [...kinds].map(([kind, number]) => ({ kind, count: number })),
        good: said('good'),
        fair: said('fair'),
        bad: bad.get(span)?.count ?? 0,
      };
    },
    /** Open matters of these orgs that a group may see; what was reported up to one of them counts too. */
    openCounts: (orgIds: readonly number[], now: number): OpenCounts =>
      counts.get({ ids: JSON.stringify(orgIds), now }) ?? { total: 0, waiting: 0, overdue: 0 },
    /** Nobody can be named to ask (decision 19): Monday's list says how many. */
    unaskedCount: (orgIds: readonly number[]): number =>
      unasked.get({ ids: JSON.stringify(orgIds) })?.count ?? 0,
  };
}
