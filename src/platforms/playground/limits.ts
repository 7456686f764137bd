import type { PlatformLimits } from '../platform.ts';

/** The room is in memory: it imposes nothing of its own. A repeated uuid is honoured as long as the process lives. */
export const limits: PlatformLimits = {
  perChatPerSecond: 1000,
  perSecond: 5000,
  perMinute: 100_000,
  idempotencyMs: 24 * 60 * 60_000,
  // Decision 39 re-posts cards at day 12 on platforms where they die at day 14; here they never die.
  cardLifeMs: 365 * 24 * 60 * 60_000,
};
