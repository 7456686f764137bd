import type { Queries } from '../../db/queries/index.ts';
import type { Effects } from '../commands/define.ts';
import { forgetSeen } from './group-people.ts';

/** A person on one connection (decision 6). */
export interface PlatformPerson {
  connection: string;
  externalId: string;
}

/** Setting that holds whose kept lines are to be delivered again; the office does it after the commit. */
export const REPLAY = 'replay';

export function askReplay(q: Queries, person: PlatformPerson): void {
  const list = q.settings.get<PlatformPerson[]>(REPLAY) ?? [];
  q.settings.set(REPLAY, [...list, { connection: person.connection, externalId: person.externalId }]);
}

/** Cards about this person follow it. */
export function personSubject({ connection, externalId }: PlatformPerson): string {
  return `stranger:${connection}:${externalId}`;
}

/** From now on this platform id is that member: a trace, cards anew, and what he said before runs at its own time. */
export function linkPerson(fx: Effects, person: PlatformPerson, memberId: number, how: string): void {
  const { q } = fx;
  q.members.link(person.connection, person.externalId, memberId);
  fx.audit('roster.link', `member:${memberId}`, { ...person, how });
  if (q.strangers.waiting(person.connection, person.externalId).length > 0) askReplay(q, person);
  for (const chatId of forgetSeen(q, person.connection, person.externalId)) fx.changed(`unclear:${chatId}`);
  fx.changed(personSubject(person));
  fx.changed(`member:${memberId}`);
}
