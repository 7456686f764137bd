import { errorCode } from '../lib/errors.ts';
import type { Answer, Inbound, Platform } from '../platforms/platform.ts';
import type { Parts } from './parts.ts';

/** Setting that holds the groups whose member list is still to be fetched: `{"<chatId>": <asked at>}`. */
export const WANTED = 'members-wanted';

const asking = new WeakSet<Parts>();

/**
 * A bound group's people are matched with the roster by name (issue 2, point 10). Asking the platform is slow and may
 * fail, so the wish is a row; the answer comes back as an event of its own, once a wish.
 */
export async function fetchWantedMembers(
  parts: Parts,
  platform: (connection: string) => Platform | undefined,
  deliver: (event: Inbound) => Promise<Answer>,
): Promise<void> {
  const wanted = parts.q.settings.get<Record<string, number>>(WANTED);
  if (!wanted || asking.has(parts)) return;
  asking.add(parts);
  try {
    for (const [id, askedAt] of Object.entries(wanted)) {
      const chat = parts.q.chats.get(Number(id));
      const users = chat ? await platform(chat.connection)?.chatMembers(chat.externalId) : undefined;
      if (chat && users) {
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
      parts.store.transaction(() => {
        const left = { ...parts.q.settings.get<Record<string, number>>(WANTED) };
        if (left[id] === askedAt) delete left[id];
        if (Object.keys(left).length === 0) parts.q.settings.remove(WANTED);
        else parts.q.settings.set(WANTED, left);
      });
    }
  } catch (error) {
    parts.log.warn(
      { code: errorCode(error) },
      'the member list could not be fetched; tried again with the next event',
    );
  } finally {
    asking.delete(parts);
  }
}
