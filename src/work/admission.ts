import type { Ctx } from '../commands/define.ts';
import type { Role } from '../domain/actor.ts';
import { normaliseName, pinyinOf } from '../domain/names.ts';
import { DAY, dayOf } from '../lib/day.ts';
import { admitOrgs, mayAdmit } from './admitters.ts';
import { dropUnclear, noteSeen, seenPerson } from './group-people.ts';
import { linkPerson, type PlatformPerson, personSubject } from './link-person.ts';
import { placeScope } from './place.ts';

/** The answer of a secretary's card: `m:12`, `new:党员`, `outside` (decision 22). */
export interface Admission {
  who: string;
  /** For a new one. */
  name: string;
  orgId: number | null;
  /** The bound org of the group where he was met. */
  groupOrgId: number | null;
}

const AS: readonly Role[] = ['党员', '网格员', '居民志愿者'];

/** Settles who somebody is; the sentence that says why not, or null when done. */
export function admitPerson(ctx: Ctx, person: PlatformPerson, admission: Admission): string | null {
  const { q } = ctx;
  if (q.members.byIdentity(person.connection, person.externalId)) {
    ctx.changed(personSubject(person));
    return '已经有人确认过了。';
  }
  const row = /^m:(\d+)$/.exec(admission.who)?.[1];
  if (row) return admitRow(ctx, person, Number(row));
  if (admission.who === 'outside') return leaveOutside(ctx, person, admission.groupOrgId);
  const role = AS.find((each) => admission.who === `new:${each}`);
  return role ? admitNew(ctx, person, role, admission) : '请选一项。';
}

function admitRow(ctx: Ctx, person: PlatformPerson, memberId: number): string | null {
  const { q } = ctx;
  const member = q.members.get(memberId);
  if (member?.status !== '在册') return '这一位已经不在册了，请另选。';
  if (!mayAdmit(q, ctx.actor, member.orgId)) return '这一位由他所在支部的书记或管理员来确认。';
  if (q.members.identities(memberId).some((each) => each.connection === person.connection))
    return '这一位已经有账号了，请另选。';
  const isAdministrator = q.roster.held(memberId).some((held) => held.role === '管理员');
  if (isAdministrator && !ctx.actor.roles.some((held) => held.role === '管理员'))
    return '管理员的账号由管理员来确认。';
  linkPerson(ctx, person, memberId, 'confirmed');
  return null;
}

function admitNew(ctx: Ctx, person: PlatformPerson, role: Role, admission: Admission): string | null {
  const { q } = ctx;
  const name =
    normaliseName(admission.name) || seenPerson(q, person.connection, person.externalId)?.name || '';
  if (name === '') return '请填上姓名。';
  const orgId = admission.orgId ?? admission.groupOrgId ?? admitOrgs(q, ctx.actor, 1)[0]?.id ?? null;
  if (orgId === null || !mayAdmit(q, ctx.actor, orgId)) return '请选他归哪里。';
  const memberId = createMember(ctx, { name, orgId, role });
  linkPerson(ctx, person, memberId, `new as ${role}`);
  return null;
}

/** A new row of the roster with its first role, from today; his community is the one the org lies in. */
export function createMember(
  ctx: Ctx,
  row: { name: string; orgId: number; role: Role; phone?: string },
): number {
  const { q } = ctx;
  const day = dayOf(ctx.now);
  const scope = placeScope(q, row.orgId);
  const communityId = scope !== row.orgId ? scope : null;
  const member = q.members.create({
    name: row.name,
    pinyin: pinyinOf(row.name),
    orgId: row.orgId,
    communityId,
    phone: row.phone ?? null,
    day,
    now: ctx.now,
  });
  q.members.grant(member.id, row.orgId, row.role, day);
  ctx.audit('roster.create', `member:${member.id}`, { role: row.role, orgId: row.orgId });
  return member.id;
}

/** 不是我们这儿的: told kindly once, nothing of his is kept, nobody is asked again for half a year. */
function leaveOutside(ctx: Ctx, person: PlatformPerson, orgId: number | null): null {
  const { q, now } = ctx;
  const hadLines = q.strangers.waiting(person.connection, person.externalId).length > 0;
  q.strangers.settle(person.connection, person.externalId, now);
  noteSeen(ctx, person.connection, person.externalId, { outsideAt: now });
  for (const chatId of dropUnclear(q, person.connection, person.externalId)) ctx.changed(`unclear:${chatId}`);
  ctx.changed(personSubject(person));
  ctx.audit('roster.outside', personSubject(person));
  if (
    hadLines &&
    q.told.first(`${person.connection}:${person.externalId}`, 'outside', now, now - 180 * DAY)
  ) {
    const root = orgId ?? q.roster.roots()[0] ?? null;
    const phone = root === null ? null : q.orgs.phone(root);
    ctx.toStranger(person, {
      text: `您发的话看到了。您不在这里的名册里，所以没有记下，也没有留底。有事请打社区电话${phone ?? ''}，一样有人管。`,
    });
  }
  return null;
}
