import type { Visit, VisitChange } from '../../db/queries/visits.ts';
import type { Ctx } from '../commands/define.ts';
import { canonicalAddress } from '../domain/address.ts';
import type { Relation } from '../domain/rights.ts';
import { dutiesChanged } from './duties-changed.ts';
import { matchHousehold } from './match-household.ts';
import { placeScope } from './place.ts';
import { creditedVisitors } from './visitors.ts';

/** How the actor stands to a visit. */
export function visitRelations(ctx: Pick<Ctx, 'actor' | 'q' | 'today'>, visit: Visit): Relation[] {
  const me = ctx.actor.memberId;
  const relations: Relation[] = [];
  if (visit.typistId === me) relations.push('typist');
  if (ctx.q.visits.visitors(visit.id).some((each) => each.memberId === me)) relations.push('visitor');
  if (visit.householdId !== null && ctx.q.households.isPaired(me, visit.householdId, ctx.today))
    relations.push('paired');
  return relations;
}

/** The visit if the presser may change it and has seen its present version; else a toast says why. */
export function visitToChange(ctx: Ctx, id: number, version: number | null): Visit | null {
  const visit = ctx.q.visits.get(id);
  if (!visit) {
    ctx.toast('这条记录已经不在了。', 'bad');
    return null;
  }
  const path = ctx.q.orgs.get(visit.orgId)?.path ?? '/';
  if (!ctx.may('visit.change', { path, relations: visitRelations(ctx, visit) })) {
    ctx.toast('这条记录由记的人来改。', 'bad');
    return null;
  }
  if (visit.withdrawnAt !== null) {
    ctx.toast('这条已经撤销了，先恢复再改。', 'bad');
    return null;
  }
  if (version !== null && version !== visit.version) {
    ctx.changed(`visits:${visit.batch}`);
    ctx.toast('这条刚改过，卡片已换成最新的，请再看一眼。');
    return null;
  }
  return visit;
}

/** Corrects a visit with a trace; the household is matched anew when place or person change, credit is counted anew. */
export function changeVisit(
  ctx: Ctx,
  visit: Visit,
  change: Omit<VisitChange, 'householdId' | 'building'> & { visitors?: string[] },
): void {
  const { q } = ctx;
  const { visitors, ...columns } = change;
  const place = columns.place === undefined ? visit.place : columns.place;
  const person = columns.person === undefined ? visit.person : columns.person;
  const day = columns.happenedDay ?? visit.happenedDay;
  const moved = place !== visit.place || person !== visit.person;
  const household = moved
    ? matchHousehold(q, {
        scope: placeScope(q, visit.orgId),
        place,
        person,
        memberId: visit.typistId,
        day,
        now: ctx.now,
      }).household
    : visit.householdId === null
      ? null
      : (q.households.get(visit.householdId) ?? null);
  const building = canonicalAddress(place ?? '').building ?? household?.building ?? '';
  recordChange(ctx, visit, { ...columns, householdId: household?.id ?? null, building }, visitors);
}

/** Moves a visit to another household, or to a new one of its own words; no text stays at the wrong one (decision 20). */
export function moveVisit(ctx: Ctx, visit: Visit, householdId: number | null): void {
  const { q } = ctx;
  const target = householdId === null ? ownHousehold(ctx, visit) : q.households.get(householdId);
  if (!target || target.orgId !== placeScope(q, visit.orgId)) {
    ctx.toast('这户不在您这里，没有改动。', 'bad');
    return;
  }
  const place = householdId === null ? visit.place : q.households.address(target) || visit.place;
  const person = householdId === null ? visit.person : target.headName || visit.person;
  recordChange(ctx, visit, {
    householdId: target.id,
    place,
    person,
    building: target.building || visit.building,
  });
}

function ownHousehold(ctx: Ctx, visit: Visit) {
  return ctx.q.households.create({
    orgId: placeScope(ctx.q, visit.orgId),
    address: visit.place ?? '',
    headName: visit.person ?? '',
    day: visit.happenedDay,
    now: ctx.now,
  });
}

function recordChange(ctx: Ctx, visit: Visit, change: VisitChange, visitors?: string[]): void {
  const { q } = ctx;
  const before = q.visits.visitors(visit.id);
  ctx.audit('visit.change', `visits:${visit.batch}`, {
    before: visit,
    visitors: before.map((each) => each.name),
  });
  q.visits.change(visit.id, change);
  const after = q.visits.get(visit.id);
  const typist = q.members.get(visit.typistId);
  if (!after || !typist) return;
  const household = after.householdId === null ? null : (q.households.get(after.householdId) ?? null);
  const credited = creditedVisitors(q, {
    typist: { memberId: typist.id, name: typist.name },
    visitors: visitors ?? before.map((each) => each.name),
    companions: [],
    orgId: visit.orgId,
    day: after.happenedDay,
    household,
    place: after.place,
  });
  q.visits.setVisitors(visit.id, after.happenedDay, credited);
  putMatterRight(ctx, after);
  ctx.changed(`visits:${visit.batch}`);
  dutiesChanged(ctx, [...before, ...credited]);
}

/** What the visit was turned into follows it to the right family, or another one would be asked about this one's trouble (decision 20). */
function putMatterRight(ctx: Ctx, visit: Visit): void {
  const found = ctx.q.issues.ofVisit(visit.id);
  const issue = found && ctx.q.issues.get(found.id);
  if (!issue || issue.state === 'closed') return;
  const { place, person, householdId, building } = visit;
  if (issue.place === place && issue.person === person && issue.householdId === householdId) return;
  ctx.audit('issue.place', `issue:${issue.id}`, {
    before: { place: issue.place, person: issue.person, household: issue.householdId },
  });
  ctx.q.issues.putRight(issue.id, { place, person, householdId, building });
  ctx.changed(`issue:${issue.id}`);
}
