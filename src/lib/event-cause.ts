/**
 * What an event says is caused by `in:` and its number, before it a letter for how many digits it has: so causes sort as
 * the numbers do, and the index of causes grows at its end, where the platforms' own ids would touch a page of it each.
 */
export function causeOf(event: number): string {
  const digits = String(event);
  return `in:${String.fromCharCode(96 + digits.length)}${digits}`;
}

/** As it may stand in rows: older ones have no letter. */
export const causesOf = (event: number): string[] => [causeOf(event), `in:${event}`];

/** The number in a cause of an event itself, not of what it led to; null for jobs and the rest. */
export function eventOf(cause: string): number | null {
  const number = /^in:[a-p]?(\d+)$/.exec(cause)?.[1];
  return number === undefined ? null : Number(number);
}
