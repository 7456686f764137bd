import { describe, expect, it } from 'vitest';
import {
  type CommunitySeeder,
  PERSONAS,
  ROOM_GROUPS,
  ROOM_PEOPLE,
  seedCommunity,
} from '../../../src/web/playground/community.ts';

type Call = { id: number } & Record<string, unknown>;

function seeded() {
  const calls: Record<string, Call[]> = {};
  let next = 0;
  const note = (kind: string) => (row: object) => {
    next += 1;
    const list = calls[kind] ?? [];
    list.push({ ...row, id: next });
    calls[kind] = list;
    return next;
  };
  const seeder: CommunitySeeder = {
    org: note('org'),
    member: note('member'),
    role: note('role'),
    household: note('household'),
    pairing: note('pairing'),
    contactPoint: note('contactPoint'),
    group: note('group'),
    adopt: note('adopt'),
  };
  seedCommunity(seeder);
  return (kind: string): Call[] => calls[kind] ?? [];
}

describe('the made-up community', () => {
  it('gives each selected member three households and a contact point, and every household one member at most', () => {
    const rows = seeded();
    const selected = rows('member').filter((member) =>
      JSON.stringify(member.cohorts).includes('重点选派党员'),
    );
    expect(selected).toHaveLength(5);
    for (const member of selected) {
      expect(rows('pairing').filter((pairing) => pairing.memberId === member.id)).toHaveLength(3);
      expect(rows('contactPoint').filter((point) => point.memberId === member.id)).toHaveLength(1);
    }
    expect(new Set(rows('pairing').map((pairing) => pairing.householdId)).size).toBe(15);
  });

  it('has one secretary and one deputy in the branch, and somebody above, beside and outside it', () => {
    const rows = seeded();
    const branch = rows('org').find((org) => org.name === '第一支部')?.id;
    const held = (role: string, orgId?: unknown) =>
      rows('role').filter((row) => row.role === role && (orgId === undefined || row.orgId === orgId));
    expect(held('书记', branch)).toHaveLength(1);
    expect(held('副书记', branch)).toHaveLength(1);
    for (const role of ['书记', '网格员', '承办联系人', '诉求中心', '管理员'])
      expect(held(role).length).toBeGreaterThan(0);
  });

  it('can be chosen from: every persona is a person in the room, sits in a chat, and two are strangers to the office', () => {
    const rows = seeded();
    expect(PERSONAS.map((persona) => persona.id)).toEqual(ROOM_PEOPLE.map((person) => person.id));
    const known = rows('member').map((member) => member.externalId);
    expect(PERSONAS.filter((persona) => !known.includes(persona.id)).map((persona) => persona.name)).toEqual([
      '吕晓',
      '田桂兰',
    ]);
    for (const group of ROOM_GROUPS) {
      expect(group.members.length).toBeGreaterThan(2);
      expect(group.members.every((id) => PERSONAS.some((persona) => persona.id === id))).toBe(true);
    }
    expect(rows('group').map((group) => group.purpose)).toEqual(['work', 'residents']);
    expect(rows('adopt').map((row) => row.system)).toEqual(['xian', 'rugang']);
  });
});
