import { z } from 'zod';
import { bindDoneView, unbindView } from '../views/bind.ts';
import { mayBind } from '../work/binding.ts';
import { setUnclear } from '../work/group-people.ts';
import { action, command } from './define.ts';

/** 解绑: no list is sent any more; what was recorded stays. */
export const unbind = command({
  name: 'unbind',
  needs: 'group.bind',
  help: { group: 'secretary', example: '/解绑', says: '本群不再归本支部' },
  run(ctx) {
    const chat = ctx.chat.id === null ? undefined : ctx.q.chats.get(ctx.chat.id);
    if (!chat) ctx.reply({ text: '请在那个群里发“/解绑”。' });
    else if (chat.orgId === null) ctx.reply({ text: '这个群还没有认领。' });
    else if (!mayBind(ctx.q, ctx.actor, chat.orgId))
      ctx.reply({ text: `这个群归${ctx.q.orgs.label(chat.orgId)}，由那边的书记或管理员来解绑。` });
    else ctx.reply(unbindView.ref({ chat: chat.id }));
  },
  actions: {
    sure: action(z.object({ chat: z.number() }), (ctx, { chat: chatId }) => {
      const chat = ctx.q.chats.get(chatId);
      if (!chat?.orgId || !mayBind(ctx.q, ctx.actor, chat.orgId))
        return ctx.toast('这个群不归您，没有改动。', 'bad');
      ctx.audit('group.unbind', `chat:${chatId}`, { before: { orgId: chat.orgId, purpose: chat.purpose } });
      ctx.clearGroup(chatId);
      ctx.toGroup(chatId, { kind: 'unbound' });
      ctx.q.chats.unbind(chatId);
      setUnclear(ctx.q, chatId, []);
      ctx.changed(`chat:${chatId}`);
      ctx.show(bindDoneView.ref({ chat: chatId }));
      ctx.toast('已解除。', 'good');
    }),
  },
});
