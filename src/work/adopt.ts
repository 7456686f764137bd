import type { Queries } from '../../db/queries/index.ts';
import type { Adoption } from '../../db/queries/work.ts';
import { adoptPolicy, type Policy, type PolicyOverrides } from '../domain/policy.ts';
import { addDays } from '../lib/day.ts';

export interface Adopting {
  orgId: number;
  /** First day it holds. */
  from: string;
  by: number | null;
  now: number;
  own?: PolicyOverrides;
}

export type Adopted = { adoption: Adoption; fresh: boolean };

/** Adopting is copying as one's own (decision 29). The same system from the same day at the same org is adopted once. */
export function adopt(q: Queries, policy: Policy, given: Adopting): Adopted {
  const copy = adoptPolicy(policy, given.own);
  const running = q.work
    .adoptions()
    .filter((row) => row.orgId === given.orgId && row.system === policy.system && row.toDay === null);
  const same = running.find((row) => row.fromDay <= given.from);
  if (same && !given.own) return { adoption: same, fresh: false };
  // A new copy takes over from the old one on its first day; one that never began is simply replaced.
  for (const row of running) endAdoption(q, row, addDays(given.from, -1));
  const adoption = q.work.adopt({
    system: policy.system,
    orgId: given.orgId,
    policy: copy,
    fromDay: given.from,
    by: given.by,
    now: given.now,
  });
  return { adoption, fresh: true };
}

/** The last day it holds; an adoption that had not begun by then never holds. */
export function endAdoption(q: Queries, row: Pick<Adoption, 'id' | 'fromDay'>, lastDay: string): void {
  q.work.endAdoption(row.id, lastDay);
}

/** Adoptions of the orgs around one org that hold today or begin later, the oldest first. */
export function adoptionsAround(q: Queries, orgIds: readonly number[], today: string): Adoption[] {
  return q.work
    .adoptions()
    .filter((row) => orgIds.includes(row.orgId))
    .filter((row) => row.toDay === null || (row.toDay >= today && row.toDay >= row.fromDay));
}

/** The stored copy as a policy: it was checked when it was adopted. */
export function policyOf(row: Pick<Adoption, 'policy'>): Policy {
  return row.policy as Policy;
}
