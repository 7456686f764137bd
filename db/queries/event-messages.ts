import { causesOf } from '../../src/lib/event-cause.ts';
import type { Session } from './session.ts';

/** Messages looked through at a time, and how often: many days of a county. */
const SLICE = 2_000;
const SLICES = 50;
/** A clock may have been set back by so much, ms. */
const SET_BACK = 15 * 60_000;

/**
 * The numbers of the messages an event said, oldest first. They have no index of causes, for it would cost every event,
 * and are asked for only when somebody takes back what he typed: looked for backwards to when it came.
 */
export function eventMessages({ prepare }: Pick<Session, 'prepare'>) {
  const cameAt = prepare<{ at: number }>('select received_at as at from inbox where id = ?');
  const before = prepare<{ id: number; cause: string; at: number }>(
    `select id, cause, created_at as at from outbox where id < ? order by id desc limit ${SLICE}`,
  );
  return (event: number): number[] => {
    const since = cameAt.get(event)?.at;
    if (since === undefined) return [];
    const causes = causesOf(event);
    const found: number[] = [];
    let from = Number.MAX_SAFE_INTEGER;
    for (let slice = 0; slice < SLICES; slice += 1) {
      const rows = before.all(from);
      found.push(...rows.filter(({ cause }) => causes.includes(cause)).map(({ id }) => id));
      const last = rows.at(-1);
      if (rows.length < SLICE || !last || last.at < since - SET_BACK) break;
      from = last.id;
    }
    return found.sort((one, other) => one - other);
  };
}
