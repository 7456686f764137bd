import { z } from 'zod';
import type { OutboxRow } from '../../db/queries/outbox.ts';
import { mayAnywhere } from '../domain/rights.ts';
import { troubles, troublesView } from '../views/care.ts';
import { action, type Ctx, command } from './define.ts';

const SHOWN = 20;
type How = 'resend' | 'drop';

/** The message is closed as it is; a resend is a new row of a new cause, so that the platform takes it for a new message. */
function settle(ctx: Ctx, row: OutboxRow, how: How): void {
  const { q, now } = ctx;
  q.outbox.end(row.id, 'dropped', row.error, now);
  ctx.audit(`care.${how}`, `outbox:${row.id}`, { lane: row.lane, code: row.error });
  if (how === 'drop') return;
  q.outbox.add({
    cause: `resend:${row.id}`,
    ordinal: 0,
    connection: row.connection,
    kind: row.kind,
    targetType: row.targetType,
    targetId: row.targetId,
    lane: row.lane,
    payload: row.payload,
    messageId: row.messageId,
    exempt: true,
    notBefore: now,
    now,
  });
}

function settleOne(ctx: Ctx, id: number, how: How): void {
  const row = ctx.q.outbox.get(id);
  if (!mayAnywhere(ctx.actor, 'office.care')) {
    ctx.toast('这由管理员来办。', 'bad');
    return;
  }
  if (!row || (row.state !== 'dead' && row.state !== 'uncertain')) ctx.toast('这条已经办过了。');
  else {
    settle(ctx, row, how);
    ctx.toast(how === 'resend' ? '已重发。' : '不发了。', 'good');
  }
  ctx.changed('outbox:troubles');
  ctx.show(troublesView.ref({}));
}

const one = z.object({ id: z.number() });

/** 没发出去: what the outbox could not deliver, for administrators (decisions 37, 40). */
export const care = command({
  name: 'care',
  needs: 'office.care',
  help: { group: 'admin', example: '/没发出去', says: '看没发成的消息，重发或不发' },
  run: (ctx) => ctx.reply(troublesView.ref({})),
  actions: {
    resend: action(one, (ctx, { id }) => settleOne(ctx, id, 'resend')),
    drop: action(one, (ctx, { id }) => settleOne(ctx, id, 'drop')),
    settle: action(
      z.object({
        message: z.string().regex(/^(all|\d+)$/, '请选一条。'),
        how: z.enum(['resend', 'drop'], '请选怎么办。'),
      }),
      (ctx, form) => {
        if (form.message !== 'all') return settleOne(ctx, Number(form.message), form.how);
        if (!mayAnywhere(ctx.actor, 'office.care')) return ctx.toast('这由管理员来办。', 'bad');
        for (const row of troubles(ctx.q).slice(0, SHOWN)) settle(ctx, row, form.how);
        ctx.toast(form.how === 'resend' ? '已全部重发。' : '都不发了。', 'good');
        ctx.changed('outbox:troubles');
        ctx.show(troublesView.ref({}));
      },
    ),
  },
});
