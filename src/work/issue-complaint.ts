import type { Ctx } from '../commands/define.ts';
import { dayOf } from '../lib/day.ts';

export interface Complained {
  complaint: boolean;
  /** Roster members about whom it is: they never see it (care 11). */
  subjects: { memberId: number; name: string }[];
}

const COMPLAINT = /投诉|举报|告状/u;

/** Whom a complaint is about: people named by @ or by a roster name along the branch's line of orgs. */
export function complainedAbout(ctx: Ctx, orgId: number, text: string): Complained {
  if (!COMPLAINT.test(text)) return { complaint: false, subjects: [] };
  const { q } = ctx;
  const found = new Map<number, string>();
  for (const each of ctx.mentioned) if (each.memberId !== null) found.set(each.memberId, each.name);
  const line = q.orgs.lineage(orgId).map((org) => org.id);
  const units = q.issues.unitsUnder(line).map((unit) => unit.id);
  for (const id of [...line, ...units]) {
    for (const member of q.members.ofOrg(id))
      if (member.name.length > 1 && text.includes(member.name)) found.set(member.id, member.name);
    for (const member of q.members.holders(
      id,
      ['书记', '副书记', '支部委员', '领导', '承办联系人'],
      dayOf(ctx.now),
    )) {
      if (member.name.length > 1 && text.includes(member.name)) found.set(member.id, member.name);
    }
  }
  found.delete(ctx.actor.memberId);
  return { complaint: true, subjects: [...found].map(([memberId, name]) => ({ memberId, name })) };
}
