import type { Queries } from '../../db/queries/index.ts';
import type { Issue } from '../../db/queries/issue-rows.ts';
import type { Role } from '../domain/actor.ts';
import {
  allSecretaries,
  chooseAsker,
  HEAD_ROLES,
  type Level,
  reworkHandler,
  SECRETARY_ROLES,
  secretaries,
  superiors,
} from '../domain/issue-people.ts';
import { type Suggestion, suggestHandler, type Unit } from '../domain/issue-suggest.ts';
import type { Assignee } from '../domain/issue-types.ts';
import { dayOf } from '../lib/day.ts';

/** What reading needs: the queries and the time. */
export interface Reading {
  q: Queries;
  now: number;
}

const POSTS: readonly Role[] = [...new Set<Role>([...SECRETARY_ROLES, ...HEAD_ROLES])];
/** Roles of the branch's own people; 承办联系人 and 管理员 alone make nobody a member of it. */
const BRANCH: readonly Role[] = ['党员', '网格员', '楼栋长', '书记', '副书记', '支部委员'];

/** The line of orgs upward with who holds what there today. */
export function levelsOf({ q, now }: Reading, orgId: number): Level[] {
  const line = q.orgs.lineage(orgId);
  const posts = q.issues.posts(
    line.map((org) => org.id),
    POSTS,
    dayOf(now),
  );
  return line.map((org) => ({ orgId: org.id, posts: posts.filter((post) => post.orgId === org.id) }));
}

/** Who decides it now (decision 17), never the subject of a complaint. `late`: deputies step in. */
export function decidersOf(
  r: Reading,
  issue: Pick<Issue, 'subjects' | 'triageOrgId' | 'grade'>,
  options: { late?: boolean; also?: number | null } = {},
): number[] {
  const exclude = new Set(issue.subjects);
  if (options.also !== undefined && options.also !== null) exclude.add(options.also);
  const levels = levelsOf(r, issue.triageOrgId);
  return issue.grade === 'danger'
    ? allSecretaries(levels, exclude)
    : secretaries(levels, { late: options.late, exclude });
}

/** Where it can be reported up to: the nearest ancestor in which somebody decides; null: no 上报 button (decision 36). */
export function parentFor(r: Reading, issue: Issue): number | null {
  const exclude = new Set(issue.subjects);
  const above = levelsOf(r, issue.triageOrgId).slice(1);
  return above.find((level) => secretaries([level], { exclude }).length > 0)?.orgId ?? null;
}

/** The handler's own org: the unit's where it was dispatched to one, else the person's (decision 18). */
function handlerLine(r: Reading, issue: Issue): Level[] {
  const own =
    issue.handlerOrgId ??
    (issue.handlerId === null ? null : (r.q.members.get(issue.handlerId)?.orgId ?? null));
  return levelsOf(r, own ?? issue.triageOrgId);
}

export function superiorsOf(r: Reading, issue: Issue): number[] {
  return superiors(handlerLine(r, issue), issue.handlerId);
}

/** Decision 19: everybody who had a hand in it. */
function involved(r: Reading, issue: Issue): Set<number> {
  const visitors =
    issue.visitId === null ? [] : r.q.visits.visitors(issue.visitId).map((each) => each.memberId);
  return new Set(
    [
      issue.handlerId,
      issue.loggerId,
      issue.ownerId,
      ...issue.former,
      ...issue.subjects,
      ...superiorsOf(r, issue),
      ...visitors,
    ].filter((id): id is number => id !== null),
  );
}

/** The asker whom the system names (decision 19), or null: it waits and Monday's list says so. */
export function askerFor(r: Reading, issue: Issue): number | null {
  const { q, now } = r;
  const members = q.issues.membersWith(issue.orgId, BRANCH, dayOf(now));
  const asks = q.issues.asksOpen(members.map((each) => each.memberId));
  const candidates = members.map((each) => ({ ...each, asks: asks.get(each.memberId) ?? 0 }));
  return chooseAsker(candidates, levelsOf(r, issue.orgId).slice(1), involved(r, issue), issue.askerId);
}

/** Who takes a rework: another, one level up (S2-66). */
export function reworkFor(r: Reading, issue: Issue): Assignee {
  const had = [issue.handlerId, issue.ownerId, ...issue.former, ...issue.subjects].filter(
    (id): id is number => id !== null,
  );
  const exclude = new Set(had);
  const handlerId =
    reworkHandler(handlerLine(r, issue), exclude) ?? reworkHandler(levelsOf(r, issue.triageOrgId), exclude);
  return { handlerId, handlerOrgId: null };
}

/** 承办单位 that this matter can be dispatched to, nearest first; a unit whose people are its subject is left out. */
export function unitsFor({ q, now }: Reading, issue: Issue): readonly Unit[] {
  const line = q.orgs.lineage(issue.triageOrgId).map((org) => org.id);
  const units = q.issues.unitsUnder(line);
  if (issue.subjects.length === 0) return units;
  return units.filter(
    (unit) =>
      !q.members
        .holders(unit.id, ['承办联系人'], dayOf(now))
        .some((each) => issue.subjects.includes(each.id)),
  );
}

/** Members who can handle it: of the branch, and of the org that decides. */
export function handlersFor({ q, now }: Reading, issue: Issue): { memberId: number; name: string }[] {
  const day = dayOf(now);
  const here = q.issues.membersWith(issue.orgId, BRANCH, day);
  const there = issue.triageOrgId === issue.orgId ? [] : q.issues.membersWith(issue.triageOrgId, BRANCH, day);
  const known = new Set<number>();
  return [...here, ...there].filter(
    (each) =>
      !issue.subjects.includes(each.memberId) && !known.has(each.memberId) && known.add(each.memberId),
  );
}

/** Contacts of a unit (decision 15): who may take what was dispatched to it. */
export function contactsOf({ q, now }: Reading, unitId: number, issue: Issue): number[] {
  return q.members
    .holders(unitId, ['承办联系人'], dayOf(now))
    .map((each) => each.id)
    .filter((id) => !issue.subjects.includes(id));
}

/** [按建议办]: who could handle it. */
export function suggestionFor(r: Reading, issue: Issue): Suggestion {
  const branch = handlersFor(r, issue);
  return suggestHandler({
    topic: issue.topic,
    words: issue.words,
    reporterId: branch.some((each) => each.memberId === issue.loggerId) ? issue.loggerId : null,
    units: unitsFor(r, issue),
    past: r.q.issues.pastUnits(issue.orgId, issue.topic),
    returned: issue.returned,
  });
}
