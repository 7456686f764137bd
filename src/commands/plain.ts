import { z } from 'zod';
import { plainView } from '../views/plain.ts';
import { setPlain } from '../work/plain-setting.ts';
import { action, command } from './define.ts';

/** 文字版 (issue 4, point 4): cards come as words, with a line to type for everything on them; each for himself. */
export const plain = command({
  name: 'plain',
  needs: null,
  help: { group: 'everyday', example: '/文字版', says: '卡片改成文字发给您；发“文字版 关”换回来' },
  run(ctx, line) {
    setPlain(ctx.q, ctx.actor.memberId, !/关|取消|不要|换回|停/u.test(line.rest));
    ctx.reply(plainView.ref({}));
  },
  actions: {
    set: action(z.object({ on: z.boolean() }), (ctx, { on }) => {
      setPlain(ctx.q, ctx.actor.memberId, on);
      ctx.show(plainView.ref({}));
      ctx.toast(on ? '好，以后写成文字发给您。' : '好，以后照常发卡片。', 'good');
    }),
  },
});
