import { z } from 'zod';
import type { Household } from '../../db/queries/households.ts';
import type { Act } from '../domain/rights.ts';
import {
  householdChoiceView,
  householdEditView,
  householdNoticeView,
  householdView,
} from '../views/household.ts';
import { findHouseholds, readHousehold } from '../work/find-household.ts';
import { mayWithHousehold } from '../work/household-sight.ts';
import { orgOfRecord, placeScope } from '../work/place.ts';
import { action, type Ctx, command } from './define.ts';

const one = z.object({ household: z.number() });

function permitted(ctx: Ctx, id: number, act: Act): Household | null {
  const household = ctx.q.households.get(id);
  const view = { q: ctx.q, now: ctx.now, calendar: ctx.calendar, viewer: ctx.actor };
  if (household && mayWithHousehold(view, household, act)) return household;
  ctx.toast('这户的资料由结对的同志和支部书记来看、来改。', 'bad');
  return null;
}

/** Households of that place and person within the community of whoever asks; one of that very name comes alone. */
function find(ctx: Ctx, rest: string): Household[] {
  const scope = placeScope(ctx.q, orgOfRecord(ctx.chat, ctx.actor));
  return findHouseholds(ctx.q, scope, readHousehold(rest, ctx.saidAt));
}

/** 户: what one may see of a household, always in private (decision 12, care 6). */
export const household = command({
  name: 'household',
  needs: 'household.read',
  help: { group: 'everyday', example: '/户 3号楼 张某', says: '看一户的联系人和走访' },
  run(ctx, line) {
    if (line.rest.trim() === '') {
      ctx.reply({ text: '写上哪一户，例如：/户 3号楼 张某' });
      return;
    }
    const found = find(ctx, line.rest);
    const [only] = found;
    if (!only) {
      ctx.reply({ text: '没有找到这一户。去过以后发一句“/走访 3号楼 张某 什么事”，就有了。' });
    } else if (found.length === 1) {
      ctx.audit('household.read', `household:${only.id}`);
      ctx.reply(householdView.ref({ household: only.id }));
    } else {
      ctx.reply(
        householdChoiceView.ref({
          ids: found
            .slice(0, 20)
            .map((each) => each.id)
            .join(','),
        }),
      );
    }
  },
  actions: {
    open: action(
      z.object({ household: z.string().regex(/^\d+$/, '请选一户。') }),
      (ctx, { household: id }) => {
        const found = permitted(ctx, Number(id), 'household.read');
        if (!found) return;
        ctx.audit('household.read', `household:${found.id}`);
        ctx.show(householdView.ref({ household: found.id }));
      },
    ),
    notice: action(one, (ctx, { household: id }) => {
      if (permitted(ctx, id, 'household.read')) ctx.show(householdNoticeView.ref({ household: id }));
    }),
    consent: action(
      one.extend({ state: z.enum(['已告知', '同意', '不愿']) }),
      (ctx, { household: id, state }) => {
        const found = permitted(ctx, id, 'household.read');
        if (!found) return;
        ctx.audit('household.consent', `household:${id}`, { before: found.consent, after: state });
        ctx.q.households.change(id, { consent: state, consentAt: ctx.now });
        ctx.changed(`household:${id}`);
        ctx.show(householdView.ref({ household: id }));
        ctx.toast(state === '不愿' ? '记下了，不影响给他办事。' : '记下了。', 'good');
      },
    ),
    edit: action(one, (ctx, { household: id }) => {
      if (permitted(ctx, id, 'household.change')) ctx.show(householdEditView.ref({ household: id }));
    }),
    save: action(
      one.extend({
        head: z.string().max(20, '姓名写短一点，20字以内。').default(''),
        phone: z
          .string()
          .regex(/^[\d\s+-]{0,20}$/, '电话只写数字。')
          .default(''),
        size: z
          .string()
          .regex(/^\d{0,2}$/, '几口人写数字就行。')
          .default(''),
      }),
      (ctx, form) => {
        const found = permitted(ctx, form.household, 'household.change');
        if (!found) return;
        const head = form.head.trim() || found.headName;
        ctx.audit('household.change', `household:${found.id}`, {
          before: { head: found.headName, size: found.size },
        });
        ctx.q.households.change(found.id, {
          headName: head,
          size: form.size === '' ? found.size : Number(form.size),
        });
        const phone = form.phone.replace(/[\s+-]/g, '');
        if (phone !== '') ctx.q.households.setPhone(found.id, phone);
        ctx.changed(`household:${found.id}`);
        ctx.show(householdView.ref({ household: found.id }));
        ctx.toast('已保存。', 'good');
      },
    ),
  },
});
