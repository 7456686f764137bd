import { WINDOWS } from '../domain/deadline.ts';
import { canBeTakenBack } from '../domain/issue.ts';
import { press, typed } from '../work/issue-press.ts';
import { withNumber } from '../work/issue-typed.ts';
import { command } from './define.ts';

const MINUTE = 60_000;

/** 收回 (decision 20): the typist's own last decision, or that of a number, within its ten minutes. */
export const takeBack = command({
  name: 'takeBack',
  needs: 'issue.takeBack',
  help: { group: 'issue', example: '/收回', says: '十分钟内收回自己刚做的决定' },
  run(ctx, line) {
    const undo = (issue: number): void =>
      press(ctx, typed(ctx), { issue, v: null }, 'takeBack', {}, '收回了。');
    if (line.rest.trim() !== '') {
      withNumber(ctx, line.rest, '收回 128', ['takeBack'], undo);
      return;
    }
    const { minutes } = WINDOWS.takeBack;
    const last = ctx.q.issues
      .stepsBy(ctx.actor.memberId, ctx.now - minutes * MINUTE)
      .find((step) => canBeTakenBack(step.act));
    if (last) undo(last.issueId);
    else ctx.reply({ text: `您最近${minutes}分钟里没有可以收回的决定。走访记错了请发：撤销` });
  },
});
