import type { Ctx } from '../commands/define.ts';
import { ROLES } from '../domain/actor.ts';
import { type Complaint, complainedOf, soundsLikeComplaint, type Worker } from '../domain/complaint.ts';
import { dayOf } from '../lib/day.ts';

/**
 * Whom a line complains about, who never sees it (care 11): people named by @, and those whom the words blame, among
 * everybody along the branch's line of orgs and in its units. Who types it is no subject of it.
 */
export function complainedAbout(ctx: Ctx, orgId: number, text: string): Complaint {
  if (!soundsLikeComplaint(text)) return { complaint: false, subjects: [] };
  const { memberId: me } = ctx.actor;
  const workers = workersAlong(ctx, orgId).filter((each) => each.memberId !== me);
  const { complaint, subjects } = complainedOf(text, workers);
  if (!complaint) return { complaint, subjects };
  for (const { memberId, name } of ctx.mentioned)
    if (memberId !== null && memberId !== me && !subjects.some((each) => each.memberId === memberId))
      subjects.push({ memberId, name, said: [name] });
  return { complaint, subjects };
}

function workersAlong({ q, now }: Ctx, orgId: number): Worker[] {
  const line = q.orgs.lineage(orgId).map((org) => org.id);
  const orgs = [...line, ...q.issues.unitsUnder(line).map((unit) => unit.id)];
  const workers = new Map<number, Worker>();
  for (const id of orgs)
    for (const { id: memberId, name } of q.members.ofOrg(id))
      workers.set(memberId, { memberId, name, roles: [] });
  for (const { memberId, role } of q.issues.posts(orgs, ROLES, dayOf(now))) {
    const known = workers.get(memberId);
    const name = known?.name ?? q.members.get(memberId)?.name;
    if (name) workers.set(memberId, { memberId, name, roles: [...(known?.roles ?? []), role] });
  }
  return [...workers.values()];
}
