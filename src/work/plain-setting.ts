import type { Queries } from '../../db/queries/index.ts';

/** Somebody's own choice of words instead of cards (文字版). */
const keyOf = (memberId: number): string => `plain:${memberId}`;

export const isPlain = (q: Queries, memberId: number): boolean =>
  q.settings.get<boolean>(keyOf(memberId)) === true;

export function setPlain(q: Queries, memberId: number, on: boolean): void {
  if (on) q.settings.set(keyOf(memberId), true);
  else q.settings.remove(keyOf(memberId));
}
