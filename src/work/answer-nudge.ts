import type { Ctx } from '../commands/define.ts';
import { dayOf, later, sayDate } from '../lib/day.ts';
import { isOpenItem, type NudgeItem, nudgeItems } from './nudge-items.ts';

/** What the card still asks, or null with a word over the card. Who met it meanwhile need not answer. */
export function openItems(ctx: Ctx, at: number): NudgeItem[] | null {
  const items = nudgeItems(ctx, ctx.actor.memberId, at);
  for (const item of items) if (item.row.answer === null && item.about.left === 0) answer(ctx, item, 'met');
  const open = items.filter(isOpenItem);
  if (open.length > 0) return open;
  ctx.toast(
    items.length === 0 ? '这一期已经过了，不用再点。' : '已经有数了，不用再点。',
    items.length === 0 ? 'info' : 'good',
  );
  return null;
}

/** Any answer cancels the second reminder (decision 31). */
export function answer(
  ctx: Ctx,
  { duty, about }: Pick<NudgeItem, 'duty' | 'about'>,
  said: string | null,
): void {
  ctx.q.work.answerNudges(ctx.actor.memberId, duty.key, about.period.key, said, ctx.now);
}

/**
 * 出差, 生病, 联系户外出: an excuse until the end of the period moves the due date and never counts as done
 * (domain.md "Obligation"). `duties`: what it is an excuse from, duty or household keys.
 */
export function excuse(
  ctx: Ctx,
  item: NudgeItem,
  said: string,
  duties: readonly string[],
  reason: string,
): void {
  const today = dayOf(ctx.now);
  for (const duty of duties) {
    ctx.q.work.addExcuse({
      memberId: ctx.actor.memberId,
      duty,
      reason,
      fromDay: today,
      toDay: later(today, item.about.period.to),
      now: ctx.now,
    });
  }
  answer(ctx, item, said);
  ctx.audit('duty.excuse', `member:${ctx.actor.memberId}`, { duties, reason, period: item.about.period.key });
}

/** `记下了，时间顺延到12月12日（周六）。` */
export function sayMoved(ctx: Ctx, at: number): void {
  const moved = nudgeItems(ctx, ctx.actor.memberId, at)
    .filter(({ about }) => about.due > about.period.to)
    .map(({ about }) => about.due)
    .sort();
  const [first] = moved;
  ctx.toast(first ? `记下了，时间顺延到${sayDate(first, dayOf(ctx.now))}。` : '记下了。', 'good');
}

/** [点错了]: what this card's answers recorded is gone again; the reminder asks as before. */
export function takeBackAnswers(ctx: Ctx, at: number): void {
  const { q, actor } = ctx;
  for (const item of nudgeItems(ctx, actor.memberId, at)) {
    const { row } = item;
    if (row.answer === null || !/^(arranged|away|out)/.test(row.answer)) continue;
    if (row.answeredAt !== null && !row.answer.startsWith('arranged'))
      q.work.dropExcuses(actor.memberId, row.answeredAt);
    answer(ctx, item, null);
    ctx.audit('duty.excuse.undo', `member:${actor.memberId}`, { duty: item.duty.key, said: row.answer });
  }
}
