import type { Queries } from '../../db/queries/index.ts';
import type { Member } from '../../db/queries/members.ts';
import type { Ctx } from '../commands/define.ts';
import { type Actor, holds, ROLES, type Role } from '../domain/actor.ts';
import { SECRETARY_ROLES } from '../domain/issue-people.ts';
import { may } from '../domain/rights.ts';
import { addDays, type Day, dayOf } from '../lib/day.ts';
import { nameAskers } from './issue-act.ts';
import { tellLeftMatters } from './left-matters.ts';
import { passDecisionsOn, postsOf } from './stand-ins.ts';

/** Roles that a secretary gives in his own branch; the others are the administrator's to give. */
const BY_SECRETARY: readonly Role[] = [
  '党员',
  '网格员',
  '楼栋长',
  '支部委员',
  '副书记',
  '承办联系人',
  '居民志愿者',
];

export function mayChangeRoster(q: Queries, actor: Actor, orgId: number): boolean {
  return may(actor, 'roster.change', { path: q.orgs.get(orgId)?.path ?? '\0' });
}

/** The row if this person's own org is the actor's to care for; else a toast says whose it is. */
export function memberToChange(ctx: Ctx, id: number): Member | null {
  const member = ctx.q.members.get(id);
  if (member && mayChangeRoster(ctx.q, ctx.actor, member.orgId)) return member;
  ctx.toast('这一位由他所在支部的书记或管理员来改。', 'bad');
  return null;
}

/** Which roles the actor may give or end on an org. Nobody but an administrator changes his own. */
export function rolesToGive(q: Queries, actor: Actor, orgId: number, memberId: number): Role[] {
  const path = q.orgs.get(orgId)?.path ?? '\0';
  if (holds(actor, ['管理员'], path)) return [...ROLES];
  if (!mayChangeRoster(q, actor, orgId) || memberId === actor.memberId) return [];
  return holds(actor, ['书记'], path)
    ? [...BY_SECRETARY, '书记']
    : [...BY_SECRETARY.filter((role) => role !== '副书记')];
}

const decides = (role: Role): boolean => SECRETARY_ROLES.some((each) => each === role);

/** 任职 from a day on; false when he holds it already or it is not the actor's to give. */
export function grantRole(ctx: Ctx, memberId: number, orgId: number, role: Role, from: Day): boolean {
  if (!rolesToGive(ctx.q, ctx.actor, orgId, memberId).includes(role)) return false;
  let given = false;
  passDecisionsOn(ctx, decides(role) ? [orgId] : [], () => {
    given = ctx.q.members.grant(memberId, orgId, role, from);
  });
  if (!given) return false;
  ctx.audit('roster.grant', `member:${memberId}`, { role, orgId, from });
  ctx.changed(`member:${memberId}`);
  // Whoever is above the handler now may not ask about his work any more (decision 19).
  nameAskers(ctx, memberId);
  return true;
}

/** 免职: `from` is the first day without the role. The last administrator stays one. */
export function endRole(ctx: Ctx, memberId: number, orgId: number, role: Role, from: Day): boolean {
  const { q } = ctx;
  if (!rolesToGive(q, ctx.actor, orgId, memberId).includes(role)) return false;
  if (role === '管理员' && new Set(q.roster.administrators().map((held) => held.memberId)).size <= 1)
    return false;
  passDecisionsOn(ctx, decides(role) ? [orgId] : [], () => {
    q.members.revoke(memberId, orgId, role, addDays(from, -1));
  });
  ctx.audit('roster.revoke', `member:${memberId}`, { role, orgId, from });
  ctx.changed(`member:${memberId}`);
  return true;
}

/** Pairings in force today. */
export function openPairings(q: Queries, memberId: number, today: Day) {
  return q.households
    .pairingsOf(memberId)
    .filter((pairing) => pairing.fromDay <= today && (pairing.toDay === null || pairing.toDay >= today));
}

/** Ends a pairing with a trace; the day before is its last, so that a new one may begin today. */
export function endPairing(
  ctx: Ctx,
  pairing: { id: number; memberId: number; householdId: number },
  why: string,
): void {
  ctx.q.households.endPairing(pairing.id, addDays(dayOf(ctx.now), -1));
  ctx.audit('pairing.end', `household:${pairing.householdId}`, { memberId: pairing.memberId, why });
  ctx.changed(`household:${pairing.householdId}`);
  ctx.changed(`pairings:${pairing.memberId}`);
}

/** Begins a pairing today; false when it stands already. */
export function beginPairing(ctx: Ctx, memberId: number, householdId: number, why: string): boolean {
  const day = dayOf(ctx.now);
  if (ctx.q.households.isPaired(memberId, householdId, day)) return false;
  ctx.q.households.pair({ memberId, householdId, day, reason: why });
  ctx.audit('pairing.begin', `household:${householdId}`, { memberId, why });
  ctx.changed(`household:${householdId}`);
  ctx.changed(`pairings:${memberId}`);
  return true;
}

/**
 * 停用 or 转出 (decision 15): rights end at once. Who leaves hands his households over, is thanked and told to whom;
 * his roles end, and whoever decides learns what he had in hand. Who is only suspended keeps roles and pairings for his return, unless they are handed over.
 */
export function leaveRoster(ctx: Ctx, member: Member, status: '停用' | '转出', heirId: number | null): void {
  const { q, now } = ctx;
  const today = dayOf(now);
  const heir = heirId === null ? undefined : q.members.get(heirId);
  const pairings = status === '转出' || heir ? openPairings(q, member.id, today) : [];
  for (const pairing of pairings) {
    endPairing(ctx, pairing, status);
    if (heir) beginPairing(ctx, heir.id, pairing.householdId, `接${member.name}`);
  }
  const since =
    q.roster
      .held(member.id)
      .map((held) => held.fromDay)
      .sort()[0] ?? member.statusFrom;
  passDecisionsOn(ctx, postsOf(ctx, member.id), () => {
    if (status === '转出') {
      for (const held of q.roster.held(member.id))
        q.members.revoke(member.id, held.orgId, held.role as Role, addDays(today, -1));
    }
    q.members.change(member.id, { status, statusFrom: today });
  });
  ctx.audit('roster.status', `member:${member.id}`, {
    before: member.status,
    after: status,
    heir: heir?.id ?? null,
  });
  ctx.changed(`member:${member.id}`);
  tellLeftMatters(ctx, member.id);
  nameAskers(ctx);
  const org = q.orgs.label(member.orgId);
  const handed =
    pairings.length === 0
      ? ''
      : heir
        ? `您联系的${pairings.length}户已交给${heir.name}。`
        : `您联系的${pairings.length}户由书记另行安排。`;
  const text =
    status === '转出'
      ? `您的组织关系已转出${org}，${thanks(since, today)}。${handed}`
      : `您在${org}的账号已停用，先不用记走访。${handed}要恢复请找书记。`;
  const [identity] = q.members.reachable(member.id);
  if (identity) ctx.toStranger(identity, { text });
}

/** 谢谢您这两年的付出: only for years that were served. */
function thanks(since: Day, today: Day): string {
  const years =
    Number(today.slice(0, 4)) - Number(since.slice(0, 4)) - (today.slice(5) < since.slice(5) ? 1 : 0);
  const word = ['', '一', '两', '三', '四', '五', '六', '七', '八', '九', '十'][years];
  return word ? `谢谢您这${word}年的付出` : years > 10 ? '谢谢您这些年的付出' : '谢谢您的付出';
}
