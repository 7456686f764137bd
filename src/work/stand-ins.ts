import type { IssueHead } from '../../db/queries/issue-lists.ts';
import type { Effects } from '../commands/define.ts';
import { type Level, SECRETARY_ROLES, secretaries } from '../domain/issue-people.ts';
import { WORKING } from '../domain/issue-types.ts';
import { dayOf } from '../lib/day.ts';
import { issueListView } from '../views/issue-list.ts';
import { cardRef } from './issue-notices.ts';
import { levelsOf } from './issue-people.ts';

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
  const waiting = new Map<number, IssueHead[]>();
  const lines = new Map<number, readonly Level[]>();
  for (const head of openDecisions(fx, memberId)) {
    const line = lines.get(head.triageOrgId) ?? levelsOf(fx, head.triageOrgId);
    lines.set(head.triageOrgId, line);
    for (const id of newTo(line, head, memberId)) waiting.set(id, [...(waiting.get(id) ?? []), head]);
  }
  const told = [...waiting].filter(([id, heads]) => send(fx, id, heads, memberId)).map(([id]) => id);
  if (told.length > 0) fx.audit('issue.stand-in', `member:${memberId}`, { told });
  return told.length;
}

/** Every matter on which he may be the one to decide, soonest due first. */
function openDecisions({ q, now }: Effects, memberId: number): IssueHead[] {
  const posts = q.members
    .rolesOn(memberId, dayOf(now))
    .filter((held) => SECRETARY_ROLES.some((role) => role === held.role));
  const own = posts.map((post) => post.orgId);
  const below = posts.flatMap((post) => q.orgs.subtree(post.path).map((org) => org.id));
  const heads = [own, below].flatMap((ids) => [...q.issues.waitingAt(ids), ...q.issues.undecidedAt(ids)]);
  // Of danger all of them were told at once.
  return [...new Map(heads.map((head) => [head.id, head])).values()].filter(
    (head) => head.grade !== 'danger',
  );
}

/** Who decides it without him and would not if he were here. */
function newTo(line: readonly Level[], head: IssueHead, memberId: number): number[] {
  // Who asks for a later date does not answer it.
  const asking = WORKING.includes(head.state) && head.handlerId !== null ? [head.handlerId] : [];
  const exclude = new Set([...head.subjects, ...asking]);
  const here = line.map((level) => ({
    ...level,
    posts: level.posts.map((post) => (post.memberId === memberId ? { ...post, away: false } : post)),
  }));
  const before = secretaries(here, { exclude });
  return before.includes(memberId) ? secretaries(line, { exclude }).filter((id) => !before.includes(id)) : [];
}

function send(fx: Effects, to: number, heads: readonly IssueHead[], away: number): boolean {
  const refs =
    heads.length > CARDS
      ? [issueListView.ref({ what: 'instead', ids: String(away) })]
      : heads.map((head) => cardRef(head.id));
  return refs.map((ref) => fx.privately(to, ref, { lane: 'urgent' })).some(Boolean);
}
