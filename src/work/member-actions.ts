import { z } from 'zod';
import { type ActionDefinition, action } from '../commands/define.ts';
import { ROLES } from '../domain/actor.ts';
import { normaliseName, pinyinOf } from '../domain/names.ts';
import { addDays, dayOf } from '../lib/day.ts';
import {
  addMemberView,
  editMemberView,
  leaveView,
  memberView,
  pointsView,
  rolesView,
  rosterView,
} from '../views/roster.ts';
import { createMember } from './admission.ts';
import { gridNamed, placeScope } from './place.ts';
import { endRole, grantRole, leaveRoster, mayChangeRoster, memberToChange, rolesToGive } from './roster.ts';

const one = z.object({ member: z.number() });
const NAME = z.string().trim().min(1, '请填姓名。').max(20, '姓名写短一点，20字以内。');
const PHONE = z
  .string()
  .regex(/^[\d\s+-]{0,20}$/, '手机号只写数字。')
  .default('');
const ORG = z.string().regex(/^\d+$/, '请选组织。');
const digits = (phone: string): string => phone.replace(/[\s+-]/g, '');

/** What the cards of one person can do; part of `roster`. */
export const memberActions: Record<string, ActionDefinition> = {
  page: action(z.object({ org: z.number(), page: z.number().int().min(1) }), (ctx, value) =>
    ctx.show(rosterView.ref(value)),
  ),
  open: action(z.object({ member: z.string().regex(/^\d+$/, '请选一位。') }), (ctx, form) => {
    const member = memberToChange(ctx, Number(form.member));
    if (member) ctx.show(memberView.ref({ member: member.id }));
  }),
  back: action(one, (ctx, { member }) => ctx.show(memberView.ref({ member }))),
  add: action(z.object({ org: z.number() }), (ctx, { org }) => {
    if (rolesToGive(ctx.q, ctx.actor, org, 0).length > 0) ctx.show(addMemberView.ref({ org }));
    else ctx.toast('加人由书记或管理员来。', 'bad');
  }),
  create: action(
    z.object({ from: z.number(), name: NAME, role: z.enum(ROLES, '请选角色。'), org: ORG, phone: PHONE }),
    (ctx, form) => {
      const orgId = Number(form.org);
      if (!rolesToGive(ctx.q, ctx.actor, orgId, 0).includes(form.role))
        return ctx.toast('这个角色在这里不由您来任。', 'bad');
      const name = normaliseName(form.name);
      const same = ctx.q.members.named(name).find((each) => each.orgId === orgId && each.status === '在册');
      if (same) {
        ctx.toast(`名册里已经有${name}了。`, 'bad');
        return ctx.show(memberView.ref({ member: same.id }));
      }
      const id = createMember(ctx, { name, orgId, role: form.role, phone: digits(form.phone) || undefined });
      ctx.show(memberView.ref({ member: id }));
      ctx.toast('已加进名册。', 'good');
    },
  ),
  edit: action(one, (ctx, { member }) => {
    if (memberToChange(ctx, member)) ctx.show(editMemberView.ref({ member }));
  }),
  save: action(one.extend({ name: NAME, phone: PHONE, org: ORG }), (ctx, form) => {
    const member = memberToChange(ctx, form.member);
    const orgId = Number(form.org);
    if (!member) return;
    if (orgId !== member.orgId && !mayChangeRoster(ctx.q, ctx.actor, orgId))
      return ctx.toast('那个组织不归您管。', 'bad');
    const name = normaliseName(form.name);
    ctx.audit('roster.change', `member:${member.id}`, { before: { name: member.name, orgId: member.orgId } });
    const scope = placeScope(ctx.q, orgId);
    const moved = orgId === member.orgId ? {} : { orgId, communityId: scope === orgId ? null : scope };
    ctx.q.members.change(member.id, { name, pinyin: pinyinOf(name), ...moved });
    if (digits(form.phone) !== '') ctx.q.members.setPhone(member.id, digits(form.phone));
    ctx.changed(`member:${member.id}`);
    ctx.show(memberView.ref({ member: member.id }));
    ctx.toast('已保存。', 'good');
  }),
  roles: action(one, (ctx, form) => {
    const member = memberToChange(ctx, form.member);
    if (!member) return;
    if (rolesToGive(ctx.q, ctx.actor, member.orgId, member.id).length > 0)
      ctx.show(rolesView.ref({ member: member.id }));
    else ctx.toast('自己的职务由上级或管理员来改。', 'bad');
  }),
  role: action(
    one.extend({
      what: z.string().min(1, '请选做什么。'),
      org: z.string().regex(/^\d*$/).default(''),
      day: z.iso.date('请选从哪天起。'),
    }),
    (ctx, form) => {
      const member = memberToChange(ctx, form.member);
      if (!member) return;
      const [verb, name, at] = form.what.split(':');
      const role = ROLES.find((each) => each === name);
      const orgId = verb === 'end' ? Number(at) : Number(form.org || member.orgId);
      if (!role) return ctx.toast('请选做什么。', 'bad');
      const done =
        verb === 'end'
          ? endRole(ctx, member.id, orgId, role, form.day)
          : grantRole(ctx, member.id, orgId, role, form.day);
      if (done) ctx.toast(verb === 'end' ? '已免。' : '已任。', 'good');
      else
        ctx.toast(
          verb === 'end'
            ? '没有改动：这个职务不由您来免，或只剩这一位管理员。'
            : '没有改动：已经是了，或不由您来任。',
          'bad',
        );
      ctx.show(memberView.ref({ member: member.id }));
    },
  ),
  leave: action(one.extend({ status: z.enum(['停用', '转出']) }), (ctx, form) => {
    const member = memberToChange(ctx, form.member);
    if (!member) return;
    if (member.id === ctx.actor.memberId) return ctx.toast('自己的由上级或管理员来办。', 'bad');
    ctx.show(leaveView.ref({ member: member.id, status: form.status }));
  }),
  left: action(
    one.extend({ status: z.enum(['停用', '转出']), heir: z.string().regex(/^(none|\d+)$/, '请选交给谁。') }),
    (ctx, form) => {
      const member = memberToChange(ctx, form.member);
      if (!member) return;
      if (member.id === ctx.actor.memberId) return ctx.toast('自己的由上级或管理员来办。', 'bad');
      if (member.status !== '在册') return ctx.toast('已经办过了。');
      const administrators = new Set(ctx.q.roster.administrators().map((held) => held.memberId));
      if (administrators.size === 1 && administrators.has(member.id))
        return ctx.toast('只剩这一位管理员，请先另任一位。', 'bad');
      const heir = form.heir === 'none' ? undefined : ctx.q.members.get(Number(form.heir));
      if (
        heir &&
        (heir.status !== '在册' || !mayChangeRoster(ctx.q, ctx.actor, heir.orgId) || heir.id === member.id)
      )
        return ctx.toast('不能交给这一位，请另选。', 'bad');
      leaveRoster(ctx, member, form.status, heir?.id ?? null);
      ctx.show(memberView.ref({ member: member.id }));
      ctx.toast(`已${form.status}。`, 'good');
    },
  ),
  return: action(one, (ctx, form) => {
    const member = memberToChange(ctx, form.member);
    if (!member || member.status === '在册') return;
    ctx.audit('roster.status', `member:${member.id}`, { before: member.status, after: '在册' });
    ctx.q.members.change(member.id, { status: '在册', statusFrom: dayOf(ctx.now) });
    ctx.show(memberView.ref({ member: member.id }));
    ctx.toast('已恢复，职务和结对请看一遍。', 'good');
  }),
  points: action(one, (ctx, { member }) => {
    if (memberToChange(ctx, member)) ctx.show(pointsView.ref({ member }));
  }),
  point: action(
    one.extend({
      what: z.string().regex(/^(add:(网格|小区|企业|商户)|end:\d+)$/, '请选做什么。'),
      name: z.string().trim().max(30).default(''),
    }),
    (ctx, form) => {
      const member = memberToChange(ctx, form.member);
      if (!member) return;
      const { households } = ctx.q;
      const [verb, what = ''] = form.what.split(':');
      const today = dayOf(ctx.now);
      if (verb === 'end') {
        const point = households.contactPointsOf(member.id).find((each) => each.id === Number(what));
        if (point) households.endContactPoint(point.id, addDays(today, -1));
      } else {
        if (form.name === '') return ctx.toast('请填联系点的名称，例如：第一网格', 'bad');
        if (
          households.contactPointsOf(member.id).some((each) => each.name === form.name && each.toDay === null)
        )
          return ctx.toast('已经有这个联系点了。', 'bad');
        const kind = (['网格', '小区', '企业', '商户'] as const).find((each) => each === what) ?? '网格';
        const scope = placeScope(ctx.q, member.communityId ?? member.orgId);
        households.addContactPoint({
          memberId: member.id,
          name: form.name,
          kind,
          orgId: gridNamed(ctx.q, scope, form.name)?.id ?? null,
          day: today,
        });
      }
      ctx.audit('roster.point', `member:${member.id}`, { what: form.what, name: form.name });
      ctx.changed(`member:${member.id}`);
      ctx.show(memberView.ref({ member: member.id }));
      ctx.toast('已保存。', 'good');
    },
  ),
};
