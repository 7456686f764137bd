import { errorCode } from '../lib/errors.ts';
import type { Answer, Inbound, MessageIn } from '../platforms/platform.ts';
import { type PlatformPerson, REPLAY } from '../work/link-person.ts';
import type { Parts } from './parts.ts';

const replaying = new WeakSet<Parts>();

/**
 * Lines of people who have just been admitted run at their own time, once each (decision 22): the wish is a row, so
 * that a stop in between loses nothing, and the dedupe key is the line's.
 */
export async function replayKeptLines(
  parts: Parts,
  deliver: (event: Inbound) => Promise<Answer>,
): Promise<void> {
  if (replaying.has(parts)) return;
  replaying.add(parts);
  try {
    for (let next = first(parts); next !== null; next = first(parts)) {
      const person = next;
      for (const line of parts.q.strangers.waiting(person.connection, person.externalId)) {
        await deliver({ ...(line.inbound as MessageIn), dedupeKey: `replay:${line.id}` });
      }
      parts.store.transaction(() => settle(parts, person));
    }
  } catch (error) {
    parts.log.warn(
      { code: errorCode(error) },
      'kept lines could not be replayed; tried again with the next event',
    );
  } finally {
    replaying.delete(parts);
  }
}

function first(parts: Parts): PlatformPerson | null {
  return parts.q.settings.get<PlatformPerson[]>(REPLAY)?.[0] ?? null;
}

function settle(parts: Parts, person: PlatformPerson): void {
  const { q } = parts;
  q.strangers.settle(person.connection, person.externalId, parts.clock.now());
  const left = (q.settings.get<PlatformPerson[]>(REPLAY) ?? []).filter(
    (each) => each.connection !== person.connection || each.externalId !== person.externalId,
  );
  if (left.length === 0) q.settings.remove(REPLAY);
  else q.settings.set(REPLAY, left);
}
