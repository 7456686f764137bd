import { z } from 'zod';
import { press, pressed, typed } from '../work/issue-press.ts';
import { withNumber } from '../work/issue-typed.ts';
import { action, command } from './define.ts';

/** 又坏了 (decision 20): within 30 days the same matter is taken up again, one level up. */
export const reopen = command({
  name: 'reopen',
  needs: 'issue.reopen',
  help: { group: 'issue', example: '/又坏了 128 修好三天又不亮了', says: '办结30天内又出问题，接着办' },
  run(ctx, line) {
    withNumber(ctx, line.rest, '又坏了 128 修好三天又不亮了', ['reopen'], (id, words) =>
      press(ctx, typed(ctx), { issue: id, v: null }, 'reopen', { words }, '好的，再给群众办一次。'),
    );
  },
  actions: {
    again: action(
      z.object({ issue: z.number(), v: z.number(), words: z.string().trim().default('') }),
      (ctx, { words, ...at }) => press(ctx, pressed(ctx), at, 'reopen', { words }, '好的，再给群众办一次。'),
    ),
  },
});
