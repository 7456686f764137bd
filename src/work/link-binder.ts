import type { Chat } from '../../db/queries/chats.ts';
import type { EdgeEffects } from '../commands/define.ts';
import type { Role } from '../domain/actor.ts';
import { recogniseCommand } from '../domain/text/recognise-command.ts';
import { dayOf } from '../lib/day.ts';
import { linkedView } from '../views/admission.ts';
import { linkPerson, type PlatformPerson } from './link-person.ts';
import { matchPerson } from './match-person.ts';

/** Who binds groups (rights: group.bind), and roles whose holder is announced when a name alone matched him. */
const BINDERS: readonly string[] = ['书记', '副书记', '支部委员'] satisfies Role[];
const POWERFUL: readonly string[] = [...BINDERS, '诉求中心', '领导', '组织部'] satisfies string[];

/**
 * A secretary may bind his own branch's group (decision 22), also when the roster knows only his name; `name` is the
 * platform's, `said` what he typed there. True when he was linked.
 */
export function linkBinder(
  fx: EdgeEffects,
  chat: Chat,
  { name, ...person }: PlatformPerson & { name: string },
  said: readonly string[],
): boolean {
  const wantsToBind = said.some((text) => {
    const found = recogniseCommand(text, { addressed: true, private: false });
    return found && 'name' in found && (found.name === 'bind' || found.name === 'claim');
  });
  const { sure } = wantsToBind
    ? matchPerson(fx.q, { connection: chat.connection, name, orgId: null })
    : { sure: null };
  const roles = sure ? rolesOf(fx, sure.id) : [];
  if (!sure || roles.includes('管理员') || !roles.some((role) => BINDERS.includes(role))) return false;
  linkPerson(fx, person, sure.id, `secretary's name in chat ${chat.id}`);
  announce(fx, chat, person, sure.id);
  return true;
}

export function rolesOf(fx: EdgeEffects, memberId: number): string[] {
  return fx.q.members.rolesOn(memberId, dayOf(fx.now)).map((held) => held.role);
}

/** Administrators hear of it when a name alone gave somebody a say, with a way to undo it. */
export function announce(fx: EdgeEffects, chat: Chat, person: PlatformPerson, memberId: number): void {
  if (!rolesOf(fx, memberId).some((role) => POWERFUL.includes(role))) return;
  const ref = linkedView.ref({
    connection: person.connection,
    person: person.externalId,
    member: memberId,
    chat: chat.id,
  });
  for (const administrator of new Set(fx.q.roster.administrators().map((held) => held.memberId))) {
    if (administrator !== memberId) fx.privately(administrator, ref, { lane: 'digest' });
  }
}
