import { and, gte, inArray, lte, sql } from 'drizzle-orm';
import { OPEN } from '../../src/domain/issue-types.ts';
import { issue } from '../schema/index.ts';
import type { Session } from './session.ts';

/** What the clock's scan reads of open matters, and nothing more: it looks at all of them every minute. */
export function issueClock({ db }: Session) {
  const rows = db
    .select({
      id: issue.id,
      state: issue.state,
      grade: issue.grade,
      stepAt: issue.stepAt,
      dueAt: issue.dueAt,
      handlerId: issue.handlerId,
      handlerOrgId: issue.handlerOrgId,
      askerId: issue.askerId,
    })
    .from(issue)
    .where(
      and(
        inArray(issue.state, [...OPEN]),
        gte(issue.dueAt, sql.placeholder('from')),
        lte(issue.dueAt, sql.placeholder('to')),
      ),
    )
    .prepare();
  return {
    /** Open matters due in [from, to], epoch ms. */
    openClocks: (from: number, to: number) => rows.all({ from, to }),
  };
}
