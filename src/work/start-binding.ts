import type { Ctx } from '../commands/define.ts';
import { bindDoneView, bindFormView } from '../views/bind.ts';
import { bindGroup, bindingRefused, mayBind } from './binding.ts';

const RESIDENTS = /居民群?|业主群?/;
const WORK = /支部工作群|工作群/;

/** `/绑定`, `/绑定 第一支部`, `/绑定 梧桐社区 居民群` in the group itself: bound at once where nothing is open, else a form. */
export function startBinding(ctx: Ctx, rest: string): void {
  const { q } = ctx;
  const chat = ctx.chat.id === null ? undefined : q.chats.get(ctx.chat.id);
  if (ctx.chat.type !== 'group' || !chat) {
    ctx.reply({ text: '请把我拉进那个群，在群里发“/绑定”。' });
    return;
  }
  const kind = RESIDENTS.test(rest) ? 'residents' : WORK.test(rest) ? 'work' : null;
  const name = rest.replace(RESIDENTS, '').replace(WORK, '').trim();
  const named = name === '' ? [] : q.orgs.named(name).filter((org) => mayBind(q, ctx.actor, org.id));
  const only = named.length === 1 ? named[0] : undefined;
  if (name !== '' && !only) {
    ctx.reply({
      text:
        named.length > 1
          ? `“${name}”有${named.length}个，请写全，例如：/绑定 梧桐街道/第一支部`
          : `您能认领的里面没有“${name}”。`,
    });
    return;
  }
  const refused = only ? bindingRefused(ctx, chat, only.id) : null;
  if (refused) ctx.reply({ text: refused });
  else if (only && kind && chat.orgId === null) {
    bindGroup(ctx, chat, only.id, kind);
    ctx.reply(bindDoneView.ref({ chat: chat.id }));
  } else ctx.reply(bindFormView.ref({ chat: chat.id, org: only?.id ?? 0 }));
}
