import type { Queries } from '../../db/queries/index.ts';

/** Setting: administrators who wait for the answer to /体检, by row id, with when they asked (epoch ms). */
const WANTED = 'checkup';

type Wanted = Record<string, number>;

/** A wish is a row, so that a stop in between costs nobody his answer. False: he waits already. */
export function wishCheckup(q: Queries, memberId: number, now: number): boolean {
  const wanted = q.settings.get<Wanted>(WANTED) ?? {};
  if (wanted[memberId] !== undefined) return false;
  q.settings.set(WANTED, { ...wanted, [memberId]: now });
  return true;
}

/** Who waits, with when he asked. */
export function wantedCheckups(q: Queries): { memberId: number; askedAt: number }[] {
  return Object.entries(q.settings.get<Wanted>(WANTED) ?? {}).map(([id, askedAt]) => ({
    memberId: Number(id),
    askedAt,
  }));
}

/** Those have their answer; who has asked meanwhile goes on waiting. */
export function settleCheckups(q: Queries, answered: readonly { memberId: number }[]): void {
  const left = { ...q.settings.get<Wanted>(WANTED) };
  for (const { memberId } of answered) delete left[memberId];
  if (Object.keys(left).length === 0) q.settings.remove(WANTED);
  else q.settings.set(WANTED, left);
}
