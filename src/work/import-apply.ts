import type { Household } from '../../db/queries/households.ts';
import type { Queries } from '../../db/queries/index.ts';
import type { Member } from '../../db/queries/members.ts';
import { canonicalAddress } from '../domain/address.ts';
import { pinyinOf } from '../domain/names.ts';
import { addDays, type Day, dayOf } from '../lib/day.ts';
import { wantMembers } from './group-people.ts';
import type {
  Effect,
  HouseholdOp,
  ImportOp,
  OrgOp,
  OrgPath,
  PairingOp,
  PersonOp,
  PersonRef,
  PointOp,
} from './import-ops.ts';
import { gridNamed } from './place.ts';

/** Labels of an import lapse after twelve months unless they are confirmed (decision 26; care 12). */
const LABEL_DAYS = 365;
const REASON = '名册导入';

/** Between checking and writing somebody changed the roster: the row has nothing to hold on to. Nothing of it is written. */
export class ImportGap extends Error {}

interface Run {
  q: Queries;
  now: number;
  today: Day;
  /** False: only says what would happen. */
  write: boolean;
  /** Orgs found so far, by whole path. */
  paths: OrgPaths;
}

/** Made anew for every transaction, so that nothing is remembered of one that was rolled back. */
export type OrgPaths = Map<OrgPath, number | undefined>;

/**
 * Finds what a checked row speaks of and says whether it is new, changed or the same; with `write` it also does it.
 * Never deletes, never takes anything back (decision 47). Call inside a transaction when writing.
 */
export function applyOp(
  q: Queries,
  now: number,
  op: ImportOp,
  how: { write: boolean; paths: OrgPaths },
): Effect {
  const run = { q, now, today: dayOf(now), ...how };
  switch (op.kind) {
    case 'org':
      return applyOrg(run, op);
    case 'person':
      return applyPerson(run, op);
    case 'household':
      return applyHousehold(run, op);
    case 'pairing':
      return applyPairing(run, op);
    case 'point':
      return applyPoint(run, op);
  }
}

/** The org of a whole path; undefined while it does not exist. */
export function orgAt(q: Queries, path: OrgPath, paths: OrgPaths): number | undefined {
  if (paths.has(path)) return paths.get(path);
  const cut = path.lastIndexOf('/');
  const parent = cut < 0 ? null : orgAt(q, path.slice(0, cut), paths);
  const found = parent === undefined ? undefined : q.orgs.childNamed(parent, path.slice(cut + 1))?.id;
  paths.set(path, found);
  return found;
}

function applyOrg({ q, now, write, paths }: Run, op: OrgOp): Effect {
  const known = orgAt(q, op.path, paths);
  const org = known === undefined ? undefined : q.orgs.get(known);
  const kind = op.orgKind !== null && org?.kind !== op.orgKind ? op.orgKind : null;
  const phone = op.phone !== null && org?.phone !== op.phone ? op.phone : null;
  const groups = op.groups.filter(
    (group) => q.chats.find(group.connection, group.externalId)?.orgId !== (known ?? -1),
  );
  if (org && kind === null && phone === null && groups.length === 0) return 'same';
  if (!write) return org ? 'changed' : 'new';
  const id = org?.id ?? createOrg(q, now, op, paths);
  paths.set(op.path, id);
  if (org && kind !== null) q.roster.changeOrg(id, { kind });
  if (phone !== null) q.orgs.setPhone(id, phone);
  for (const group of groups) {
    const chat = q.chats.seen(group);
    q.chats.bind(chat.id, { purpose: 'work', orgId: id, by: null, now });
    wantMembers(q, chat.id, now);
  }
  return org ? 'changed' : 'new';
}

function createOrg(q: Queries, now: number, op: OrgOp, paths: OrgPaths): number {
  const cut = op.path.lastIndexOf('/');
  const parentId = cut < 0 ? null : orgAt(q, op.path.slice(0, cut), paths);
  if (parentId === undefined) throw new ImportGap();
  const id = q.orgs.create({ parentId, name: op.path.slice(cut + 1), kind: op.orgKind ?? '其他', now }).id;
  // Administrators care for the whole office, also for a second tree (decision 15).
  if (parentId === null)
    for (const held of q.roster.administrators()) q.members.grant(held.memberId, id, '管理员', dayOf(now));
  return id;
}

/** Platform id, then phone, else name and org (decision 47). A row with another phone than the file's is another person. */
export function findPerson(q: Queries, ref: PersonRef, paths: OrgPaths): Member | undefined {
  if (ref.id !== null) return q.members.get(ref.id);
  for (const id of ref.ids) {
    const known = q.members.byIdentity(id.connection, id.externalId);
    if (known) return known.member;
  }
  const byPhone = ref.phone === null ? undefined : q.members.byPhone(ref.phone)[0];
  if (byPhone) return byPhone;
  const orgId = orgAt(q, ref.org, paths);
  return q.members
    .byPinyin(pinyinOf(ref.name))
    .filter((member) => member.name === ref.name && member.orgId === orgId)
    .find((member) => ref.phone === null || member.phoneDigest === null);
}

