import type { IssueHead } from '../../db/queries/issue-lists.ts';
import type { Effects } from '../commands/define.ts';
import { allSecretaries, type Level, SECRETARY_ROLES, secretaries } from '../domain/issue-people.ts';
import { WORKING } from '../domain/issue-types.ts';
import { dayOf } from '../lib/day.ts';
import type { ViewRef } from '../views/define.ts';
import { issueListView } from '../views/issue-list.ts';
import { cardRef } from './issue-notices.ts';
import { decidersOf, levelsOf } from './issue-people.ts';

/** So many matters come as cards of their own, as they came to him; more of them as one list. */
const CARDS = 3;

/**
 * What waits for the decision of somebody who is away goes to whoever decides now and did not before (decision 17): his
 * deputies, else the level above. What came since is sent to them anyway. How many were told.
 */
export function callStandIns(fx: Effects, memberId: number): number {
  const { q } = fx;
  // Whom no card reaches never decided here: others had all of it from the first.
  if (!q.members.onLeave(memberId, dayOf(fx.now)) || q.members.accounts(memberId).length === 0) return 0;
  const waiting = new Waiting();
  const lines = new Map<number, readonly Level[]>();
  for (const head of openDecisions(fx, postsOf(fx, memberId))) {
    const line = lines.get(head.triageOrgId) ?? levelsOf(fx, head.triageOrgId);
    lines.set(head.triageOrgId, line);
    for (const id of newTo(line, head, memberId)) waiting.add(id, head);
  }
  const told = waiting.tell(fx, issueListView.ref({ what: 'instead', ids: String(memberId) }));
  if (told.length > 0) fx.audit('issue.stand-in', `member:${memberId}`, { told });
  return told.length;
}

/**
 * A change of who holds the posts of some orgs: what waits there goes to whoever decides from now on and did not before
 * (decision 17), for nobody would send it to him again.
 */
export function passDecisionsOn(fx: Effects, orgIds: readonly number[], change: () => void): void {
  const heads = openDecisions(fx, orgIds);
  const decide = (head: IssueHead) => decidersOf(fx, head, { also: asking(head) });
  const before = new Map(heads.map((head) => [head.id, decide(head)]));
  change();
  const waiting = new Waiting();
  for (const head of heads)
    for (const id of decide(head)) if (!before.get(head.id)?.includes(id)) waiting.add(id, head);
  const told = waiting.tell(fx, issueListView.ref({ what: 'decide', ids: '' }));
  if (told.length > 0) fx.audit('issue.successor', `org:${orgIds.join()}`, { told });
}

/** The orgs where somebody holds a post that decides. */
export function postsOf({ q, now }: Pick<Effects, 'q' | 'now'>, memberId: number): number[] {
  return q.members
    .rolesOn(memberId, dayOf(now))
    .filter((held) => SECRETARY_ROLES.some((role) => role === held.role))
    .map((held) => held.orgId);
}

/** Every matter on which whoever holds a post there may be the one to decide, soonest due first. */
function openDecisions({ q }: Effects, own: readonly number[]): IssueHead[] {
  const below = own.flatMap((id) => q.orgs.subtree(q.orgs.get(id)?.path ?? '-').map((org) => org.id));
  const heads = [own, below].flatMap((ids) => [...q.issues.waitingAt(ids), ...q.issues.undecidedAt(ids)]);
  return [...new Map(heads.map((head) => [head.id, head])).values()];
}

/** Who asks for a later date does not answer it. */
const asking = (head: IssueHead): number | null => (WORKING.includes(head.state) ? head.handlerId : null);

/** Who decides it without him and would not if he were here. */
function newTo(line: readonly Level[], head: IssueHead, memberId: number): number[] {
  const also = asking(head);
  const exclude = new Set(also === null ? head.subjects : [...head.subjects, also]);
  const here = line.map((level) => ({
    ...level,
    posts: level.posts.map((post) => (post.memberId === memberId ? { ...post, away: false } : post)),
  }));
  const decide = (levels: readonly Level[]) =>
    head.grade === 'danger' ? allSecretaries(levels, exclude) : secretaries(levels, { exclude });
  const before = decide(here);
  return before.includes(memberId) ? decide(line).filter((id) => !before.includes(id)) : [];
}

/** What waits for whom. */
class Waiting {
  private readonly heads = new Map<number, IssueHead[]>();

  add(memberId: number, head: IssueHead): void {
    this.heads.set(memberId, [...(this.heads.get(memberId) ?? []), head]);
  }

  /** Sends each his few cards, or the list where there are many. Whom it reached. */
  tell(fx: Effects, list: ViewRef): number[] {
    return [...this.heads]
      .filter(([id, heads]) => {
        const refs = heads.length > CARDS ? [list] : heads.map((head) => cardRef(head.id));
        return refs.map((ref) => fx.privately(id, ref, { lane: 'urgent' })).some(Boolean);
      })
      .map(([id]) => id);
  }
}
