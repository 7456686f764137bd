import { z } from 'zod';
import { bindConfirmView, bindDoneView, bindFormView } from '../views/bind.ts';
import { bindGroup, bindingRefused, type Purpose } from '../work/binding.ts';
import { startBinding } from '../work/start-binding.ts';
import { action, type Ctx, command } from './define.ts';

const org = z.string().regex(/^\d+$/, '请选是哪里的群。');
const purpose = z.enum(['work', 'residents'], '请选是什么群。');

function settle(ctx: Ctx, chatId: number, orgId: number, kind: Purpose, sure: boolean): void {
  const chat = ctx.q.chats.get(chatId);
  const refused = bindingRefused(ctx, chat, orgId);
  if (refused !== null || !chat) {
    ctx.toast(refused ?? '我已经不在这个群里了。', 'bad');
    return;
  }
  const same = chat.orgId === orgId && chat.purpose === kind;
  if (chat.orgId !== null && !same && !sure) {
    ctx.show(bindConfirmView.ref({ chat: chatId, org: orgId, purpose: kind }));
    return;
  }
  bindGroup(ctx, chat, orgId, kind);
  ctx.show(bindDoneView.ref({ chat: chatId }));
  ctx.toast('已认领。', 'good');
}

/** 绑定: whose group it is and of which kind (decision 11); asked in private, said in the group. */
export const bind = command({
  name: 'bind',
  needs: 'group.bind',
  help: { group: 'secretary', example: '/绑定', says: '认领本支部的工作群或居民群' },
  run: (ctx, line) => startBinding(ctx, line.rest),
  actions: {
    start: action(z.object({}), (ctx) => {
      if (ctx.chat.type !== 'group') return ctx.toast('请在要认领的群里点。', 'bad');
      if (!ctx.actor.roles.some((held) => ctx.may('group.bind', { path: held.path })))
        return ctx.toast('认领本群请书记或管理员来点。', 'bad');
      const chat = ctx.q.chats.find(ctx.chat.connection, ctx.chat.externalId);
      if (chat) ctx.show(bindFormView.ref({ chat: chat.id, org: 0 }));
    }),
    save: action(z.object({ chat: z.number(), org, purpose }), (ctx, form) =>
      settle(ctx, form.chat, Number(form.org), form.purpose, false),
    ),
    sure: action(z.object({ chat: z.number(), org: z.number(), purpose }), (ctx, value) =>
      settle(ctx, value.chat, value.org, value.purpose, true),
    ),
    keep: action(z.object({ chat: z.number() }), (ctx, { chat }) => ctx.show(bindDoneView.ref({ chat }))),
  },
});
