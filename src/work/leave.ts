import type { Queries } from '../../db/queries/index.ts';
import type { Member } from '../../db/queries/members.ts';
import type { Actor } from '../domain/actor.ts';
import { may } from '../domain/rights.ts';

/** One's own, or as secretary somebody's of the branch (rights `leave.self`, `leave.other`). */
export function mayChangeLeave(q: Queries, actor: Actor, memberId: number): boolean {
  if (memberId === actor.memberId) return may(actor, 'leave.self', { path: '/', relations: ['self'] });
  const member = q.members.get(memberId);
  return member !== undefined && may(actor, 'leave.other', { path: q.orgs.get(member.orgId)?.path ?? '/' });
}

/** Members of that name for whom this person may enter a leave. */
export function mayEnterFor(q: Queries, actor: Actor, name: string): Member[] {
  return q.members
    .named(name)
    .filter((member) => member.status === '在册' && mayChangeLeave(q, actor, member.id));
}
