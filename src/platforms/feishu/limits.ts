import type { PlatformLimits } from '../platform.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** What the pump must keep to (feishu.md 4.2, 4.3, 5.2). The hour of decision 37 is Feishu's own; the pump's margin makes it 55 min. */
export const FEISHU_LIMITS: PlatformLimits = {
  perChatPerSecond: 5,
  perSecond: 50,
  perMinute: 1000,
  idempotencyMs: 60 * MINUTE,
  cardLifeMs: 14 * DAY,
};

/** Cards (feishu.md 5.2): 30 KB and 200 elements at most, counted a little short for safety. */
export const CARD_BYTES = 29_000;
export const CARD_ELEMENTS = 195;

/** Plain text messages: 150 KB (feishu.md 4.2); nobody reads more than this. */
export const TEXT_CHARACTERS = 20_000;

/** Every API call ends within this; silence afterwards means "unknown" (decision 37). */
export const CALL_TIMEOUT_MS = 5_000;

/** A file or picture of a received message; up to some ten megabytes over a slow line. */
export const DOWNLOAD_TIMEOUT_MS = 60_000;

/** Decision 2: how old a pushed event's stamp may be (re-pushes may keep the old one), and how far ahead. */
export const STALE_AFTER_MS = 8 * 60 * MINUTE;
export const AHEAD_AT_MOST_MS = 5 * MINUTE;
