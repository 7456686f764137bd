import type { Queries } from '../../db/queries/index.ts';
import { DAY } from '../lib/day.ts';

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
  /** When his name was told last, epoch ms; older rows have none. */
  at?: number;
}

/** Who was settled as 不是我们这儿的 is not brought before the secretary again for so long. */
export const OUTSIDE = 180 * DAY;

const SEEN = 'seen:';
const seenKey = (connection: string, externalId: string): string => `${SEEN}${connection}:${externalId}`;
const unclearKey = (chatId: number): string => `unclear:${chatId}`;

export function seenPerson(q: Queries, connection: string, externalId: string): SeenPerson | null {
  return q.settings.get<SeenPerson>(seenKey(connection, externalId));
}

/** A name the platform tells stands over one that somebody gives himself. */
export function noteSeen(
  { q, now }: { q: Queries; now: number },
  connection: string,
  externalId: string,
  seen: Partial<SeenPerson>,
): void {
  const before = seenPerson(q, connection, externalId);
  const keepName = before?.by === 'platform' && before.name !== '' && seen.by === 'self';
  const at = seen.name === undefined ? (before?.at ?? now) : now;
  const next = { name: '', by: 'platform' as const, chatId: null, outsideAt: null, ...before, ...seen, at };
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

/**
 * Names told before `before` go as the lines do (decisions 22, 28); whoever is settled stays settled, without a name.
 * How many rows changed, `limit` at most.
 */
export function purgeSeen(q: Queries, before: number, now: number, limit: number): number {
  const gone = new Set<string>();
  let changed = 0;
  for (const { key, value } of q.settings.under<SeenPerson>(SEEN)) {
    const settled = value.outsideAt !== null && now - value.outsideAt < OUTSIDE;
    if (changed === limit) break;
    if (value.at === undefined) q.settings.set(key, { ...value, at: now });
    else if (value.at >= before || (settled && value.name === '')) continue;
    else {
      gone.add(key);
      if (settled) q.settings.set(key, { ...value, name: '', chatId: null });
      else q.settings.remove(key);
    }
    changed++;
  }
  // A group's list of unclear people holds nobody whom nobody could name.
  for (const chat of gone.size === 0 ? [] : q.chats.bound()) {
    const unclear = unclearIn(q, chat.id);
    const left = unclear.filter((id) => !gone.has(seenKey(chat.connection, id)));
    if (left.length < unclear.length) setUnclear(q, chat.id, left);
  }
  return changed;
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
