import { DAY, MINUTE } from '../lib/day.ts';
import { errorCode } from '../lib/errors.ts';
import type { Answer, Inbound, Platform } from '../platforms/platform.ts';
import { MEMBERS_WANTED as WANTED } from '../work/group-people.ts';
import type { Parts } from './parts.ts';

/** Groups whose list could not be had rest until then (epoch ms), so that no other event has to wait for them. */
const resting = new WeakMap<Parts, Map<string, number>>();
const asking = new WeakSet<Parts>();

type Wanted = Record<string, number>;

/**
 * A bound group's people are matched with the roster by name (issue 2, point 10). Asking the platform is slow and may
 * fail, so the wish is a row; the answer comes back as an event of its own, once a wish. A wish lives a day.
 */
export async function fetchWantedMembers(
  parts: Parts,
  platform: (connection: string) => Platform | undefined,
  deliver: (event: Inbound) => Promise<Answer>,
): Promise<void> {
  if (asking.has(parts)) return;
  asking.add(parts);
  try {
    for (let next = nextWanted(parts); next; next = nextWanted(parts)) {
      const [id, askedAt] = next;
      try {
        await fetchOne(parts, platform, deliver, id, askedAt);
        forget(parts, id, askedAt);
      } catch (error) {
        parts.log.warn(
          { code: errorCode(error), chat: Number(id) },
          'a member list could not be fetched; tried again later',
        );
        rest(parts).set(id, parts.clock.now() + MINUTE);
        if (parts.clock.now() - askedAt > DAY) forget(parts, id, askedAt);
      }
    }
  } catch (error) {
    parts.log.warn({ code: errorCode(error) }, 'the wish for a member list could not be settled');
  } finally {
    asking.delete(parts);
  }
}

async function fetchOne(
  parts: Parts,
  platform: (connection: string) => Platform | undefined,
  deliver: (event: Inbound) => Promise<Answer>,
  id: string,
  askedAt: number,
): Promise<void> {
  const chat = parts.q.chats.get(Number(id));
  const users =
    chat && chat.goneAt === null ? await platform(chat.connection)?.chatMembers(chat.externalId) : undefined;
  if (!chat || !users) return;
  await deliver({
    kind: 'membership',
    connection: chat.connection,
    dedupeKey: `members:${id}:${askedAt}`,
    at: askedAt,
    change: 'users-added',
    chat: { id: chat.externalId, type: 'group', external: chat.external },
    operator: { id: '' },
    users,
  });
}

function rest(parts: Parts): Map<string, number> {
  const known = resting.get(parts) ?? new Map<string, number>();
  resting.set(parts, known);
  return known;
}

function nextWanted(parts: Parts): [string, number] | undefined {
  const wanted = Object.entries(parts.q.settings.get<Wanted>(WANTED) ?? {});
  return wanted.find(([id]) => (rest(parts).get(id) ?? 0) <= parts.clock.now());
}

function forget(parts: Parts, id: string, askedAt: number): void {
  parts.store.transaction(() => {
    const left = { ...parts.q.settings.get<Wanted>(WANTED) };
    if (left[id] === askedAt) delete left[id];
    if (Object.keys(left).length === 0) parts.q.settings.remove(WANTED);
    else parts.q.settings.set(WANTED, left);
  });
}
