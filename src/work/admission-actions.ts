import { z } from 'zod';
import { type ActionDefinition, action, type Ctx } from '../commands/define.ts';
import { admissionView, groupPeopleView, waitingView } from '../views/admission.ts';
import { admitPerson } from './admission.ts';
import { mayAdmit } from './admitters.ts';
import { unclearIn } from './group-people.ts';
import { personSubject } from './link-person.ts';
import { memberToChange } from './roster.ts';

const ORG = z.string().regex(/^\d*$/).default('');
const orgOf = (text: string): number | null => (text === '' ? null : Number(text));

function groupOrg(ctx: Ctx, chatId: number): number | null {
  return chatId === 0 ? null : (ctx.q.chats.get(chatId)?.orgId ?? null);
}

/** Who may say anything about this person at all: of the group's org, in private chat of any. */
function maySpeak(ctx: Ctx, orgId: number | null): boolean {
  if (
    orgId !== null
      ? mayAdmit(ctx.q, ctx.actor, orgId)
      : ctx.actor.roles.some((held) => ctx.may('roster.admit', { path: held.path }))
  )
    return true;
  ctx.toast('这由书记或管理员来确认。', 'bad');
  return false;
}

/** The answers of the cards about unknown people (decision 22); part of `roster`. */
export const admissionActions: Record<string, ActionDefinition> = {
  admit: action(
    z.object({
      connection: z.string(),
      person: z.string(),
      chat: z.number(),
      who: z.string().min(1, '请选是哪一位。'),
      name: z.string().max(20).default(''),
      org: ORG,
    }),
    (ctx, form) => {
      const groupOrgId = groupOrg(ctx, form.chat);
      if (!maySpeak(ctx, groupOrgId)) return;
      const person = { connection: form.connection, externalId: form.person };
      const refused = admitPerson(ctx, person, {
        who: form.who,
        name: form.name,
        orgId: orgOf(form.org),
        groupOrgId,
      });
      if (refused) ctx.toast(refused, 'bad');
      else
        ctx.toast(form.who === 'outside' ? '记下了，会客气地告诉他。' : '已对上，他发过的自动记上。', 'good');
      ctx.show(admissionView.ref({ connection: form.connection, person: form.person, chat: form.chat }));
    },
  ),
  'admit-group': action(
    z.object({ chat: z.number(), ids: z.string() }).catchall(z.unknown()),
    (ctx, form) => {
      const chat = ctx.q.chats.get(form.chat);
      if (!chat || !maySpeak(ctx, chat.orgId)) return;
      const listed = new Set(unclearIn(ctx.q, chat.id));
      const answers = form.ids
        .split(',')
        .map((externalId, index) => ({ externalId, who: form[`p${index}`] }));
      const refusals = answers.flatMap(({ externalId, who }) => {
        if (typeof who !== 'string' || who === '' || !listed.has(externalId)) return [];
        return (
          admitPerson(
            ctx,
            { connection: chat.connection, externalId },
            { who, name: '', orgId: null, groupOrgId: chat.orgId },
          ) ?? []
        );
      });
      ctx.toast(refusals[0] ?? '已保存。', refusals.length > 0 ? 'bad' : 'good');
      ctx.show(groupPeopleView.ref({ chat: chat.id }));
    },
  ),
  waiting: action(z.object({}), (ctx) => ctx.show(waitingView.ref({ none: true }))),
  'waiting-open': action(z.object({ person: z.string().min(1, '请选一位。') }), (ctx, form) => {
    const [connection = '', person = '', chat = '0'] = form.person.split(' ');
    if (maySpeak(ctx, groupOrg(ctx, Number(chat))))
      ctx.show(admissionView.ref({ connection, person, chat: Number(chat) }));
  }),
  /** [不是本人，取消] after a match by name alone. */
  unlink: action(
    z.object({ connection: z.string(), person: z.string(), member: z.number() }),
    (ctx, form) => {
      const member = memberToChange(ctx, form.member);
      if (!member) return;
      if (ctx.q.members.byIdentity(form.connection, form.person)?.member.id !== member.id)
        return ctx.toast('已经取消过了。');
      ctx.q.roster.unlink(form.connection, form.person);
      ctx.audit('roster.unlink', `member:${member.id}`, { connection: form.connection, person: form.person });
      ctx.changed(`member:${member.id}`);
      ctx.changed(personSubject({ connection: form.connection, externalId: form.person }));
      ctx.toast('已取消。', 'good');
    },
  ),
};
