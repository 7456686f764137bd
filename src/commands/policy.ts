import { z } from 'zod';
import type { Adoption } from '../../db/queries/work.ts';
import { adoptPolicy, type Policy } from '../domain/policy.ts';
import { mayAnywhere } from '../domain/rights.ts';
import { fold } from '../domain/text/normalise.ts';
import { addDays, dayOf, isDay, makeDay } from '../lib/day.ts';
import { findPolicy, POLICIES } from '../policies/index.ts';
import { policyAdoptView, policyEditView, policyListView } from '../views/policy.ts';
import { adopt, adoptionsAround, endAdoption, policyOf } from '../work/adopt.ts';
import { adoptableOrgs, mayChangeAdoption, orgsAround } from '../work/policy-rights.ts';
import { action, type Ctx, command } from './define.ts';

const one = z.object({ adoption: z.number() });
const NOT_YOURS = '采用和停用制度由书记或管理员来办。';
const optional = z.string().trim().max(40, '写短一点，40字以内。').default('');

/** The preset that a line names, by its short name or a piece of its title. */
function named(text: string): Policy | undefined {
  const word = text.trim().toLowerCase();
  const known = /[a-z][a-z0-9-]*/.exec(word)?.[0];
  if (known) return findPolicy(known);
  return POLICIES.find((policy) => word !== '' && policy.title.includes(word));
}

/** `从2026-10-01`, `2026年10月1日起`; today when none is named. */
function fromDay(text: string, today: string): string | null {
  const found = /(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})/.exec(text);
  if (!found) return /\d/.test(text) ? null : today;
  const day = makeDay(Number(found[1]), Number(found[2]), Number(found[3]));
  return isDay(day) ? day : null;
}

function adopted(
  ctx: Ctx,
  policy: Policy,
  orgId: number,
  from: string,
  own?: { docNo?: string; issuer?: string },
): boolean {
  const head = {
    ...(own?.docNo ? { docNo: own.docNo } : {}),
    ...(own?.issuer ? { issuer: own.issuer } : {}),
  };
  const result = adopt(ctx.q, policy, {
    orgId,
    from,
    by: ctx.actor.memberId,
    now: ctx.now,
    ...(Object.keys(head).length > 0 ? { own: head } : {}),
  });
  if (result.fresh) {
    ctx.audit('policy.adopt', `adoption:${result.adoption.id}`, { system: policy.system, orgId, from });
    ctx.changed('policies');
  }
  return result.fresh;
}

/** The adoption if this person may change it; else a word over the card. */
function own(ctx: Ctx, id: number): Adoption | null {
  const row = ctx.q.work.adoption(id);
  if (row && mayChangeAdoption(ctx.q, ctx.actor, row)) return row;
  ctx.toast(NOT_YOURS, 'bad');
  return null;
}

function end(ctx: Ctx, row: Adoption): void {
  endAdoption(ctx.q, row, dayOf(ctx.now));
  ctx.audit('policy.end', `adoption:${row.id}`, { lastDay: dayOf(ctx.now) });
  ctx.changed('policies');
}

function typed(ctx: Ctx, verb: string, rest: string): void {
  if (!mayAnywhere(ctx.actor, 'policy.adopt')) {
    ctx.reply({ text: NOT_YOURS });
    return;
  }
  const [name = '', ...more] = rest.split(/从|自|\s+/).filter(Boolean);
  if (verb === '停用') {
    const mine = adoptionsAround(ctx.q, orgsAround(ctx.q, ctx.actor), ctx.today).filter(
      (row) =>
        (row.system === name.toLowerCase() || policyOf(row).title.includes(name)) &&
        mayChangeAdoption(ctx.q, ctx.actor, row),
    );
    const [only, second] = mine;
    if (only && !second && name !== '') end(ctx, only);
    ctx.reply(policyListView.ref({}));
    return;
  }
  const policy = named(name);
  const [org] = adoptableOrgs(ctx.q, ctx.actor);
  const from = fromDay(more.join(' '), ctx.today);
  if (!policy || !org || name === '') {
    ctx.reply(policyAdoptView.ref({}));
  } else if (from === null) {
    ctx.reply({ text: '日期要写成2026-10-01这样，例如：/制度 采用 xian 从2026-10-01' });
  } else {
    adopted(ctx, policy, org.id, from);
    ctx.reply(policyListView.ref({}));
  }
}

