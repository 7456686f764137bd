/** How far a branch is with each clause: the line of Monday's card (decisions 31, 33; care.md 15, 33). */
import type { Duty } from './obligation-types.ts';
import type { Period } from './period.ts';
import type { Clause, Policy } from './policy.ts';

export type Coverage = {
  key: string;
  policy: Policy;
  clause: Clause;
  period: Period;
  /** members whom the clause asks something in this period */
  people: number;
  /** households (each one once), or visits, days …: what is due in this period, what of it is met */
  owed: number;
  met: number;
  /** put off for a recorded reason: in neither of the two */
  deferred: number;
  /** false = show no figure: fewer than five people, or exactly one who is missing and would be known by it */
  shown: boolean;
};

/** Smallest number of people behind a figure (decision 31, care.md 15). */
const FEWEST = 5;

/** One row a clause and current period, over the duties of all members of a branch (one array a member). */
export function coverage(members: Iterable<readonly Duty[]>): Coverage[] {
  const groups = new Map<string, Duty[]>();
  for (const duties of members) {
    for (const duty of duties) {
      const key = `${duty.key} ${duty.period.key}`;
      const group = groups.get(key);
      if (group) group.push(duty);
      else groups.set(key, [duty]);
    }
  }
  return [...groups.values()].flatMap((group) => {
    const first = group[0];
    return first === undefined ? [] : [rowOf(first, group)];
  });
}

function rowOf({ key, policy, clause, period }: Duty, group: readonly Duty[]): Coverage {
  const perLink = clause.obligation?.each !== 'member';
  const counts = perLink ? countLinks(group) : countAmounts(group);
  const missing = group.filter((duty) => duty.left > 0 && !isWhollyDeferred(duty)).length;
  const shown = group.length >= FEWEST && missing !== 1;
  return { key, policy, clause, period, people: group.length, ...counts, shown };
}

/** A household paired with two members is one household, met when one of them met it. */
function countLinks(group: readonly Duty[]): Pick<Coverage, 'owed' | 'met' | 'deferred'> {
  const state = new Map<number, 'met' | 'due' | 'deferred'>();
  for (const duty of group) {
    for (const d of duty.details) {
      const known = state.get(d.id);
      if (d.left === 0) state.set(d.id, 'met');
      else if (known === undefined || known === 'deferred') {
        state.set(d.id, d.due > duty.period.to ? 'deferred' : 'due');
      }
    }
  }
  const states = [...state.values()];
  const met = states.filter((s) => s === 'met').length;
  const deferred = states.filter((s) => s === 'deferred').length;
  return { owed: states.length - deferred, met, deferred };
}

function countAmounts(group: readonly Duty[]): Pick<Coverage, 'owed' | 'met' | 'deferred'> {
  let owed = 0;
  let met = 0;
  let deferred = 0;
  for (const duty of group) {
    const put = duty.due > duty.period.to ? duty.left : 0;
    owed += duty.owed - put;
    met += Math.min(duty.done, duty.owed);
    deferred += put;
  }
  return { owed, met, deferred };
}

function isWhollyDeferred(duty: Duty): boolean {
  const open = duty.details.filter((d) => d.left > 0);
  if (open.length === 0) return duty.due > duty.period.to;
  return open.every((d) => d.due > duty.period.to);
}
