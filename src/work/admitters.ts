import type { Queries } from '../../db/queries/index.ts';
import type { Actor } from '../domain/actor.ts';
import { allSecretaries, secretaries } from '../domain/issue-people.ts';
import { may } from '../domain/rights.ts';
import { dayOf } from '../lib/day.ts';
import { levelsOf } from './issue-people.ts';
import { matchPerson, type SoughtPerson } from './match-person.ts';

/**
 * Who is asked about somebody unknown (decision 22): the secretary of the group's org (decision 17), in private chat
 * those of the orgs where the name stands in the roster, else the administrators. Only who can be reached.
 */
export function admittersFor(q: Queries, now: number, sought: SoughtPerson): number[] {
  const reachable = (id: number): boolean => q.members.hasChat(id);
  const orgs =
    sought.orgId !== null ? [sought.orgId] : matchPerson(q, sought).likely.map((member) => member.orgId);
  const found = [...new Set(orgs)].flatMap((orgId) => {
    const levels = levelsOf({ q, now }, orgId);
    const first = secretaries(levels).filter(reachable);
    return first.length > 0 ? first : allSecretaries(levels).filter(reachable);
  });
  if (found.length > 0) return [...new Set(found)];
  const day = dayOf(now);
  return [...new Set(q.roster.administrators().map((held) => held.memberId))].filter(
    (id) => reachable(id) && q.members.actor(id, day) !== null,
  );
}

/** May he say who somebody is, for this org? */
export function mayAdmit(q: Queries, actor: Actor, orgId: number): boolean {
  return may(actor, 'roster.admit', { path: q.orgs.get(orgId)?.path ?? '\0' });
}

/** Orgs into which he may take somebody, his own first; at most `limit`. */
export function admitOrgs(q: Queries, actor: Actor, limit: number): { id: number; label: string }[] {
  const own = q.orgs.get(actor.orgId);
  const held = actor.roles.flatMap((role) => q.orgs.subtree(role.path));
  const all = new Map([...(own ? [own] : []), ...held].map((org) => [org.id, org]));
  return [...all.values()]
    .filter((org) => mayAdmit(q, actor, org.id))
    .slice(0, limit)
    .map((org) => ({ id: org.id, label: q.orgs.label(org.id) }));
}
