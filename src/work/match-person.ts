import type { Queries } from '../../db/queries/index.ts';
import type { Member } from '../../db/queries/members.ts';
import { normaliseName, pinyinOf } from '../domain/names.ts';

export interface SoughtPerson {
  connection: string;
  /** As the platform shows it. */
  name: string;
  /** The bound org of the group; null where nothing narrows the roster. */
  orgId: number | null;
}

export interface PersonMatch {
  /** Exactly one fits by name, near that org, and has no id on this connection yet. */
  sure: Member | null;
  /** Same sound, nearest first, for somebody to choose from. */
  likely: Member[];
}

/** A display name against the roster (decision 22; issue 2, point 10). */
export function matchPerson(q: Queries, { connection, name, orgId }: SoughtPerson): PersonMatch {
  const plain = normaliseName(name);
  if (plain === '') return { sure: null, likely: [] };
  const free = (member: Member): boolean =>
    member.status === '在册' &&
    !q.members.identities(member.id).some((each) => each.connection === connection);
  const near = nearTo(q, orgId);
  const alike = q.members.byPinyin(pinyinOf(plain)).filter(free);
  const close = alike.filter((member) => member.name === plain && near(member));
  return {
    sure: close.length === 1 ? (close[0] ?? null) : null,
    likely: [...alike.filter(near), ...alike.filter((member) => !near(member))].slice(0, 8),
  };
}

/** Of the org's subtree or of an org above it, or registered with a community inside the subtree. */
function nearTo(q: Queries, orgId: number | null): (member: Member) => boolean {
  const org = orgId === null ? undefined : q.orgs.get(orgId);
  if (!org) return () => orgId === null;
  const above = new Set(q.orgs.lineage(org.id).map((each) => each.id));
  const within = (id: number | null): boolean =>
    id !== null && (q.orgs.get(id)?.path.startsWith(org.path) ?? false);
  return (member) => above.has(member.orgId) || within(member.orgId) || within(member.communityId);
}
