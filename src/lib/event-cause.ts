/**
 * What an event says is caused by `in:<its number>`: numbers rise, so the index of causes grows at its end, where the
 * platforms' own ids would touch a page of it each.
 */
export const causeOf = (event: number): string => `in:${event}`;

/** The number in a cause of an event itself, not of what it led to; null for jobs and the rest. */
export function eventOf(cause: string): number | null {
  const number = /^in:(\d+)$/.exec(cause)?.[1];
  return number === undefined ? null : Number(number);
}
