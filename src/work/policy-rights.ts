import type { Queries } from '../../db/queries/index.ts';
import type { Org } from '../../db/queries/orgs.ts';
import type { Adoption } from '../../db/queries/work.ts';
import { type Actor, isWithin } from '../domain/actor.ts';
import { may } from '../domain/rights.ts';

/** Orgs whose policies this person sees: his own line and his community's, and what he may adopt for. */
export function orgsAround(q: Queries, actor: Actor): number[] {
  const own = [actor.orgId, actor.communityId].flatMap((id) => (id === null ? [] : q.orgs.lineage(id)));
  return [...new Set([...own, ...adoptableOrgs(q, actor)].map((org) => org.id))];
}

/** Orgs a role to adopt is held on, and below them what groups people: 党委, 党总支, 党支部, 社区, 街道. */
export function adoptableOrgs(q: Queries, actor: Actor): Org[] {
  const found = new Map<number, Org>();
  for (const held of actor.roles) {
    for (const org of q.orgs.subtree(held.path)) {
      if (org.kind === '承办单位' || org.kind === '网格') continue;
      if (isWithin(org.path, held.path) && may(actor, 'policy.adopt', { path: org.path }))
        found.set(org.id, org);
    }
  }
  return [...found.values()].sort((a, b) => a.path.length - b.path.length || a.id - b.id).slice(0, 50);
}

export function mayChangeAdoption(q: Queries, actor: Actor, row: Pick<Adoption, 'orgId'>): boolean {
  return may(actor, 'policy.adopt', { path: q.orgs.get(row.orgId)?.path ?? '/' });
}
