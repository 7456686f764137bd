/** What an organisation arranges and no member owes: pairings to hand out (S2-39), the share of a roster (S2-36). */
import type { Day } from '../lib/day.ts';
import type { MemberFacts } from './obligation-types.ts';
import { belongsTo, isOn, mergeLinks, quotaOf } from './obligation-who.ts';
import type { Clause, Cohort, Policy } from './policy.ts';

export type RosterMember = Pick<MemberFacts, 'id' | 'cohorts' | 'roles' | 'rank' | 'pairings'>;

/** Share of a roster: `left` more are to be chosen to reach the per cent of the clause. */
export type ShareStanding = {
  clause: Clause;
  total: number;
  selected: number;
  required: number;
  left: number;
};
/** Members of the cohort who have fewer households than the clause assigns them. */
export type PairingStanding = { clause: Clause; short: { memberId: number; owed: number; done: number }[] };

/** Every share clause of the policy over the members of one unit. An office without 人员类别 selects nobody. */
export function shares(policy: Policy, roster: readonly RosterMember[]): ShareStanding[] {
  return policy.clauses.flatMap((clause) => {
    const { share } = clause;
    if (share === undefined) return [];
    const among = (cohort: Cohort) => roster.filter((m) => belongsTo(cohort, m, false));
    const selected = new Set(among(clause.cohort).map((m) => m.id));
    // who was selected is one of those among whom it is selected, listed as such or not
    const total = new Set([...selected, ...among(share.of).map((m) => m.id)]).size;
    const required = Math.ceil((total * share.percent) / 100);
    return [
      { clause, total, selected: selected.size, required, left: Math.max(0, required - selected.size) },
    ];
  });
}

/** Every clause by which the organisation assigns households, with the members who still wait for theirs. */
export function pairingsToArrange(
  policy: Policy,
  roster: readonly RosterMember[],
  today: Day,
): PairingStanding[] {
  return policy.clauses.flatMap((clause) => {
    const o = clause.obligation;
    if (o?.bearer !== 'org' || o.unit !== 'pairings') return [];
    const short = roster.flatMap((m) => {
      const done = mergeLinks(m.pairings).filter((link) => isOn(link, today)).length;
      const owed = quotaOf(o, m);
      return belongsTo(clause.cohort, m, done > 0) && done < owed ? [{ memberId: m.id, owed, done }] : [];
    });
    return [{ clause, short }];
  });
}
