import type { Role } from '../../domain/actor.ts';
import type { PlaygroundChat, PlaygroundPerson } from '../../platforms/playground/index.ts';
import { HOUSEHOLDS, type HouseholdRow } from './community-households.ts';
import { GROUPS, type GroupRow, ORGS, type OrgRow, PEOPLE, PLACE } from './community-people.ts';
import type { Persona } from './persona.ts';

export { PLACE } from './community-people.ts';

/** 重点选派党员: the cohort that S2-40 speaks of. */
const SELECTED = '重点选派党员';

/** What the made-up community is written into; main wires it to the queries. Ids are the seeder's own row ids. */
export interface CommunitySeeder {
  org(row: { name: string; kind: OrgRow['kind']; parentId: number | null; phone: string | null }): number;
  /** `externalId`: the id on the playground's platform. */
  member(row: {
    name: string;
    externalId: string;
    orgId: number;
    communityId: number | null;
    cohorts: readonly string[];
  }): number;
  role(row: { memberId: number; orgId: number; role: Role }): void;
  household(row: { orgId: number; address: string; headName: string; size: number; gridId: number }): number;
  pairing(row: { memberId: number; householdId: number }): void;
  contactPoint(row: { memberId: number; name: string; kind: '网格'; orgId: number }): void;
  group(row: {
    chatId: string;
    name: string;
    purpose: GroupRow['purpose'];
    orgId: number;
    boundBy: number;
  }): void;
  adopt(row: { system: 'rugang' | 'xian'; orgId: number }): void;
}

/** The people to choose from, in the order of the page. */
export const PERSONAS: readonly Persona[] = PEOPLE.map(({ id, name, title, section }) => ({
  id,
  name,
  title,
  section,
}));

/** For `createPlayground`: who exists, and which groups. */
export const ROOM_PEOPLE: readonly PlaygroundPerson[] = PEOPLE.map(({ id, name }) => ({ id, name }));
export const ROOM_GROUPS: readonly Omit<PlaygroundChat, 'type'>[] = GROUPS.map(({ id, name }) => ({
  id,
  name,
  members: PEOPLE.filter((person) => person.groups.includes(id)).map((person) => person.id),
}));

/** Writes the whole community, in an order in which every row finds what it refers to. */
export function seedCommunity(seeder: CommunitySeeder): void {
  const orgIds = new Map<string, number>();
  const orgId = (name: string): number => known(orgIds, name);
  for (const { name, kind, parent, phone } of ORGS) {
    orgIds.set(
      name,
      seeder.org({ name, kind, parentId: parent === null ? null : orgId(parent), phone: phone ?? null }),
    );
  }
  const memberIds = new Map<string, number>();
  for (const person of PEOPLE) {
    if (person.org === null) continue;
    const isBranch = person.org === '第一支部';
    const memberId = seeder.member({
      name: person.name,
      externalId: person.id,
      orgId: orgId(person.org),
      communityId: isBranch ? orgId(PLACE) : null,
      cohorts: person.selected ? [SELECTED] : [],
    });
    memberIds.set(person.id, memberId);
    for (const { role, org } of person.roles) seeder.role({ memberId, orgId: orgId(org), role });
    if (person.point)
      seeder.contactPoint({ memberId, name: person.point, kind: '网格', orgId: orgId(person.point) });
  }
  for (const row of HOUSEHOLDS) seedHousehold(seeder, row, orgId, memberIds);
  const secretary = known(memberIds, 'he-li');
  for (const { id, name, purpose, org } of GROUPS) {
    seeder.group({ chatId: id, name, purpose, orgId: orgId(org), boundBy: secretary });
  }
  seeder.adopt({ system: 'xian', orgId: orgId('梧桐街道') });
  seeder.adopt({ system: 'rugang', orgId: orgId(PLACE) });
}

function seedHousehold(
  seeder: CommunitySeeder,
  row: HouseholdRow,
  orgId: (name: string) => number,
  memberIds: Map<string, number>,
): void {
  const householdId = seeder.household({
    orgId: orgId(PLACE),
    address: row.address,
    headName: row.head,
    size: row.size,
    gridId: orgId(row.grid),
  });
  if (row.paired) seeder.pairing({ memberId: known(memberIds, row.paired), householdId });
}

function known(ids: Map<string, number>, key: string): number {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`the made-up community refers to an unknown ${key}`);
  return id;
}
