/** The only source of "now": hosts pass a real one, tests and the playground one that can be moved. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that runs on from `start` (or stands still with `frozen`) and can be set forward. */
export function movableClock(
  start: number,
  options: { frozen?: boolean } = {},
): Clock & { set(to: number): void } {
  let base = start;
  let real = Date.now();
  return {
    now: () => (options.frozen ? base : base + (Date.now() - real)),
    set(to) {
      base = to;
      real = Date.now();
    },
  };
}
