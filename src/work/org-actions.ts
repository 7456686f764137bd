import { z } from 'zod';
import { type ActionDefinition, action, type Ctx } from '../commands/define.ts';
import { orgView, rosterView } from '../views/roster.ts';
import { mayChangeRoster } from './roster.ts';

const KIND = z.enum(['党委', '党总支', '党支部', '社区', '网格', '承办单位', '街道', '其他'], '请选类型。');

/** The tree itself is the administrator's (decision 15). */
function mayShape(ctx: Ctx, orgId: number): boolean {
  if (ctx.actor.roles.some((held) => held.role === '管理员') && mayChangeRoster(ctx.q, ctx.actor, orgId))
    return true;
  ctx.toast('组织由管理员来加、来改。', 'bad');
  return false;
}

/** Adding and changing an org; part of `roster`. */
export const orgActions: Record<string, ActionDefinition> = {
  org: action(z.object({ org: z.number() }), (ctx, { org }) => {
    if (mayShape(ctx, org)) ctx.show(orgView.ref({ org }));
  }),
  'org-save': action(
    z.object({
      org: z.number(),
      what: z.enum(['add', 'change'], '请选做什么。'),
      name: z.string().trim().max(30).default(''),
      kind: KIND.default('党支部'),
      phone: z
        .string()
        .regex(/^[\d\s+-]{0,20}$/, '电话只写数字。')
        .default(''),
    }),
    (ctx, form) => {
      const org = ctx.q.orgs.get(form.org);
      if (!org || !mayShape(ctx, org.id)) return;
      const name = form.name.replace(/[\s/／]/g, '');
      const phone = form.phone.trim() || null;
      if (form.what === 'add' && name === '') return ctx.toast('请填名称。', 'bad');
      const parentId = form.what === 'add' ? org.id : org.parentId;
      const twin = name === '' ? undefined : ctx.q.orgs.childNamed(parentId, name);
      if (twin && (form.what === 'add' || twin.id !== org.id))
        return ctx.toast(`同一级已经有“${name}”了。`, 'bad');
      if (form.what === 'add') {
        const created = ctx.q.orgs.create({ parentId: org.id, name, kind: form.kind, phone, now: ctx.now });
        ctx.audit('org.create', `org:${created.id}`, { name, kind: form.kind });
        ctx.show(rosterView.ref({ org: created.id, page: 1 }));
      } else {
        ctx.audit('org.change', `org:${org.id}`, { before: { name: org.name, phone: org.phone } });
        if (name !== '') ctx.q.roster.changeOrg(org.id, { name });
        if (phone !== null) ctx.q.orgs.setPhone(org.id, phone);
        ctx.show(rosterView.ref({ org: org.id, page: 1 }));
      }
      ctx.toast('已保存。', 'good');
    },
  ),
};
