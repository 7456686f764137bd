import { z } from 'zod';
import { LEAVE_REASONS, type LeaveSpan, leaveReason, leaveSpan } from '../domain/leave-span.ts';
import { isDay } from '../lib/day.ts';
import { absenceFormView, absenceView } from '../views/leave.ts';
import { mayChangeLeave, mayEnterFor } from '../work/leave.ts';
import { action, type Ctx, command } from './define.ts';

const example = '/请假 11-25至11-28 出差';
const day = z.string().refine(isDay, '请选一个日期。');

function enter(ctx: Ctx, memberId: number, leave: { from: string; to: string; reason: string }): number {
  const row = ctx.q.members.addLeave({
    memberId,
    fromDay: leave.from,
    toDay: leave.to,
    reason: leave.reason,
    now: ctx.now,
  });
  ctx.audit('leave.enter', `member:${memberId}`, { leave: row.id });
  if (memberId !== ctx.actor.memberId) ctx.privately(memberId, absenceView.ref({ leave: row.id }));
  return row.id;
}

function cancel(ctx: Ctx, id: number): boolean {
  const leave = ctx.q.members.leave(id);
  if (!leave || !mayChangeLeave(ctx.q, ctx.actor, leave.memberId)) {
    ctx.toast('这条请假由本人或书记来取消。', 'bad');
    return false;
  }
  if (leave.cancelledAt === null) {
    ctx.q.members.cancelLeave(id, ctx.now);
    ctx.audit('leave.cancel', `member:${leave.memberId}`, { leave: id });
    ctx.changed(`leave:${id}`);
  }
  return true;
}

/** Whose leave it is: `李梅 …` as secretary, else one's own. Two of one name are not guessed between. */
function whoseLeave(ctx: Ctx, span: LeaveSpan): number | null {
  const name = span.before.replace(/^[给替帮]/, '').replace(/[请休]假?$/, '');
  if (name === '' || name === ctx.actor.name) return ctx.actor.memberId;
  const mentioned = ctx.mentioned.find((each) => each.name === name)?.memberId;
  if (mentioned && mayChangeLeave(ctx.q, ctx.actor, mentioned)) return mentioned;
  const [only, second] = mayEnterFor(ctx.q, ctx.actor, name);
  if (only && !second) return only.id;
  if (only) ctx.reply({ text: `名册里有不止一位${name}，请让本人发“${example}”。` });
  else if (ctx.q.members.named(name).length > 0) ctx.reply({ text: `${name}的请假由本人或他的书记来记。` });
  // Not a name: the reason stood first.
  else return ctx.actor.memberId;
  return null;
}

/** 请假: who is away when; deputies step in, due dates move, nobody is reminded meanwhile (decision 17, 31). */
export const leave = command({
  name: 'leave',
  needs: 'leave.self',
  help: { group: 'everyday', example, says: '不在的日子记一下，期间不提醒，日子顺延' },
  run(ctx, line) {
    const current = ctx.q.members.leaves(ctx.actor.memberId).filter((each) => each.toDay >= ctx.today);
    if (/销假|取消/.test(line.word) || /^(?:取消|销假)/.test(line.rest.trim())) {
      const [only, second] = current;
      if (only && !second && cancel(ctx, only.id)) ctx.reply(absenceView.ref({ leave: only.id }));
      else if (only) ctx.reply(absenceFormView.ref({}));
      else ctx.reply({ text: '您没有记着的请假。' });
      return;
    }
    const span = leaveSpan(line.rest, ctx.today);
    if (!span) {
      ctx.reply(absenceFormView.ref({}));
      return;
    }
    const memberId = whoseLeave(ctx, span);
    if (memberId === null) return;
    const reason = leaveReason(`${span.after} ${memberId === ctx.actor.memberId ? span.before : ''}`);
    ctx.reply(absenceView.ref({ leave: enter(ctx, memberId, { ...span, reason }) }));
  },
  actions: {
    save: action(
      z
        .object({ from: day, to: day, reason: z.enum(LEAVE_REASONS, '请选一个原因。') })
        .refine((form) => form.from <= form.to, '结束那天不能早于开始那天。'),
      (ctx, form) => ctx.show(absenceView.ref({ leave: enter(ctx, ctx.actor.memberId, form) })),
    ),
    cancel: action(z.object({ leave: z.number() }), (ctx, { leave: id }) => {
      if (!cancel(ctx, id)) return;
      ctx.show(absenceView.ref({ leave: id }));
      ctx.toast('已取消。', 'good');
    }),
  },
});
