import type { IssueHead } from '../../db/queries/issue-lists.ts';
import type { Actor } from '../domain/actor.ts';
import { decidersOf, type Reading } from './issue-people.ts';

const DECIDERS: ReadonlySet<string> = new Set(['书记', '副书记', '支部委员', '诉求中心']);

/** Open matters on which this person decides now: his own orgs', and what lower ones without a secretary send up. */
export function decisionsFor(r: Reading, actor: Actor): IssueHead[] {
  const { q } = r;
  const held = actor.roles.filter((each) => DECIDERS.has(each.role));
  if (held.length === 0) return [];
  const centres = held.filter((each) => each.role === '诉求中心').map((each) => each.path);
  const orgs = new Set(held.map((each) => each.orgId));
  const below = [...new Set(held.flatMap((each) => q.orgs.subtree(each.path).map((org) => org.id)))];
  return [...q.issues.waitingAt(below), ...q.issues.undecidedAt(below)].filter((head) => {
    if (head.subjects.includes(actor.memberId)) return false;
    if (orgs.has(head.triageOrgId)) return true;
    // 诉求中心 decides for the whole subtree (decision 15); a secretary only where lower ones have none.
    if (centres.some((path) => q.orgs.get(head.triageOrgId)?.path.startsWith(path))) return true;
    return decidersOf(r, head).includes(actor.memberId);
  });
}

export interface MyIssues {
  /** I decide. */
  decide: IssueHead[];
  /** I handle, tell, ask, or say the resident's word. */
  waiting: IssueHead[];
  /** Dispatched to my unit, nobody has taken it. */
  untaken: IssueHead[];
  /** A date was told for it by me. */
  promised: IssueHead[];
  /** I received it and follow it. */
  followed: IssueHead[];
}

/** What /我的 says of matters: what waits for me, and what I promised. A matter stands once, where it asks most. */
export function issuesOf(r: Reading, actor: Actor): MyIssues {
  const { q } = r;
  const units = actor.roles.filter((held) => held.role === '承办联系人').map((held) => held.orgId);
  const seen = new Set<number>();
  const once = (heads: IssueHead[]): IssueHead[] =>
    heads.filter((head) => !seen.has(head.id) && seen.add(head.id));
  const waiting = once(q.issues.waitingFor(actor.memberId));
  const untaken = once(q.issues.untakenAt(units));
  const decide = once(decisionsFor(r, actor));
  const followed = once(q.issues.followedBy(actor.memberId));
  return { decide, waiting, untaken, followed, promised: q.issues.promisesOf(actor.memberId) };
}
