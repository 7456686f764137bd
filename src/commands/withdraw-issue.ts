import { press, typed } from '../work/issue-press.ts';
import { askByForm, withNumber } from '../work/issue-typed.ts';
import { command } from './define.ts';

/** 撤诉 (decision 36): the resident does not want it any more; from any open state, told apart from solved. */
export const withdrawIssue = command({
  name: 'withdrawIssue',
  needs: 'issue.withdraw',
  help: { group: 'issue', example: '/撤诉 128 自己修好了', says: '群众说不用办了' },
  run: (ctx, line) =>
    withNumber(ctx, line.rest, '撤诉 128 自己修好了', ['withdraw'], (id, reason) => {
      if (reason === '') askByForm(ctx, id, 'withdraw');
      else
        press(ctx, typed(ctx), { issue: id, v: null }, 'withdraw', { reason }, '按群众的意思撤回了。', {
          result: reason,
        });
    }),
});
