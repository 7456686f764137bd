import { dangerLine } from '../../cards/danger.ts';
import type { Member } from '../../db/queries/members.ts';
import type { EdgeEffects, StrangerEvent } from '../commands/define.ts';
import { isPersonName, normaliseName } from '../domain/names.ts';
import { recogniseCommand } from '../domain/text/recognise-command.ts';
import { DAY, HOUR } from '../lib/day.ts';
import type { MessageIn } from '../platforms/platform.ts';
import { admissionView, strangerView } from '../views/admission.ts';
import { claimOffice } from './administrators.ts';
import { admittersFor } from './admitters.ts';
import { noteSeen, OUTSIDE, type SeenPerson, seenPerson, wantMembers } from './group-people.ts';
import { dangerNumbers } from './issue-emergency.ts';
import { linkBinder } from './link-binder.ts';
import { linkPerson, type PlatformPerson, personSubject } from './link-person.ts';
import { matchPerson } from './match-person.ts';
import { CLAIMED } from './set-up-texts.ts';

/** The platform's member list may still tell who he is before anybody is bothered, ms. */
const NAME_COMES = 2_000;
const INTRODUCES = /^我(?:是|叫|的名字是)(?:[^，,。.]{0,12}的)?\s*([\p{Script=Han}·]{2,6})[。.!！]?$/u;

/** Decision 22. True when he could be told for certain and is linked: his line then runs. */
export function receiveStranger(fx: EdgeEffects, { message, chatId }: StrangerEvent): boolean {
  const { q } = fx;
  const person = { connection: message.connection, externalId: message.sender.id };
  ringFirst(fx, person, message.text);
  const known = q.members.byIdentity(person.connection, person.externalId);
  if (known) return tellLeft(fx, person, known.member);
  if (message.sender.name)
    noteSeen(fx, person.connection, person.externalId, {
      name: normaliseName(message.sender.name),
      by: 'platform',
    });
  else if (message.sender.alias && !seenPerson(q, person.connection, person.externalId)?.name)
    noteSeen(fx, person.connection, person.externalId, {
      name: normaliseName(message.sender.alias),
      by: 'self',
    });
  if (message.chat.type === 'p2p') return inPrivate(fx, person, message);
  const chat = chatId === null ? undefined : q.chats.get(chatId);
  if (chat?.purpose === 'residents') return tellResident(fx, person, chat.orgId);
  const seen = seenPerson(q, person.connection, person.externalId);
  if (chat?.orgId && seen?.by === 'platform' && linkSurely(fx, person, seen.name, chat.orgId, chat.id))
    return true;
  if (
    chat?.orgId === null &&
    seen?.by === 'platform' &&
    linkBinder(fx, chat, { ...person, name: seen.name }, [message.text])
  )
    return true;
  if (
    seen?.by !== 'platform' &&
    chat &&
    q.told.first(`${person.connection}:${person.externalId}`, 'names', fx.now, fx.now - HOUR)
  ) {
    wantMembers(q, chat.id, fx.now);
  }
  return keepAndAsk(fx, person, message, { chatId, orgId: chat?.orgId ?? null, seen });
}

/** Whoever says it, and whatever becomes of his line: words of danger are answered with the numbers to ring, once an hour. */
function ringFirst(fx: EdgeEffects, person: PlatformPerson, words: string): void {
  const numbers = dangerNumbers(fx.q, words);
  const who = `${person.connection}:${person.externalId}`;
  if (numbers.length > 0 && fx.q.told.first(who, 'danger', fx.now, fx.now - HOUR))
    say(fx, person, `${dangerLine(numbers)}。`);
}

function inPrivate(fx: EdgeEffects, person: PlatformPerson, message: MessageIn): boolean {
  const { q } = fx;
  const found = recogniseCommand(message.text, { addressed: true, private: true });
  if (found && 'name' in found && found.name === 'claim' && /\d/.test(found.rest)) {
    const claimed = claimOffice(q, fx.now, person, found.rest);
    fx.sendTo(
      { connection: person.connection, type: 'user', id: person.externalId },
      { content: { text: 'refused' in claimed ? claimed.refused : CLAIMED } },
    );
    return false;
  }
  const said = INTRODUCES.exec(message.text.trim())?.[1];
  if (said && isPersonName(said)) return introduce(fx, person, said);
  const seen = seenPerson(q, person.connection, person.externalId);
  const orgId = seen?.chatId ? (q.chats.get(seen.chatId)?.orgId ?? null) : null;
  if (
    seen?.by === 'platform' &&
    seen.chatId &&
    orgId !== null &&
    linkSurely(fx, person, seen.name, orgId, seen.chatId)
  )
    return true;
  return keepAndAsk(fx, person, message, { chatId: null, orgId: null, seen });
}

