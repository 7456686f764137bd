/** Milliseconds before attempt `n` (1 = after the first failure): 1 s, 2 s, 4 s … at most 5 min, with ±20 % of `random` (0..1). */
export function backoff(attempt: number, random: number): number {
  const base = Math.min(1000 * 2 ** Math.max(attempt - 1, 0), 300_000);
  return Math.round(base * (0.8 + 0.4 * random));
}
