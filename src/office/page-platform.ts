import { PAGE } from '../domain/own-page.ts';
import { DAY } from '../lib/day.ts';
import type { Platform } from '../platforms/platform.ts';

/**
 * Personal pages behind the port of the platforms, so that whoever speaks to people need not know of them. Nothing
 * goes anywhere: what is sent stays in its row and is shown when the page is opened (own-page.ts).
 */
export function pagePlatform(): Platform {
  return {
    name: 'page',
    connection: PAGE,
    limits: {
      perChatPerSecond: 100,
      perSecond: 1_000,
      perMinute: 60_000,
      idempotencyMs: DAY,
      cardLifeMs: 0,
    },
    receive: () => ({ kind: 'refused', status: 401, error: 'no_such_address', operator: '专页没有推送地址' }),
    answer: () => ({}),
    deliver: async (out) => ({ status: 'sent', messageId: `page:${out.uuid}` }),
    chatMembers: async () => [],
    state: () => ({ up: true, detail: '专页' }),
  };
}
