import type { Queries } from '../../db/queries/index.ts';
import type { Org } from '../../db/queries/orgs.ts';
import type { ChatContext } from '../commands/define.ts';
import type { Actor } from '../domain/actor.ts';

/** Decision 16: the bound org of the group; else the author's 报到社区, else his 组织. */
export function orgOfRecord(
  chat: Pick<ChatContext, 'orgId'>,
  actor: Pick<Actor, 'communityId' | 'orgId'>,
): number {
  return chat.orgId ?? actor.communityId ?? actor.orgId;
}

/** The org within which an address is unique: its community; an office without communities: the org itself. */
export function placeScope(q: Queries, orgId: number): number {
  // Step by step upwards: the community is the next step or the one after, and the whole line is not asked for.
  for (let org = q.orgs.get(orgId); org; org = org.parentId === null ? undefined : q.orgs.get(org.parentId))
    if (org.kind === '社区') return org.id;
  return orgId;
}

/** Does a group of this org cover records of that scope? (decision 11) */
export function covers(q: Queries, chatOrgId: number | null, scopeOrgId: number): boolean {
  return chatOrgId !== null && placeScope(q, chatOrgId) === placeScope(q, scopeOrgId);
}

/** The 网格 of that name within a community, if the office has it as an org. */
export function gridNamed(q: Queries, scopeOrgId: number, name: string): Org | undefined {
  const scope = q.orgs.get(scopeOrgId);
  return scope && q.orgs.subtree(scope.path).find((org) => org.kind === '网格' && org.name === name);
}
