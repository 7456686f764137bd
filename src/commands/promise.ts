import { putOff } from '../work/issue-put-off.ts';
import { withNumber } from '../work/issue-typed.ts';
import { command } from './define.ts';

/** 改期 (decision 35): a date moves later only, with a reason and an approver, and the resident is told. */
export const promise = command({
  name: 'promise',
  needs: 'issue.promise',
  help: { group: 'issue', example: '/改期 128 11-30 缺配件', says: '到期办不完，提前说；书记定了再告诉群众' },
  run: (ctx, line) =>
    withNumber(ctx, line.rest, '改期 128 11-30 缺配件', ['askLater', 'promise', 'third'], (id, rest) =>
      putOff(ctx, id, rest),
    ),
});
