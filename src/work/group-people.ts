import type { Queries } from '../../db/queries/index.ts';

/** The office fetches the member list of the groups in this setting: `{"<chat row id>": <asked at>}`. */
export const MEMBERS_WANTED = 'members-wanted';

/** Asks for a group's member list; it comes back as a membership event of its own (issue 2, point 10). */
export function wantMembers(q: Queries, chatId: number, now: number): void {
  q.settings.set(MEMBERS_WANTED, {
    ...q.settings.get<Record<string, number>>(MEMBERS_WANTED),
    [chatId]: now,
  });
}

/** What is known of somebody whom nobody has matched with the roster yet. P1 only. */
export interface SeenPerson {
  name: string;
  /** `self`: as he says himself, to be checked by the secretary. */
  by: 'platform' | 'self';
  chatId: number | null;
  /** Settled as 不是我们这儿的 (decision 22), epoch ms. */
  outsideAt: number | null;
}

const seenKey = (connection: string, externalId: string): string => `seen:${connection}:${externalId}`;
const unclearKey = (chatId: number): string => `unclear:${chatId}`;

export function seenPerson(q: Queries, connection: string, externalId: string): SeenPerson | null {
  return q.settings.get<SeenPerson>(seenKey(connection, externalId));
}

/** A name the platform tells stands over one that somebody gives himself. */
export function noteSeen(
  q: Queries,
  connection: string,
  externalId: string,
  seen: Partial<SeenPerson>,
): void {
  const before = seenPerson(q, connection, externalId);
  const keepName = before?.by === 'platform' && before.name !== '' && seen.by === 'self';
  const next = { name: '', by: 'platform' as const, chatId: null, outsideAt: null, ...before, ...seen };
  q.settings.set(
    seenKey(connection, externalId),
    keepName ? { ...next, name: before.name, by: before.by } : next,
  );
}

/** Platform ids of a bound group's people who could not be matched for certain, in the order they came. */
export function unclearIn(q: Queries, chatId: number): string[] {
  return q.settings.get<string[]>(unclearKey(chatId)) ?? [];
}

export function setUnclear(q: Queries, chatId: number, ids: readonly string[]): void {
  if (ids.length === 0) q.settings.remove(unclearKey(chatId));
  else q.settings.set(unclearKey(chatId), [...new Set(ids)]);
}

/** He is in the roster now, or has left: nothing more is remembered of him here. */
export function forgetSeen(q: Queries, connection: string, externalId: string): number[] {
  q.settings.remove(seenKey(connection, externalId));
  return dropUnclear(q, connection, externalId);
}

/** Takes somebody off the lists of unclear people; the groups concerned. */
export function dropUnclear(q: Queries, connection: string, externalId: string): number[] {
  return q.chats.bound().flatMap((chat) => {
    const unclear = chat.connection === connection ? unclearIn(q, chat.id) : [];
    if (!unclear.includes(externalId)) return [];
    setUnclear(
      q,
      chat.id,
      unclear.filter((id) => id !== externalId),
    );
    return [chat.id];
  });
}
