import type { Inbound } from '../platform.ts';

export interface People {
  /** Notes who was heard of in which group. */
  note(inbound: Inbound): void;
  /** Those of one group, by their names in the directory. Rejects when it cannot be asked now. */
  members(chatId: string): Promise<{ id: string; name: string }[]>;
}

const GROUPS = 1_000;
const PER_GROUP = 500;

/**
 * An ordinary group's members cannot be listed (dingtalk.md 6), so they are learnt from what they say and from who
 * joins; their names come from the directory, for a nick in a message may be of one's own making. In memory only:
 * whoever speaks again is learnt again.
 */
export function createPeople(personName: (id: string) => Promise<string | undefined>): People {
  const groups = new Map<string, Map<string, string | undefined>>();

  function add(chatId: string, ids: readonly string[]): void {
    const known = groups.get(chatId) ?? new Map<string, string | undefined>();
    groups.delete(chatId);
    groups.set(chatId, known);
    for (const id of ids) if (id && known.size < PER_GROUP && !known.has(id)) known.set(id, undefined);
    const oldest = groups.keys().next();
    if (groups.size > GROUPS && !oldest.done) groups.delete(oldest.value);
  }

  function drop(chatId: string, ids: readonly string[]): void {
    for (const id of ids) groups.get(chatId)?.delete(id);
  }

  return {
    note(inbound) {
      if (inbound.kind === 'message' && inbound.chat.type === 'group')
        add(inbound.chat.id, [inbound.sender.id, ...inbound.mentions.map((each) => each.id)]);
      if (inbound.kind !== 'membership') return;
      const ids = inbound.users.map((user) => user.id);
      if (inbound.change === 'users-added') add(inbound.chat.id, ids);
      else if (inbound.change === 'users-removed') drop(inbound.chat.id, ids);
      else if (inbound.change !== 'bot-added') groups.delete(inbound.chat.id);
    },
    async members(chatId) {
      const known = groups.get(chatId) ?? new Map<string, string | undefined>();
      const found: { id: string; name: string }[] = [];
      for (const [id, before] of known) {
        const name = before ?? (await personName(id));
        if (!name) continue;
        known.set(id, name);
        found.push({ id, name });
      }
      return found;
    },
  };
}
