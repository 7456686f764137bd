import type { Chat } from '../../db/queries/chats.ts';
import type { Queries } from '../../db/queries/index.ts';
import type { Org } from '../../db/queries/orgs.ts';
import type { Ctx } from '../commands/define.ts';
import type { Actor } from '../domain/actor.ts';
import { may } from '../domain/rights.ts';
import { setUnclear, wantMembers } from './group-people.ts';

export type Purpose = 'work' | 'residents';

/** 第一支部的工作群 */
export function bindingLabel(q: Queries, orgId: number, purpose: Purpose): string {
  return `${q.orgs.label(orgId)}的${purpose === 'work' ? '工作群' : '居民群'}`;
}

export function boundLabel(q: Queries, chat: Chat): string | null {
  return chat.orgId === null || chat.purpose === null ? null : bindingLabel(q, chat.orgId, chat.purpose);
}

export function mayBind(q: Queries, actor: Actor, orgId: number): boolean {
  const org = q.orgs.get(orgId);
  return org !== undefined && org.kind !== '承办单位' && may(actor, 'group.bind', { path: org.path });
}

/** Orgs whose group he may claim, his own first. */
export function bindableOrgs(q: Queries, actor: Actor): Org[] {
  const own = q.orgs.get(actor.orgId);
  const all = [...(own ? [own] : []), ...actor.roles.flatMap((held) => q.orgs.subtree(held.path))];
  return [...new Map(all.map((org) => [org.id, org])).values()].filter((org) => mayBind(q, actor, org.id));
}

/** The sentence that says why not, or null: a bound group changes hands only by somebody with a say in both. */
export function bindingRefused(ctx: Ctx, chat: Chat | undefined, orgId: number): string | null {
  if (!chat || chat.goneAt !== null) return '我已经不在这个群里了。';
  if (chat.external) return '外部群不能认领，免得群众家里的事传出去。';
  if (!mayBind(ctx.q, ctx.actor, orgId)) return '认领这里的群，要由它的书记或管理员来点。';
  if (chat.orgId !== null && chat.orgId !== orgId && !mayBind(ctx.q, ctx.actor, chat.orgId)) {
    return `本群已由${ctx.q.orgs.label(chat.orgId)}认领，请先让那边解绑。`;
  }
  return null;
}

/** Binds, says so in the group, and has its people matched with the roster (decision 11; issue 2, point 10). */
export function bindGroup(ctx: Ctx, chat: Chat, orgId: number, purpose: Purpose): void {
  const { q } = ctx;
  ctx.audit('group.bind', `chat:${chat.id}`, {
    before: { orgId: chat.orgId, purpose: chat.purpose },
    after: { orgId, purpose },
  });
  // Whose matters stood there has no say there any more, and residents may read along from now on (care 7).
  if (chat.orgId !== null && (chat.orgId !== orgId || chat.purpose !== purpose)) ctx.clearGroup(chat.id);
  q.chats.bind(chat.id, { purpose, orgId, by: ctx.actor.memberId, now: ctx.now });
  setUnclear(q, chat.id, []);
  if (purpose === 'work') wantMembers(q, chat.id, ctx.now);
  ctx.toGroup(chat.id, { kind: 'bound', org: q.orgs.get(orgId)?.name ?? '', purpose });
  ctx.changed(`chat:${chat.id}`);
}
