import type { Platform } from '../../src/platforms/platform.ts';
import { CONNECTION } from '../load/app.ts';

/** A platform that takes everything at once: only the house's own cost is left. */
export function createTaker(): Platform {
  let sent = 0;
  return {
    name: 'feishu',
    connection: CONNECTION,
    limits: {
      perChatPerSecond: 1e6,
      perSecond: 1e6,
      perMinute: 1e6,
      idempotencyMs: 3_300_000,
      cardLifeMs: 14 * 86_400_000,
    },
    receive: () => ({ kind: 'refused', status: 401, error: 'off', operator: '' }),
    answer: () => ({}),
    async deliver() {
      sent += 1;
      return { status: 'sent', messageId: `om_taken_${sent}` };
    },
    chatMembers: async () => [],
    state: () => ({ up: true, detail: '' }),
  };
}
