import { z } from 'zod';
import { parseVisit } from '../domain/text/visit.ts';
import { isDay } from '../lib/day.ts';
import { visitEditView } from '../views/visit-edit.ts';
import { visitReceiptView } from '../views/visit-receipt.ts';
import { changeVisit, visitToChange } from '../work/change-visit.ts';
import { correctVisits } from '../work/correct-visits.ts';
import { action, type Ctx, command } from './define.ts';

const example = '/更正 3号楼 李某 低保咨询';
const blank = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** Back to the receipt; the form in this chat becomes it again. */
function receipt(ctx: Ctx, batch: string): void {
  ctx.show(visitReceiptView.ref({ batch, unsure: false, word: '' }));
}

const edited = z.object({
  visit: z.number(),
  v: z.number(),
  place: z.string().max(60, '地方写短一点，60字以内。').default(''),
  person: z.string().max(20, '姓名写短一点，20字以内。').default(''),
  day: z.string().refine(isDay, '日期请写成 2026-11-18 这样。'),
  mode: z.enum(['home', 'phone', 'message', 'meeting']),
  outcome: z.enum(['met', 'attempt']),
  note: z.string().max(1000, '什么事请写在1000字以内。').default(''),
  visitors: z.string().max(80, '走访人写短一点，80字以内。').default(''),
});

/** 更正 (S2-19): of the last record of this person the visit that the line names, in one line or by a form with every field. The old version stays in the audit. */
export const correct = command({
  name: 'correct',
  needs: 'visit.record',
  help: { group: 'everyday', example, says: '改您刚记的那条' },
  run(ctx, line) {
    const latest = ctx.q.visits.latestBy(ctx.actor.memberId);
    if (!latest) {
      ctx.reply({ text: '还没有可改的记录。先发一句，例如：/走访 3号楼 张某 低保咨询' });
      return;
    }
    if (line.rest.trim() === '') {
      ctx.reply(visitEditView.ref({ visit: latest.id }));
      return;
    }
    const parsed = parseVisit(line.rest, { now: ctx.saidAt });
    const corrected = correctVisits(ctx, latest, line.rest, parsed);
    for (const building of new Set(corrected.map(({ id }) => ctx.q.visits.get(id)?.building ?? '')))
      ctx.groupLine({ kind: 'visits-changed', what: '已更正', building });
    ctx.reply(visitReceiptView.ref({ batch: latest.batch, unsure: false, word: '' }));
  },
  actions: {
    open: action(z.object({ visit: z.number(), v: z.number() }), (ctx, { visit, v }) => {
      if (visitToChange(ctx, visit, v)) ctx.show(visitEditView.ref({ visit }));
    }),
    choose: action(z.object({ visit: z.string().regex(/^\d+$/, '请选一户。') }), (ctx, { visit }) => {
      const id = Number(visit);
      if (visitToChange(ctx, id, null)) ctx.show(visitEditView.ref({ visit: id }));
    }),
    save: action(edited, (ctx, form) => {
      const found = visitToChange(ctx, form.visit, form.v);
      if (!found) return;
      if (form.day > ctx.today) {
        ctx.toast('这一天还没到，请改成今天或以前。', 'bad');
        return;
      }
      changeVisit(ctx, found, {
        place: blank(form.place),
        person: blank(form.person),
        happenedDay: form.day,
        mode: form.mode,
        outcome: form.outcome,
        note: blank(form.note),
        visitors: form.visitors.split(/[、，,\s]+/u).filter(Boolean),
      });
      receipt(ctx, found.batch);
      ctx.toast('已改好。', 'good');
    }),
    cancel: action(z.object({ batch: z.string() }), (ctx, { batch }) => receipt(ctx, batch)),
  },
});
