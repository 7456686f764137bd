/** A leased message whose process is gone is looked at again after this long, ms. */
export const LEASE = 30_000;
/** Calls under way at once. */
export const CONCURRENT = 16;
/** A call that has not answered by then has an unknown outcome. The SDK's own time-out is shorter. */
export const CALL = 15_000;
/** A pump with nothing to wait for looks again after this long, where timers cost nothing. */
export const IDLE = 30_000;
/** Looked at in one claim: more than chats can be at their limit while the app has room. */
export const HEADS = 100;
/** Shorter waits are a timer on every host: an object does not fall asleep that fast anyway. */
export const SHORT = 1_000;