function applyPerson({ q, now, today, write, paths }: Run, op: PersonOp): Effect {
  const { ref } = op;
  const orgId = orgAt(q, ref.org, paths);
  const roleOrg = orgAt(q, op.roleOrg, paths);
  const communityId = op.community === null ? null : (orgAt(q, op.community, paths) ?? null);
  const known = findPerson(q, ref, paths);
  if (known && known.status !== '在册') return 'same';
  const held = known ? q.roster.held(known.id) : [];
  const cohorts = known ? q.members.cohorts(known.id, today) : [];
  const todo = {
    name: known && known.name !== ref.name,
    org: known && op.home && known.orgId !== orgId,
    community: known && op.community !== null && known.communityId !== (communityId ?? -1),
    phone: known && ref.phone !== null && !q.members.byPhone(ref.phone).some((each) => each.id === known.id),
    ids: known
      ? ref.ids.filter((id) => q.members.byIdentity(id.connection, id.externalId)?.member.id !== known.id)
      : ref.ids,
    roles: op.roles.filter((role) => !held.some((each) => each.role === role && each.orgId === roleOrg)),
    cohorts: op.cohorts.filter((name) => !cohorts.includes(name)),
  };
  const lists = todo.ids.length + todo.roles.length + todo.cohorts.length;
  if (known && !todo.name && !todo.org && !todo.community && !todo.phone && lists === 0) return 'same';
  if (!write) return known ? 'changed' : 'new';
  if (orgId === undefined || roleOrg === undefined) throw new ImportGap();
  const { name, phone } = ref;
  const member =
    known ?? q.members.create({ name, pinyin: pinyinOf(name), orgId, communityId, phone, day: today, now });
  if (todo.name) q.members.change(member.id, { name, pinyin: pinyinOf(name) });
  if (todo.org) q.members.change(member.id, { orgId });
  if (todo.community) q.members.change(member.id, { communityId });
  if (todo.phone && phone !== null) q.members.setPhone(member.id, phone);
  for (const id of todo.ids) q.members.link(id.connection, id.externalId, member.id);
  for (const role of todo.roles) q.members.grant(member.id, roleOrg, role, today);
  for (const cohort of todo.cohorts) q.members.joinCohort(member.id, cohort, today);
  return known ? 'changed' : 'new';
}

/** The household of an address and a head: the same sound is the same person, an unnamed one is filled in (decision 24). */
function findHousehold(
  q: Queries,
  scope: number | undefined,
  address: string,
  head: string,
): Household | undefined {
  if (scope === undefined) return undefined;
  const there = q.households.atAddress(scope, canonicalAddress(address).canonical);
  // Behind one door a nameless row and a named one are the same family; in a whole building they need not be.
  if (canonicalAddress(address).room === null) {
    return there.find((each) => (head === '' ? each.headName === '' : each.headPinyin === pinyinOf(head)));
  }
  if (head === '') return there.length === 1 ? there[0] : undefined;
  return (
    there.find((each) => each.headPinyin === pinyinOf(head)) ?? there.find((each) => each.headName === '')
  );
}

function applyHousehold({ q, now, today, write, paths }: Run, op: HouseholdOp): Effect {
  const scope = orgAt(q, op.scope, paths);
  const gridId = op.grid === null ? null : (orgAt(q, op.grid, paths) ?? -1);
  const known = findHousehold(q, scope, op.address, op.head);
  const has = known ? q.households.needs(known.id, today).map((need) => need.label) : [];
  const needs = op.needs.filter((label) => !has.includes(label));
  const set = {
    ...(op.head !== '' && known?.headName === '' ? { headName: op.head } : {}),
    ...(gridId !== null && known?.gridId !== gridId ? { gridId } : {}),
    ...(op.size !== null && known?.size !== op.size ? { size: op.size } : {}),
  };
  if (known && needs.length === 0 && Object.keys(set).length === 0) return 'same';
  if (!write) return known ? 'changed' : 'new';
  if (scope === undefined || gridId === -1) throw new ImportGap();
  const row = {
    orgId: scope,
    address: op.address,
    headName: op.head,
    gridId,
    size: op.size,
    day: today,
    now,
  };
  const id = known?.id ?? q.households.create(row).id;
  if (known && Object.keys(set).length > 0) q.households.change(id, set);
  for (const label of needs) {
    q.households.addNeed({
      householdId: id,
      label,
      authorId: null,
      reason: REASON,
      fromDay: today,
      untilDay: addDays(today, LABEL_DAYS),
    });
  }
  return known ? 'changed' : 'new';
}

function applyPairing({ q, now, today, write, paths }: Run, op: PairingOp): Effect {
  const scope = orgAt(q, op.scope, paths);
  const member = findPerson(q, op.person, paths);
  if (member && member.status !== '在册') return 'same';
  const known = findHousehold(q, scope, op.address, op.head);
  if (member && known && q.households.isPaired(member.id, known.id, today)) return 'same';
  if (!write) return 'new';
  if (!member || scope === undefined) throw new ImportGap();
  const household =
    known ?? q.households.create({ orgId: scope, address: op.address, headName: op.head, day: today, now });
  q.households.pair({ memberId: member.id, householdId: household.id, day: today, reason: REASON });
  return 'new';
}

function applyPoint({ q, today, write, paths }: Run, op: PointOp): Effect {
  const member = findPerson(q, op.person, paths);
  if (member && member.status !== '在册') return 'same';
  const has = member ? q.households.contactPointsOf(member.id) : [];
  if (has.some((point) => point.name === op.name && (point.toDay === null || point.toDay >= today)))
    return 'same';
  if (!write) return 'new';
  if (!member) throw new ImportGap();
  const scope = orgAt(q, op.scope, paths);
  const orgId = scope === undefined ? null : (gridNamed(q, scope, op.name)?.id ?? null);
  q.households.addContactPoint({ memberId: member.id, name: op.name, kind: op.pointKind, orgId, day: today });
  return 'new';
}
