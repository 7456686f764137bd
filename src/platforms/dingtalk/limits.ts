import type { PlatformLimits } from '../platform.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * What the pump must keep to (dingtalk.md 5.2, 5.9): 20 calls a second for one API of one app. A plain send cannot be
 * repeated without danger (decision 37); a card can be updated for as long as we keep it.
 */
export const DINGTALK_LIMITS: PlatformLimits = {
  perChatPerSecond: 5,
  perSecond: 20,
  perMinute: 1000,
  idempotencyMs: 0,
  cardLifeMs: 14 * DAY,
};

/** What the free edition gives an organisation in a month, all its apps together (dingtalk.md 5.9). */
export const FREE_EDITION = { calls: 5_000, pushes: 3_000 };

/** `msgParam` as UTF-8 (dingtalk.md 5.2: 15,000), counted a little short for safety. */
export const MESSAGE_BYTES = 14_500;
/** Everything in a card's `cardParamMap` (dingtalk.md 4.2: 100 KB). */
export const CARD_BYTES = 95_000;
/** One value of it, where a card was refused for its size (dingtalk.md 4.2: 1 KB). */
export const CARD_VALUE_BYTES = 1_000;

/** Every API call ends within this; silence afterwards means "unknown" (decision 37). */
export const CALL_TIMEOUT_MS = 5 * SECOND;
/** A file may take longer than a call. */
export const DOWNLOAD_TIMEOUT_MS = 30 * SECOND;

/** A token lives two hours; asked for anew at 80 % (dingtalk.md 5.1). */
export const TOKEN_SHARE = 0.8;

/** Through one group's webhook (dingtalk.md 5.5): the twenty-first would shut it for ten minutes. */
export const WEBHOOK_PER_MINUTE = 20;

/** After how long what was refused is tried again. */
export const RETRY = {
  /** 20 calls a second were exceeded (dingtalk.md 5.9). */
  qps: SECOND,
  /** `toomuch.msg`: 6,000 messages a minute. */
  tooMuch: MINUTE,
  /** The address was shut out for five minutes (dingtalk.md 5.9). */
  ip: 5 * MINUTE,
  /** Credentials or permissions: an operator sets it right, nothing need be lost. */
  setting: 10 * MINUTE,
  /** The month's allowance is used up; more may be bought at any time. */
  quota: HOUR,
} as const;

/** A template found unusable is tried again after this long; each try costs a call of the allowance. */
export const TEMPLATE_RETRY_MS = 6 * HOUR;
