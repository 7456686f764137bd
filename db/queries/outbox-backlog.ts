import type { OutboxRow } from './outbox-heads.ts';
import type { Session } from './session.ts';

/** What is read of a waiting message to know whether it is its turn. */
export interface Waiting {
  id: number;
  connection: string;
  targetId: string;
  notBefore: number;
  attempts: number;
  state: OutboxRow['state'];
}

interface Queue {
  ids: number[];
  /** Before this one all are final. */
  from: number;
}

/** Rows read at a time, and how often in one look (decision 41: no slice over 50 ms). */
const CHUNK = 5_000;
const CHUNKS = 6;
/** Held messages of one chat that are passed over in one look. */
const PASSED = 8;

/** More than this is a flood for some time yet. */
const LONG = 2_000;

export const chatOf = (row: Pick<Waiting, 'connection' | 'targetId'>): string =>
  `${row.connection} ${row.targetId}`;

/** Due, or tried before: order is kept behind it (decision 38). */
export const holdsOthers = (row: Waiting, now: number): boolean => row.attempts > 0 || row.notBefore <= now;

/** May go now, as far as it goes by itself. */
export const isDue = (row: Waiting, now: number): boolean => row.state === 'pending' && row.notBefore <= now;

/**
 * For the day when a chat is flooded: whose messages wait in a lane, chat by chat, read through once and kept in memory,
 * so that those behind the flood are found without walking it at every look. Only ids are kept, each looked up before it
 * counts; what another process did to a row is seen then.
 */
export function outboxBacklog({ prepare }: Pick<Session, 'prepare'>) {
  const next = prepare<{ id: number; connection: string; targetId: string }>(
    `select id, connection, target_id as "targetId" from outbox
      where state in ('pending', 'leased') and lane = ? and id > ? and id <= ? order by id limit ${CHUNK}`,
  );
  const byId = prepare<Waiting>(
    `select id, connection, target_id as "targetId", not_before as "notBefore", attempts, state from outbox
      where id = ? and state in ('pending', 'leased')`,
  );
  const lanes = new Map<string, { upTo: number; chats: Map<string, Queue> }>();

  /** `committed`: what is newer may yet be undone, and its number given to another. */
  function extend(lane: string, committed: number): Map<string, Queue> {
    const known = lanes.get(lane) ?? { upTo: 0, chats: new Map<string, Queue>() };
    lanes.set(lane, known);
    for (let turn = 0; turn < CHUNKS; turn += 1) {
      const rows = next.all(lane, known.upTo, committed);
      for (const row of rows) {
        const queue = known.chats.get(chatOf(row));
        if (queue) queue.ids.push(row.id);
        else known.chats.set(chatOf(row), { ids: [row.id], from: 0 });
        known.upTo = row.id;
      }
      if (rows.length < CHUNK) break;
    }
    return known.chats;
  }

  /** The chat's message whose turn it is, if it may go now; `empty` when nothing of it waits any more. */
  function turnOf(queue: Queue, now: number): Waiting | 'empty' | null {
    let passed = 0;
    for (let at = queue.from; at < queue.ids.length && passed < PASSED; at += 1) {
      const row = byId.get(queue.ids[at] ?? 0);
      if (!row) {
        if (at === queue.from) queue.from += 1;
        continue;
      }
      if (isDue(row, now)) return row;
      if (holdsOthers(row, now)) return null;
      passed += 1;
    }
    return queue.from >= queue.ids.length ? 'empty' : null;
  }

  return {
    /** At most `limit` messages that may go, one a chat. */
    heads(lane: string, now: number, limit: number, committed: number): number[] {
      const chats = extend(lane, committed);
      const found: number[] = [];
      const looked: string[] = [];
      for (const [chat, queue] of chats) {
        if (found.length >= limit) break;
        looked.push(chat);
        const turn = turnOf(queue, now);
        if (turn === 'empty') chats.delete(chat);
        else if (turn) found.push(turn.id);
      }
      // The next look begins with the others: where more chats wait than are looked at, none waits for ever.
      for (const chat of looked) {
        const queue = chats.get(chat);
        if (!queue) continue;
        chats.delete(chat);
        chats.set(chat, queue);
      }
      return found;
    },
    /** So much waits that the front of the lane need not be walked to know it. */
    isLong(lane: string): boolean {
      let waiting = 0;
      for (const { ids, from } of lanes.get(lane)?.chats.values() ?? []) {
        waiting += ids.length - from;
        if (waiting > LONG) return true;
      }
      return false;
    },
    /** The lane can be walked again. */
    forget: (lane: string): void => void lanes.delete(lane),
  };
}
