import { policyAdopt, policyEdit, policyList } from '../../cards/policy.ts';
import type { Adoption } from '../../db/queries/work.ts';
import { quoteText, UNIT_WORDS } from '../domain/policy.ts';
import { mayAnywhere } from '../domain/rights.ts';
import { dayOf, sayDay } from '../lib/day.ts';
import { POLICIES } from '../policies/index.ts';
import { adoptionsAround, policyOf } from '../work/adopt.ts';
import { adoptableOrgs, mayChangeAdoption, orgsAround } from '../work/policy-rights.ts';
import { privateView, type ViewContext } from './define.ts';

function around(v: ViewContext): Adoption[] {
  return v.viewer ? adoptionsAround(v.q, orgsAround(v.q, v.viewer), dayOf(v.now)) : [];
}

function offered(): { label: string; value: string }[] {
  return POLICIES.map((policy) => ({ label: policy.title, value: policy.system }));
}

/** 制度 in force around this person, with the clauses as printed. */
export const policyListView = privateView<Record<never, never>>({
  name: 'policy.list',
  follows: () => ['policies'],
  render(v) {
    const { viewer } = v;
    if (!viewer) return null;
    const today = dayOf(v.now);
    return policyList({
      policies: around(v).map((row) => {
        const policy = policyOf(row);
        const ends = row.toDay === null ? '' : `，到${sayDay(row.toDay, today)}为止`;
        return {
          adoption: row.id,
          title: policy.title,
          source: [policy.issuer, policy.docNo].filter(Boolean).join(' '),
          where: `${v.q.orgs.get(row.orgId)?.name ?? ''} ${sayDay(row.fromDay, today)}起${ends}`.trim(),
          clauses: policy.clauses.map((clause) => ({ place: clause.place, quote: quoteText(clause) })),
        };
      }),
      mayAdopt: mayAnywhere(viewer, 'policy.adopt'),
      offered: offered(),
    });
  },
});

export const policyAdoptView = privateView<Record<never, never>>({
  name: 'policy.adopt',
  render(v) {
    if (!v.viewer) return null;
    const orgs = adoptableOrgs(v.q, v.viewer);
    if (orgs.length === 0) return null;
    return policyAdopt({
      offered: offered(),
      orgs: orgs.map((org) => ({ label: v.q.orgs.label(org.id), value: String(org.id) })),
      from: dayOf(v.now),
    });
  },
});

export const policyEditView = privateView<{ adoption: number }>({
  name: 'policy.edit',
  render(v, { adoption: id }) {
    const row = v.q.work.adoption(id);
    if (!row || !v.viewer || !mayChangeAdoption(v.q, v.viewer, row)) return null;
    const policy = policyOf(row);
    return policyEdit({
      adoption: id,
      title: policy.title,
      docNo: policy.docNo ?? '',
      issuer: policy.issuer ?? '',
      counts: policy.clauses.flatMap(({ id: clause, title, obligation }) =>
        obligation && obligation.byRank === undefined
          ? [
              {
                clause,
                label: `${title}（${UNIT_WORDS[obligation.unit]}）`,
                value: obligation.count === null ? '' : String(obligation.count),
              },
            ]
          : [],
      ),
    });
  },
});
