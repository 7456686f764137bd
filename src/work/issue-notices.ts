import type { Issue } from '../../db/queries/issue-rows.ts';
import type { Effects } from '../commands/define.ts';
import type { IssueAct } from '../domain/issue-types.ts';
import type { ViewRef } from '../views/define.ts';
import { contactsOf, decidersOf } from './issue-people.ts';

/** Whose turn it is after a step; everybody else's card follows silently. */
const WHOSE_TURN: Partial<Record<IssueAct, (fx: Effects, before: Issue, after: Issue) => number[]>> = {
  handleHere: holders,
  dispatch: holders,
  reassign: holders,
  escalate: (fx, _before, after) => decidersOf(fx, after),
  settle: owner,
  explain: owner,
  word: next,
  return: (fx, _before, after) => decidersOf(fx, after),
  askLater: (fx, _before, after) => decidersOf(fx, after, { also: after.handlerId }),
  promise: holders,
  refuseLater: holders,
  resolve: next,
  told: next,
  nameAsker: next,
  evaluate: next,
  reopen: next,
  regrade: (fx, before, after) =>
    after.grade === 'danger' && before.grade !== 'danger'
      ? [...holders(fx, before, after), ...decidersOf(fx, after)]
      : [],
  withdraw: (fx, before) => holders(fx, before, before),
  transfer: (fx, before) => holders(fx, before, before),
};

/** The handler, or everybody of the unit who may take it. */
function holders(fx: Effects, _before: Issue, after: Issue): number[] {
  if (after.handlerId !== null) return [after.handlerId];
  return after.handlerOrgId === null ? [] : contactsOf(fx, after.handlerOrgId, after);
}

function owner(_fx: Effects, _before: Issue, after: Issue): number[] {
  return [after.ownerId];
}

/** By the state that was reached. */
function next(fx: Effects, before: Issue, after: Issue): number[] {
  switch (after.state) {
    case 'awaitingSignOff':
      return after.askerId === null ? [] : [after.askerId];
    case 'resolved':
      // A unit that is complained about cannot tell who complained; who received it does.
      return after.complaint && after.handlerOrgId !== null ? [after.ownerId] : [];
    case 'rework':
      return [...holders(fx, before, after), ...decidersOf(fx, after)];
    case 'thirdPath':
      return decidersOf(fx, after);
    // 首办负责: who received it learns how it ended.
    case 'closed':
      return [after.ownerId];
    default:
      return [];
  }
}

/** The card of one matter, for whoever opens it; the view of that name is in src/views/issue-card.ts. */
export const cardRef = (issueId: number): ViewRef => ({ view: 'issue.card', params: { issue: issueId } });

/**
 * Sends the matter's card to whose turn it is. Cards caused by somebody's act do not wait for working hours
 * (decision 33); they go in a lane that is not given up, since nobody is waiting in front of the screen.
 */
export function tellOthers(
  fx: Effects,
  before: Issue,
  after: Issue,
  act: IssueAct,
  actorId: number | null,
): void {
  const turn = WHOSE_TURN[act]?.(fx, before, after) ?? [];
  sendCard(fx, after, turn, actorId);
}

/** How many could be reached. */
export function sendCard(
  fx: Effects,
  issue: Issue,
  memberIds: readonly number[],
  except: number | null,
): number {
  let reached = 0;
  for (const id of new Set(memberIds)) {
    if (id === except || issue.subjects.includes(id)) continue;
    if (fx.privately(id, cardRef(issue.id), { lane: 'urgent' })) reached++;
  }
  return reached;
}
