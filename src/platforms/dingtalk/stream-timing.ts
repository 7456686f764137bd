const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** All in ms. */
export interface StreamTiming {
  /** Our own ping; after this many of them without a pong the socket is dead. */
  pingEvery: number;
  missesAllowed: number;
  /** No frame at all for so long, DingTalk's own pings included: the socket may be deaf though it answers (dingtalk.md 8, 6). */
  deafAfter: number;
  /** For the open call, and for the handshake. */
  handshake: number;
  firstDelay: number;
  longestDelay: number;
  /** Wrong credentials do not get better by the second. */
  refusedDelay: number;
  /** A connection that lived so long proves that all is well: the next loss starts again with the first delay. */
  stableAfter: number;
  /** How long a replaced socket may still bring acknowledgements home; DingTalk closes it after about 10 s. */
  drain: number;
  /** How long a stop waits for what is being committed. */
  goodbye: number;
}

export const STREAM_TIMING: StreamTiming = {
  pingEvery: 20 * SECOND,
  missesAllowed: 2,
  deafAfter: 10 * MINUTE,
  handshake: 15 * SECOND,
  firstDelay: SECOND,
  longestDelay: MINUTE,
  refusedDelay: MINUTE,
  stableAfter: 30 * SECOND,
  drain: 12 * SECOND,
  goodbye: SECOND,
};

/** Before attempt `n` (1 = after the first loss): doubled each time up to the cap, half of it left to `random` (0..1). */
export function reconnectDelay(attempt: number, random: number, timing: StreamTiming): number {
  const base = Math.min(timing.firstDelay * 2 ** Math.min(attempt - 1, 20), timing.longestDelay);
  return Math.round(base * (0.5 + random / 2));
}
