/** Roles of decision 15, as the roster writes them; 居民志愿者 by decision 22: records and reports, reads nothing. */
export const ROLES = [
  '党员',
  '网格员',
  '楼栋长',
  '书记',
  '副书记',
  '支部委员',
  '诉求中心',
  '领导',
  '承办联系人',
  '组织部',
  '管理员',
  '居民志愿者',
] as const;
export type Role = (typeof ROLES)[number];

/** A role held in the subtree of one org; `path` is the org's id path (`/1/4/`), so a subtree is a prefix. */
export interface RoleHolding {
  role: Role;
  orgId: number;
  path: string;
}

/** Who is acting: a member in the roster with the roles in force today. */
export interface Actor {
  memberId: number;
  name: string;
  orgId: number;
  orgPath: string;
  communityId: number | null;
  roles: RoleHolding[];
}

/** `/1/4/7/` lies within `/1/4/`. */
export function isWithin(path: string, ancestor: string): boolean {
  return path.startsWith(ancestor);
}

/** Does the actor hold one of `roles` over this org path? */
export function holds(actor: Actor, roles: readonly Role[], path: string): boolean {
  return actor.roles.some((held) => roles.includes(held.role) && isWithin(path, held.path));
}