/** Exactly one of the group's org: linked at once. */
function linkSurely(
  fx: EdgeEffects,
  person: PlatformPerson,
  name: string,
  orgId: number,
  chatId: number,
): boolean {
  const { sure } = matchPerson(fx.q, { connection: person.connection, name, orgId });
  if (!sure) return false;
  linkPerson(fx, person, sure.id, `name in chat ${chatId}`);
  return true;
}

interface Where {
  chatId: number | null;
  orgId: number | null;
  seen: SeenPerson | null;
}

function keepAndAsk(fx: EdgeEffects, person: PlatformPerson, message: MessageIn, where: Where): boolean {
  const { q, now } = fx;
  const who = `${person.connection}:${person.externalId}`;
  if (where.seen?.outsideAt && now - where.seen.outsideAt < OUTSIDE)
    return tellResident(fx, person, where.orgId);
  q.strangers.keep({
    ...person,
    name: where.seen?.name ?? null,
    chatId: where.chatId,
    inbound: message,
    now,
  });
  const notBefore = where.seen?.by !== 'platform' && where.chatId !== null ? now + NAME_COMES : now;
  if (q.told.first(who, 'stranger', now, now - DAY)) {
    const ref = strangerView.ref({
      connection: person.connection,
      person: person.externalId,
      org: where.orgId ?? 0,
    });
    fx.sendTo(
      { connection: person.connection, type: 'user', id: person.externalId },
      { ref, viewer: null },
      { notBefore },
    );
  }
  ask(fx, person, where, notBefore);
  return false;
}

/** The secretary's card, once a day a person; a card that stands is shown anew. */
function ask(
  fx: EdgeEffects,
  person: PlatformPerson,
  { chatId, orgId, seen }: Where,
  notBefore: number,
): void {
  const { q, now } = fx;
  const who = `${person.connection}:${person.externalId}`;
  if (!q.told.first(who, `admission${seen?.by === 'self' ? ':self' : ''}`, now, now - DAY)) {
    fx.changed(personSubject(person));
    return;
  }
  const ref = admissionView.ref({
    connection: person.connection,
    person: person.externalId,
    chat: chatId ?? 0,
  });
  for (const member of admittersFor(q, now, {
    connection: person.connection,
    name: seen?.name ?? '',
    orgId,
  })) {
    fx.privately(member, ref, { notBefore });
  }
}

/** `我是石小红`: a name to be checked, never a key by itself. */
function introduce(fx: EdgeEffects, person: PlatformPerson, name: string): boolean {
  const { q } = fx;
  noteSeen(fx, person.connection, person.externalId, {
    name: normaliseName(name),
    by: 'self',
    outsideAt: null,
  });
  const seen = seenPerson(q, person.connection, person.externalId);
  ask(
    fx,
    person,
    {
      chatId: q.strangers.waiting(person.connection, person.externalId).at(-1)?.chatId ?? null,
      orgId: null,
      seen,
    },
    fx.now,
  );
  say(fx, person, `好的，${name}。我请书记认一认，确认后您发过的自动记上，不用重发。`);
  return false;
}

/** Workers' lines belong into a work group; a resident is told where he is heard, once a day. Nothing is kept. */
function tellResident(fx: EdgeEffects, person: PlatformPerson, orgId: number | null): boolean {
  const { q, now } = fx;
  if (!q.told.first(`${person.connection}:${person.externalId}`, 'resident', now, now - DAY)) return false;
  const root = orgId ?? q.roster.roots()[0] ?? null;
  const phone = root === null ? null : q.orgs.phone(root);
  say(
    fx,
    person,
    `这里只记党员、网格员走访的事，您这条没有留下。有事请打社区电话${phone ?? ''}，一样有人管。您是工作人员的话，请在工作群里发一次。`,
  );
  return false;
}

/** Rights end with the status (decision 15); he is told why, once a day. */
function tellLeft(fx: EdgeEffects, person: PlatformPerson, member: Member): boolean {
  if (member.status === '在册') return false;
  if (!fx.q.told.first(`member:${member.id}`, 'left', fx.now, fx.now - DAY)) return false;
  const org = fx.q.orgs.label(member.orgId);
  say(
    fx,
    person,
    member.status === '转出'
      ? `您的组织关系已转出${org}，这条没有记。有疑问请问${org}书记。`
      : `您在${org}名册里是停用，这条没有记。要恢复请找书记。`,
  );
  return false;
}

function say(fx: EdgeEffects, person: PlatformPerson, text: string): void {
  fx.sendTo({ connection: person.connection, type: 'user', id: person.externalId }, { content: { text } });
}
