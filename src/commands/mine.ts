import { z } from 'zod';
import { TIMES } from '../../cards/mine.ts';
import { dayOf } from '../lib/day.ts';
import { mineView, whenView } from '../views/mine.ts';
import { nudgeView, outView, wentView } from '../views/nudge.ts';
import { visitReceiptView } from '../views/visit-receipt.ts';
import { weeklyListView } from '../views/weekly.ts';
import { answer, excuse, openItems, sayMoved, takeBackAnswers } from '../work/answer-nudge.ts';
import { awayHouseholds, shortItems } from '../work/nudge-targets.ts';
import { recordWent } from '../work/record-went.ts';
import { action, type Ctx, command } from './define.ts';

const card = z.object({ at: z.number().int().min(0) });
const mode = z.enum(['home', 'phone']);

/** Back to what was pressed: the reminder's card, or /我的 where `at` is 0. */
function showAgain(ctx: Ctx, at: number): void {
  ctx.show(at === 0 ? mineView.ref({}) : nudgeView.ref({ at, member: ctx.actor.memberId }));
}

/** 我的 (待办, 还差几户): what I owe, what waits for me, what I promised; and the answers to a reminder (decision 31). */
export const mine = command({
  name: 'mine',
  needs: null,
  help: { group: 'everyday', example: '/我的', says: '看还可以去哪几户、哪些事等您办' },
  run: (ctx) => ctx.reply(mineView.ref({})),
  actions: {
    open: action(z.object({}), (ctx) => ctx.show(mineView.ref({}))),
    /** [看全部8件] of Monday's card: opens in private, by one's right. */
    week: action(
      z.object({ org: z.number(), page: z.number().int().min(0).max(1000) }),
      (ctx, { org, page }) => ctx.show(weeklyListView.ref({ org, page })),
    ),
    when: action(z.object({}), (ctx) => ctx.show(whenView.ref({}))),
    'set-when': action(z.object({ time: z.enum(TIMES, '请选一个时间。') }), (ctx, { time }) => {
      ctx.q.members.change(ctx.actor.memberId, { nudgeAt: time === TIMES[0] ? null : time });
      ctx.show(mineView.ref({}));
      ctx.toast(`好，以后${time.replace(/^0/, '')}提醒您。`, 'good');
    }),
    been: action(card.extend({ mode }), (ctx, { at, mode: how }) => {
      if (at !== 0 && !openItems(ctx, at)) return;
      ctx.show(wentView.ref({ at, mode: how }));
    }),
    went: action(
      card.extend({
        mode,
        target: z.string().regex(/^(other|[hp]:\d+)$/, '请选去了哪儿。'),
        day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, '请选哪一天。'),
        note: z.string().max(500, '写短一点，500字以内。').default(''),
      }),
      went,
    ),
    arrange: action(card, (ctx, { at }) => {
      const items = openItems(ctx, at);
      if (!items) return;
      for (const item of items) answer(ctx, item, 'arranged');
      ctx.toast('好，您来安排，这一期不再提醒。', 'good');
    }),
    away: action(card.extend({ reason: z.enum(['出差', '生病']) }), (ctx, { at, reason }) => {
      const items = openItems(ctx, at);
      if (!items) return;
      for (const item of items) excuse(ctx, item, `away:${reason}`, [item.duty.key], reason);
      sayMoved(ctx, at);
    }),
    out: action(card, (ctx, { at }) => {
      if (openItems(ctx, at)) ctx.show(outView.ref({ at }));
    }),
    gone: action(
      card.extend({ household: z.string().min(1, '请选一户。').max(80) }),
      (ctx, { at, household }) => {
        const items = openItems(ctx, at);
        if (!items) return;
        for (const item of items) {
          const keys = awayHouseholds([item])
            .map((option) => option.value)
            .filter((key) => household === 'all' || key === household);
          if (keys.length > 0) excuse(ctx, item, 'out', keys, '联系户外出');
        }
        showAgain(ctx, at);
        sayMoved(ctx, at);
      },
    ),
    undo: action(card, (ctx, { at }) => {
      takeBackAnswers(ctx, at);
      ctx.toast('收回了。', 'good');
    }),
    back: action(card, (ctx, { at }) => showAgain(ctx, at)),
  },
});

function went(
  ctx: Ctx,
  form: { at: number; mode: 'home' | 'phone'; target: string; day: string; note: string },
): void {
  if (form.day > dayOf(ctx.now)) {
    ctx.toast('这一天还没到，去过再记。', 'bad');
    return;
  }
  if (form.target === 'other' && form.note.trim() === '') {
    ctx.toast('请写一句去了哪儿、谁家、什么事。', 'bad');
    return;
  }
  const before = shortItems(ctx, ctx.actor.memberId, form.at);
  const batch = recordWent(ctx, form);
  if (batch === null) {
    ctx.toast('这户不在您的联系户里了，请在聊天里发一句“/走访 …”。', 'bad');
    return;
  }
  const receipt = visitReceiptView.ref({ batch, unsure: false, word: '' });
  if (form.at !== 0) for (const item of before) if (concerns(item, form.target)) answer(ctx, item, 'went');
  const still = form.at === 0 ? [] : shortItems(ctx, ctx.actor.memberId, form.at);
  if (still.length > 0) {
    ctx.reply(receipt);
    showAgain(ctx, form.at);
  } else ctx.show(receipt);
  ctx.toast('记上了。', 'good');
}

/** The duty that asked for this household or point; somewhere else may be meant for any of them. */
function concerns({ duty }: ReturnType<typeof shortItems>[number], target: string): boolean {
  if (target === 'other') return true;
  const [kind, id] = target.split(':');
  return duty.details.some(
    (detail) => detail.id === Number(id) && (detail.kind === 'household') === (kind === 'h'),
  );
}
