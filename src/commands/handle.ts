import { z } from 'zod';
import { CHANNELS, CLOSE_KINDS } from '../domain/issue-types.ts';
import { issueListView } from '../views/issue-list.ts';
import { finish, typedHandling } from '../work/issue-handle.ts';
import { press, pressed } from '../work/issue-press.ts';
import { withNumber } from '../work/issue-typed.ts';
import { action, command } from './define.ts';

const target = { issue: z.number(), v: z.number() };
const words = z.string().trim().default('');
const channels = Object.keys(CHANNELS) as [keyof typeof CHANNELS, ...(keyof typeof CHANNELS)[]];
const kinds = Object.keys(CLOSE_KINDS) as [keyof typeof CLOSE_KINDS, ...(keyof typeof CLOSE_KINDS)[]];

/** `接单 2` takes what was dispatched, as [我来办] does. */
const TAKE = '接单';

/** 办理 (买单, S2-63): take it, say how it went, ask for more time, give it back. */
export const handle = command({
  name: 'handle',
  needs: 'issue.handle',
  help: {
    group: 'issue',
    example: '/办理 128 换了声控灯，试过能亮',
    says: '办得怎么样了；也可以接单、延期、退回',
  },
  run(ctx, line) {
    if (line.rest.trim() === '') ctx.reply(issueListView.ref({ what: 'mine', ids: '' }));
    else
      withNumber(ctx, line.rest, '办 128 换了声控灯，试过能亮', ['resolve', 'claim', 'return'], (id, rest) =>
        typedHandling(ctx, id, line.word === TAKE ? TAKE : rest, line.word),
      );
  },
  actions: {
    claim: action(z.object(target), (ctx, at) =>
      press(ctx, pressed(ctx), at, 'claim', {}, '好的，这件由您来办。'),
    ),
    done: action(
      z.object({
        ...target,
        result: words,
        kind: z.enum(kinds, '请选一下办成了哪一种。'),
        told: z.enum([...channels, 'no']),
      }),
      (ctx, { result, kind, told, ...at }) =>
        finish(ctx, pressed(ctx), at, { result, kind, told: told === 'no' ? null : told }),
    ),
    later: action(z.object({ ...target, day: z.string(), reason: words }), (ctx, { day, reason, ...at }) =>
      press(ctx, pressed(ctx), at, 'askLater', { day, reason }, '已送书记定，定下前日期不变。'),
    ),
    return: action(z.object({ ...target, reason: words }), (ctx, { reason, ...at }) =>
      press(ctx, pressed(ctx), at, 'return', { reason }, '已退回，请书记再定。时间接着算。'),
    ),
    list: action(z.object({}), (ctx) => ctx.reply(issueListView.ref({ what: 'mine', ids: '' }))),
  },
});
