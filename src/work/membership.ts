import type { Chat } from '../../db/queries/chats.ts';
import type { EdgeEffects } from '../commands/define.ts';
import { normaliseName } from '../domain/names.ts';
import { DAY, HOUR } from '../lib/day.ts';
import type { MembershipIn, MessageIn, SenderRef } from '../platforms/platform.ts';
import { groupPeopleView } from '../views/admission.ts';
import { isUnnamed, nameAdministrator } from './administrators.ts';
import { admittersFor } from './admitters.ts';
import {
  dropUnclear,
  forgetSeen,
  noteSeen,
  seenPerson,
  setUnclear,
  unclearIn,
  wantMembers,
} from './group-people.ts';
import { announce, linkBinder, rolesOf } from './link-binder.ts';
import { linkPerson, type PlatformPerson } from './link-person.ts';
import { matchPerson } from './match-person.ts';

/** An addition told so soon after the first word in a group is the same one, ms. */
const JUST_MET = 10 * 60_000;

/** Joining and leaving groups (issue 2, points 2 and 10; decisions 11, 22). */
export function receiveMembership(fx: EdgeEffects, event: MembershipIn): void {
  const { q, now } = fx;
  const known = q.chats.find(event.connection, event.chat.id);
  switch (event.change) {
    case 'bot-added':
      greet(fx, event);
      return;
    case 'bot-removed':
    case 'chat-gone':
      if (known) {
        q.chats.gone(known.id, now);
        for (const id of unclearIn(q, known.id)) forgetSeen(q, known.connection, id);
      }
      return;
    case 'users-added':
      if (known && !known.external && known.purpose !== 'residents') meet(fx, known, event.users);
      return;
    case 'users-removed':
      for (const user of event.users) takeLeave(fx, { connection: event.connection, externalId: user.id });
  }
}

function greet(fx: EdgeEffects, { connection, chat }: MembershipIn): void {
  const { q, now } = fx;
  const before = q.chats.find(connection, chat.id);
  const group = q.chats.seen({ connection, externalId: chat.id, name: chat.name, external: chat.external });
  const target = { connection, type: 'chat' as const, id: chat.id };
  const fresh = q.told.first(`${connection}:${chat.id}`, 'met', now, now - JUST_MET);
  if (chat.external) {
    if (q.told.first(`${connection}:${chat.id}`, 'external', now, now - DAY))
      fx.sendTo(target, { group: { kind: 'external-refused' } });
  } else if (before?.goneAt === null && !fresh) {
    // Somebody spoke there before we were told that we had been added, and was greeted then.
  } else if (group.purpose !== null && group.orgId !== null) {
    fx.sendTo(target, {
      group: { kind: 'bound', org: q.orgs.get(group.orgId)?.name ?? '', purpose: group.purpose },
    });
    if (group.purpose === 'work') wantMembers(q, group.id, now);
  } else {
    fx.sendTo(target, { group: { kind: 'joined' } });
  }
}

/** Names of a group's people: matched with the roster where the group is bound, else only whoever has already spoken. */
function meet(fx: EdgeEffects, chat: Chat, users: readonly SenderRef[]): void {
  const { q } = fx;
  const unclear: PlatformPerson[] = [];
  let nameless = false;
  for (const { id, name } of users) {
    const person = { connection: chat.connection, externalId: id };
    const plain = normaliseName(name ?? '');
    const known = q.members.byIdentity(chat.connection, id);
    if (known) {
      if (plain !== '' && isUnnamed(known.member.name))
        nameAdministrator(
          fx,
          known.member.id,
          plain,
          matchPerson(q, { connection: chat.connection, name: plain, orgId: null }).sure?.id ?? null,
        );
    } else if (plain === '') {
      // DingTalk names nobody who joins; until the member list does, there is nothing to ask about.
      noteSeen(fx, chat.connection, id, { chatId: chat.id });
      nameless = true;
    } else if (chat.orgId !== null) {
      if (!linkInto(fx, chat, person, plain) && !seenPerson(q, chat.connection, id)?.outsideAt)
        unclear.push(person);
    } else {
      meetUnbound(fx, chat, person, plain);
    }
  }
  if (unclear.length > 0) askAbout(fx, chat, unclear);
  if (nameless && q.told.first(`chat:${chat.id}`, 'names', fx.now, fx.now - HOUR))
    wantMembers(q, chat.id, fx.now);
}

function linkInto(fx: EdgeEffects, chat: Chat, person: PlatformPerson, name: string): boolean {
  const { q } = fx;
  noteSeen(fx, person.connection, person.externalId, { name, by: 'platform', chatId: chat.id });
  const { sure } = matchPerson(q, { connection: person.connection, name, orgId: chat.orgId });
  if (!sure || rolesOf(fx, sure.id).includes('管理员')) return false;
  linkPerson(fx, person, sure.id, `name in chat ${chat.id}`);
  announce(fx, chat, person, sure.id);
  return true;
}

/** Of an unbound group's people only who has spoken there is of interest. */
function meetUnbound(fx: EdgeEffects, chat: Chat, person: PlatformPerson, name: string): void {
  const { q } = fx;
  const lines = q.strangers
    .waiting(person.connection, person.externalId)
    .filter((line) => line.chatId === chat.id);
  if (lines.length === 0) return;
  noteSeen(fx, person.connection, person.externalId, { name, by: 'platform', chatId: chat.id });
  linkBinder(
    fx,
    chat,
    { ...person, name },
    lines.map((line) => (line.inbound as MessageIn).text),
  );
}

/** The unclear ones on one card for the secretary (issue 2, point 10). */
function askAbout(fx: EdgeEffects, chat: Chat, people: readonly PlatformPerson[]): void {
  const { q, now } = fx;
  const before = unclearIn(q, chat.id);
  setUnclear(q, chat.id, [...before, ...people.map((person) => person.externalId)]);
  const fresh = people.filter(
    (person) =>
      !before.includes(person.externalId) &&
      q.strangers.waiting(person.connection, person.externalId).length === 0,
  );
  if (fresh.length > 0 && q.told.first(`chat:${chat.id}`, 'unclear', now, now - DAY)) {
    for (const member of admittersFor(q, now, { connection: chat.connection, name: '', orgId: chat.orgId })) {
      fx.privately(member, groupPeopleView.ref({ chat: chat.id }));
    }
  }
  fx.changed(`unclear:${chat.id}`);
}

function takeLeave(fx: EdgeEffects, person: PlatformPerson): void {
  const { q } = fx;
  if (q.members.byIdentity(person.connection, person.externalId)) return;
  const waits = q.strangers.waiting(person.connection, person.externalId).length > 0;
  const groups = waits
    ? dropUnclear(q, person.connection, person.externalId)
    : forgetSeen(q, person.connection, person.externalId);
  for (const chatId of groups) fx.changed(`unclear:${chatId}`);
}
