import { z } from 'zod';
import { channelIn, saysNotTold } from '../domain/issue-line.ts';
import { CHANNELS } from '../domain/issue-types.ts';
import { press, pressed, typed } from '../work/issue-press.ts';
import { askByForm, withNumber } from '../work/issue-typed.ts';
import { action, command } from './define.ts';

const channels = Object.keys(CHANNELS) as [keyof typeof CHANNELS, ...(keyof typeof CHANNELS)[]];

/** 告知 (S2-64): the resident knows the date, or the result. */
export const told = command({
  name: 'told',
  needs: 'issue.tell',
  help: { group: 'issue', example: '/告知 128 电话', says: '已经告诉群众了' },
  run(ctx, line) {
    withNumber(ctx, line.rest, '告知 128 电话', ['told'], (id, rest) => {
      const channel = channelIn(rest);
      if (saysNotTold(rest)) {
        const number = ctx.q.issues.get(id)?.number ?? 0;
        ctx.reply({ text: `还没告诉成的先不记。告诉了以后请发：告知 ${number} 电话` });
      } else if (channel) press(ctx, typed(ctx), { issue: id, v: null }, 'told', { channel }, '记下了。');
      else askByForm(ctx, id, 'told', rest);
    });
  },
  actions: {
    done: action(
      z.object({ issue: z.number(), v: z.number(), channel: z.enum(channels) }),
      (ctx, { channel, ...at }) =>
        press(ctx, pressed(ctx), at, 'told', { channel }, (issue) =>
          issue.state === 'awaitingSignOff' ? '记下了，接下来请没经手的同志问一句群众。' : '记下了，谢谢您。',
        ),
    ),
  },
});
