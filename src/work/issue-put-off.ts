import type { Ctx } from '../commands/define.ts';
import { dayToCome } from '../domain/issue-line.ts';
import { canStep, seatAt } from './issue-load.ts';
import { press, typed } from './issue-press.ts';
import { askByForm } from './issue-typed.ts';

/** `11-30 缺配件`: who may approve changes the date, who handles it asks for it; else the form opens with what was said. */
export function putOff(ctx: Ctx, issueId: number, rest: string): void {
  const seat = seatAt(ctx, issueId, ctx.actor);
  const approves = seat !== undefined && canStep(seat, 'promise');
  const dated = dayToCome(rest, ctx.now);
  const at = { issue: issueId, v: null };
  if (!dated || dated.rest === '') askByForm(ctx, issueId, approves ? 'put-off' : 'later', rest);
  else if (approves)
    press(
      ctx,
      typed(ctx),
      at,
      'promise',
      { day: dated.day, reason: dated.rest },
      '改期了，请经办人告诉群众。',
    );
  else
    press(
      ctx,
      typed(ctx),
      at,
      'askLater',
      { day: dated.day, reason: dated.rest },
      '已送书记定，定下前日期不变。',
    );
}
