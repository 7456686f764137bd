import type { Issue } from '../../db/queries/issue-rows.ts';
import type { Actor } from '../domain/actor.ts';
import { fits, rightOf } from '../domain/issue.ts';
import type { IssueAct, LastStep } from '../domain/issue-types.ts';
import { type Act, may, type Relation } from '../domain/rights.ts';
import { type Reading, superiorsOf } from './issue-people.ts';

/** A matter as one person stands to it: what every question of right needs, read once. */
export interface Seat {
  issue: Issue;
  actor: Actor;
  last: LastStep | null;
  relations: readonly Relation[];
  /** Org path where the decision waits; after 上报 that is an ancestor. */
  path: string;
  /** Path of the branch it belongs to. */
  ownPath: string;
}

/** undefined: no such matter. */
export function seatAt(r: Reading, issueId: number, actor: Actor): Seat | undefined {
  const issue = r.q.issues.get(issueId);
  if (!issue) return undefined;
  const last = r.q.issues.last(issueId);
  const path = r.q.orgs.get(issue.triageOrgId)?.path ?? '/';
  const ownPath = issue.orgId === issue.triageOrgId ? path : (r.q.orgs.get(issue.orgId)?.path ?? '/');
  return { issue, actor, last, path, ownPath, relations: relationsTo(r, issue, last, actor) };
}

function relationsTo(r: Reading, issue: Issue, last: LastStep | null, actor: Actor): Relation[] {
  const me = actor.memberId;
  const inUnit = actor.roles.some((held) => held.role === '承办联系人' && held.orgId === issue.handlerOrgId);
  const holds: [Relation, boolean][] = [
    ['logger', issue.loggerId === me],
    ['owner', issue.ownerId === me || wordFallsTo(r, issue, actor)],
    ['decider', issue.deciderId === me],
    ['handler', issue.handlerId === me],
    ['former', issue.former.includes(me)],
    ['handlerUnit', inUnit],
    ['asker', issue.askerId === me],
    ['subject', issue.subjects.includes(me)],
    ['maker', last?.actorId === me],
    // Asked only where it decides something: who was named to ask has become a superior since.
    [
      'superior',
      issue.state === 'awaitingSignOff' && issue.askerId === me && superiorsOf(r, issue).includes(me),
    ],
  ];
  return holds.filter(([, is]) => is).map(([relation]) => relation);
}

/** Settled on the spot by somebody who has left since: whoever decided it takes the resident's word in his place. */
function wordFallsTo(r: Reading, issue: Issue, actor: Actor): boolean {
  return (
    issue.state === 'settledOnSpot' &&
    issue.deciderId === actor.memberId &&
    r.q.members.get(issue.ownerId)?.status !== '在册'
  );
}

/** Has this person the right to the act, whatever the state? */
export function hasRight({ actor, path, relations }: Seat, act: IssueAct): boolean {
  const right = rightOf(act);
  return right !== null && may(actor, right, { path, relations });
}

/** Right and state together: what a button is shown for. */
export function canStep(seat: Seat, act: IssueAct): boolean {
  return fits(act, seat.issue.state) && hasRight(seat, act);
}

/** Reading is asked at both orgs: after 上报 the branch's own people still may. */
function mayEither({ actor, path, ownPath, relations }: Seat, act: Act): boolean {
  return may(actor, act, { path: ownPath, relations }) || may(actor, act, { path, relations });
}

/** May he see that it exists, and its state? */
export function mayRead(seat: Seat): boolean {
  return mayEither(seat, 'issue.read');
}

export function mayReadWords(seat: Seat): boolean {
  return mayEither(seat, 'issue.words');
}

/** Who and where: never to a unit or department about which somebody complains (care 11). */
export function seesResident(seat: Seat): boolean {
  const { relations } = seat;
  const onlyAtWork =
    relations.includes('handlerUnit') && !relations.includes('logger') && !relations.includes('owner');
  return mayReadWords(seat) && !(seat.issue.complaint && onlyAtWork);
}
