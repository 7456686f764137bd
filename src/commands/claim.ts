import { claimOffice } from '../work/administrators.ts';
import { CLAIMED } from '../work/set-up-texts.ts';
import { startBinding } from '../work/start-binding.ts';
import { command } from './define.ts';

/** 认领: with the code of the start, in private, the sender becomes an administrator (decision 6); in a group it claims the group. */
export const claim = command({
  name: 'claim',
  needs: null,
  help: { group: 'admin', example: '/认领 483920', says: '用启动时显示的认领码成为管理员' },
  run(ctx, line) {
    if (ctx.chat.type === 'group') {
      if (/\d{6}/.test(line.rest)) ctx.reply({ text: '认领码请在私聊里发给我，别发在群里。' });
      else if (ctx.actor.roles.some((held) => ctx.may('group.bind', { path: held.path })))
        startBinding(ctx, line.rest.replace(/^本群/, ''));
      else ctx.reply({ text: '认领本群请书记或管理员来。' });
      return;
    }
    const claimed = claimOffice(
      ctx.q,
      ctx.now,
      { connection: ctx.chat.connection, externalId: ctx.identity },
      line.rest,
    );
    ctx.reply({ text: 'refused' in claimed ? claimed.refused : CLAIMED });
  },
});
