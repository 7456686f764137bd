import type { TickReport } from '../office/office.ts';

export interface TickDeps {
  office: { tick(now: number, timeoutMs?: number): Promise<TickReport> };
  print(line: string): void;
}

/** How long a tick waits for its messages, ms (decision 46). */
const WAIT = 60_000;

/**
 * `tick --now T`: every job due by T and not yet recorded runs in order of due time, then it waits until the messages
 * are sent or finally failed (decision 46). One line `{"now","jobs","sent","failed","left"}`; 1 if anything is left.
 */
export async function runTick(now: number, { office, print }: TickDeps): Promise<number> {
  const { now: at, jobs, sent, failed, left } = await office.tick(now, WAIT);
  print(JSON.stringify({ now: at, jobs, sent, failed, left }));
  return left > 0 ? 1 : 0;
}
