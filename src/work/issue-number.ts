import type { IssueHead } from '../../db/queries/issue-lists.ts';
import type { Ctx } from '../commands/define.ts';
import type { Actor } from '../domain/actor.ts';
import type { IssueAct } from '../domain/issue-types.ts';
import { issueListView } from '../views/issue-list.ts';
import { canStep, mayRead, seatAt } from './issue-load.ts';
import { cardRef } from './issue-notices.ts';
import type { Reading } from './issue-people.ts';

/** Whose eyes, and in which chat. */
interface Looking extends Reading {
  actor: Actor;
  chat: { orgId: number | null };
}

/** Matters of this number that the actor may see: his own orgs' first, then what he has to do with, then his subtree's. */
export function issuesNumbered(ctx: Looking, number: number): IssueHead[] {
  const { q, actor, chat } = ctx;
  const own = [chat.orgId, actor.communityId, actor.orgId, ...actor.roles.map((held) => held.orgId)];
  const units = actor.roles.filter((held) => held.role === '承办联系人').map((held) => held.orgId);
  const visible = (heads: IssueHead[]): IssueHead[] =>
    heads.filter((head) => {
      const seat = seatAt(ctx, head.id, actor);
      return seat !== undefined && mayRead(seat);
    });
  const near = visible(
    q.issues.numbered(number, [...new Set(own.filter((id): id is number => id !== null))]),
  );
  const mine = visible(q.issues.numberedFor(number, actor.memberId, units)).filter(
    (head) => !near.some((each) => each.id === head.id),
  );
  const found = [...near, ...mine];
  if (found.length > 0) return open(found);
  const below = actor.roles.flatMap((held) => q.orgs.subtree(held.path).map((org) => org.id));
  return open(visible(q.issues.numbered(number, [...new Set(below)])));
}

/** Last year's closed 第128号 is not meant while this year's is open. */
function open(heads: IssueHead[]): IssueHead[] {
  const living = heads.filter((head) => head.state !== 'closed');
  const pool = living.length > 0 ? living : heads;
  const newest = Math.max(...pool.map((head) => head.year));
  return pool.filter((head) => head.state !== 'closed' || head.year === newest);
}

/**
 * The one matter that is meant, or null after a sentence or a list to choose from. Of several of one number (a branch's and
 * its community's) the one on which the person can do what he says; `acts` empty: he only wants to see it.
 */
export function theIssue(ctx: Ctx, number: number, acts: readonly IssueAct[] = []): IssueHead | null {
  const all = issuesNumbered(ctx, number);
  const able = all.filter((head) => {
    const seat = seatAt(ctx, head.id, ctx.actor);
    return seat !== undefined && acts.some((act) => canStep(seat, act));
  });
  const found = able.length === 1 ? able : all;
  const [only, another] = found;
  if (only && !another) return only;
  if (only)
    ctx.reply(
      issueListView.ref({
        what: 'choose',
        ids: found
          .slice(0, 10)
          .map((head) => head.id)
          .join(','),
      }),
    );
  else ctx.reply({ text: `没有找到您能看的第${number}号。` });
  return null;
}

/** A typed `128` or `第128号` opens it (decision 27); in private, for the card holds the words. */
export function openIssueByNumber(ctx: Ctx, number: number): void {
  const head = theIssue(ctx, number);
  if (head) ctx.reply(cardRef(head.id));
}
