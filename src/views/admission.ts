import { groupPeopleCard, linkedCard, personCard, strangerCard, waitingCard } from '../../cards/admission.ts';
import type { Option } from '../../cards/card.ts';
import type { Queries } from '../../db/queries/index.ts';
import type { Member } from '../../db/queries/members.ts';
import { sayInstant } from '../lib/day.ts';
import { admitOrgs, mayAdmit } from '../work/admitters.ts';
import { seenPerson, unclearIn } from '../work/group-people.ts';
import { personSubject } from '../work/link-person.ts';
import { matchPerson } from '../work/match-person.ts';
import { privateView, type ViewContext } from './define.ts';

/** People of a group shown on one card; the rest follow when these are saved. */
const PER_CARD = 8;
const OTHERS = 20;

/** To the unknown person himself; nothing once he is in the roster. */
export const strangerView = privateView<{ connection: string; person: string; org: number }>({
  name: 'admission.stranger',
  render(v, { connection, person, org }) {
    if (v.q.members.byIdentity(connection, person)) return null;
    const orgId = org === 0 ? (v.q.roster.roots()[0] ?? null) : org;
    return strangerCard({
      org: org === 0 ? null : v.q.orgs.label(org),
      phone: orgId === null ? null : v.q.orgs.phone(orgId),
      askName: !seenPerson(v.q, connection, person)?.name,
    });
  },
});

/** 石小红 · 党员 · 第一支部 */
export function rosterLabel(q: Queries, member: Member): string {
  const roles = [...new Set(q.roster.held(member.id).map((held) => held.role))].join('、');
  return [member.name, roles, q.orgs.label(member.orgId)].filter(Boolean).join(' · ');
}

/** Rows of the roster that may be meant, as options: the same name first, then the branch's unmatched people. */
function rosterOptions(
  q: Queries,
  connection: string,
  name: string,
  orgId: number | null,
  others: number,
): Option[] {
  const { likely } = matchPerson(q, { connection, name, orgId });
  const free =
    orgId === null
      ? []
      : q.members.ofOrg(orgId).filter((member) => q.members.accounts(member.id).length === 0);
  const rows = new Map([...likely, ...free.slice(0, others)].map((member) => [member.id, member]));
  return [...rows.values()].map((member) => ({ label: rosterLabel(q, member), value: `m:${member.id}` }));
}

/** One unknown person to the secretary; his words are not shown, they are recorded once he is known. */
export const admissionView = privateView<{ connection: string; person: string; chat: number }>({
  name: 'admission.person',
  follows: ({ connection, person }) => [personSubject({ connection, externalId: person })],
  render(v, { connection, person, chat: chatId }) {
    const { q, viewer } = v;
    if (!viewer) return null;
    const seen = seenPerson(q, connection, person);
    const linked = q.members.byIdentity(connection, person)?.member;
    // The platform told his name before the card was sent: nobody needs to be asked any more.
    if (linked && q.cards.following(personSubject({ connection, externalId: person })).length === 0)
      return null;
    const chat = chatId === 0 ? undefined : q.chats.get(chatId);
    const orgId = chat?.orgId ?? null;
    const lines = q.strangers.waiting(connection, person);
    const last = lines.at(-1);
    const orgs = admitOrgs(q, viewer, OTHERS);
    return personCard({
      connection,
      person,
      chat: chatId,
      name: linked?.name ?? seen?.name ?? '',
      self: seen?.by === 'self',
      wrote: last
        ? `${sayInstant(last.receivedAt, v.now)}${chat ? `在“${chat.name ?? '工作群'}”` : '在私聊里'}发来${lines.length}条`
        : null,
      options: rosterOptions(q, connection, seen?.name ?? '', orgId ?? orgs[0]?.id ?? null, OTHERS),
      orgs: ownFirst(orgs, orgId).map((org) => ({ label: org.label, value: String(org.id) })),
      settled: linked ? rosterLabel(q, linked) : seen?.outsideAt ? '不是我们这儿的，已客气地告诉他。' : null,
    });
  },
});

function ownFirst(
  orgs: { id: number; label: string }[],
  orgId: number | null,
): { id: number; label: string }[] {
  return [...orgs.filter((org) => org.id === orgId), ...orgs.filter((org) => org.id !== orgId)];
}

/** Unclear people of a bound group, on one card. */
export const groupPeopleView = privateView<{ chat: number }>({
  name: 'admission.group',
  follows: ({ chat }) => [`unclear:${chat}`],
  render(v, { chat: chatId }) {
    const chat = v.q.chats.get(chatId);
    if (!chat || chat.orgId === null || !v.viewer || !mayAdmit(v.q, v.viewer, chat.orgId)) return null;
    const ids = unclearIn(v.q, chatId);
    return groupPeopleCard({
      chat: chatId,
      group: chat.name ?? '工作群',
      people: ids.slice(0, PER_CARD).map((id) => {
        const name = seenPerson(v.q, chat.connection, id)?.name ?? '';
        return { id, name, options: rosterOptions(v.q, chat.connection, name, chat.orgId, PER_CARD) };
      }),
      more: Math.max(0, ids.length - PER_CARD),
    });
  },
});

/** To administrators: an account was taken for somebody with a say. */
export const linkedView = privateView<{ connection: string; person: string; member: number; chat: number }>({
  name: 'admission.linked',
  follows: ({ member }) => [`member:${member}`],
  render(v, { connection, person, member: memberId, chat }) {
    const member = v.q.members.get(memberId);
    if (!member) return null;
    return linkedCard({
      connection,
      person,
      member: memberId,
      who: rosterLabel(v.q, member),
      group: v.q.chats.get(chat)?.name ?? '群',
      standing: v.q.members.byIdentity(connection, person)?.member.id === memberId,
    });
  },
});

/** Everybody whose lines wait, where the viewer may say who they are. */
export const waitingView = privateView<{ none: boolean }>({
  name: 'admission.waiting',
  render(v) {
    return waitingCard(waitingFor(v).map((each) => ({ label: each.label, value: each.value })));
  },
});

/** `value`: `<connection> <id> <chat>`. */
export function waitingFor({ q, viewer, now }: ViewContext): { label: string; value: string }[] {
  if (!viewer) return [];
  return q.roster.strangers().flatMap(({ connection, externalId, lines, at }) => {
    const chatId = q.strangers.waiting(connection, externalId).at(-1)?.chatId ?? null;
    const orgId =
      chatId === null
        ? (q.roster.roots()[0] ?? null)
        : (q.chats.get(chatId)?.orgId ?? q.roster.roots()[0] ?? null);
    if (orgId === null || !mayAdmit(q, viewer, orgId)) return [];
    const name = seenPerson(q, connection, externalId)?.name || '还不知道姓名';
    return [
      {
        label: `${name} · ${sayInstant(at, now)} · ${lines}条`,
        value: `${connection} ${externalId} ${chatId ?? 0}`,
      },
    ];
  });
}
