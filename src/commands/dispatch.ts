import { z } from 'zod';
import { issueListView } from '../views/issue-list.ts';
import { decide } from '../work/issue-decide.ts';
import { pressed } from '../work/issue-press.ts';
import { withNumber } from '../work/issue-typed.ts';
import { toSomebody } from '../work/issue-typed-decision.ts';
import { action, command } from './define.ts';

/** 派单 (下单, S2-61): to a unit, or to another one later (改派, decision 20). */
export const dispatch = command({
  name: 'dispatch',
  needs: 'issue.triage',
  help: { group: 'secretary', example: '/派单 128 物业办', says: '派给承办单位，也用来改派' },
  run(ctx, line) {
    if (line.rest.trim() === '') ctx.reply(issueListView.ref({ what: 'decide', ids: '' }));
    else
      withNumber(ctx, line.rest, '派 128 物业办', ['dispatch', 'reassign'], (id, rest) =>
        toSomebody(ctx, id, rest, 'unit'),
      );
  },
  actions: {
    to: action(
      z.object({ issue: z.number(), v: z.number(), unit: z.string(), day: z.string().optional() }),
      (ctx, { unit, day, ...at }) => decide(ctx, pressed(ctx), at, unit, day),
    ),
  },
});
