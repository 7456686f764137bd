import type { Inbound } from './platform.ts';

/** What every inbound carries: the tenant, the key that it is counted by (decision 3), the time of the act. */
export interface From {
  connection: string;
  dedupeKey: string;
  at: number;
}

/** Accepted, remembered by its id, and nothing else. */
export function unsupported(from: From, type: string): Inbound {
  const { connection, dedupeKey, at } = from;
  return { connection, dedupeKey, at, kind: 'unsupported', type };
}