/** 制度: what binds here, by which words, and since when; adopting is copying (decision 29). */
export const policy = command({
  name: 'policy',
  needs: null,
  help: { group: 'secretary', example: '/制度', says: '看现行制度的原文，采用或停用' },
  run(ctx, line) {
    const rest = fold(line.rest).trim();
    const verb = /^(采用|停用)/.exec(rest)?.[0];
    if (verb) typed(ctx, verb, rest.slice(verb.length).trim());
    else ctx.reply(policyListView.ref({}));
  },
  actions: {
    list: action(z.object({}), (ctx) => ctx.show(policyListView.ref({}))),
    choose: action(z.object({}), (ctx) => {
      if (mayAnywhere(ctx.actor, 'policy.adopt')) ctx.show(policyAdoptView.ref({}));
      else ctx.toast(NOT_YOURS, 'bad');
    }),
    adopt: action(
      z.object({
        system: z.string().min(1, '请选一个制度。'),
        org: z.string().regex(/^\d+$/, '请选用在哪儿。'),
        from: z.string().refine(isDay, '请选从哪天起。'),
        docNo: optional,
        issuer: optional,
      }),
      (ctx, form) => {
        const found = findPolicy(form.system);
        const orgId = Number(form.org);
        if (!found || !mayChangeAdoption(ctx.q, ctx.actor, { orgId }) || !ctx.q.orgs.get(orgId)) {
          ctx.toast(NOT_YOURS, 'bad');
          return;
        }
        const fresh = adopted(ctx, found, orgId, form.from, form);
        ctx.show(policyListView.ref({}));
        ctx.toast(fresh ? '采用了。' : '已经采用着，没有变化。', 'good');
      },
    ),
    end: action(one, (ctx, { adoption }) => {
      const row = own(ctx, adoption);
      if (!row) return;
      end(ctx, row);
      ctx.show(policyListView.ref({}));
      ctx.toast('明天起停用。', 'good');
    }),
    edit: action(one, (ctx, { adoption }) => {
      if (own(ctx, adoption)) ctx.show(policyEditView.ref({ adoption }));
    }),
    save: action(
      one.extend({ docNo: optional, issuer: optional }).catchall(z.union([z.string(), z.number()])),
      save,
    ),
  },
});

/** New head and numbers: numbers take over today in a copy of their own, so that nothing owed before changes. */
function save(
  ctx: Ctx,
  form: { adoption: number; docNo: string; issuer: string; [count: string]: string | number },
): void {
  const row = own(ctx, form.adoption);
  if (!row) return;
  const before = policyOf(row);
  const counts: Record<string, number> = {};
  for (const { id, obligation } of before.clauses) {
    const typedCount = form[`count_${id}`];
    if (!obligation || obligation.byRank !== undefined || typedCount === undefined || typedCount === '')
      continue;
    const count = Number(typedCount);
    if (!Number.isInteger(count) || count < 1 || count > 1000) {
      ctx.toast('数字写1到1000的整数。', 'bad');
      return;
    }
    if (count !== obligation.count) counts[id] = count;
  }
  const head = { docNo: form.docNo || null, issuer: form.issuer || null };
  const copy = adoptPolicy(before, { ...head, counts });
  const today = dayOf(ctx.now);
  ctx.audit('policy.change', `adoption:${row.id}`, { before, head, counts });
  if (Object.keys(counts).length === 0 || row.fromDay >= today) {
    ctx.q.work.rewriteAdoption(row.id, copy);
  } else {
    endAdoption(ctx.q, row, addDays(today, -1));
    ctx.q.work.adopt({
      system: row.system,
      orgId: row.orgId,
      policy: copy,
      fromDay: today,
      by: ctx.actor.memberId,
      now: ctx.now,
    });
  }
  ctx.changed('policies');
  ctx.show(policyListView.ref({}));
  ctx.toast('保存了。', 'good');
}
