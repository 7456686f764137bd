import { afterEach, beforeEach, expect, it } from 'vitest';
import { JOBS } from '../../src/jobs/index.ts';
import { createWorld, type World } from '../helpers/world.ts';

/** Whatever waits is told to somebody who can be told (decisions 17, 34), whoever is away, gone or out of reach. */
let world: World;
beforeEach(async () => {
  world = await createWorld({ jobs: JOBS });
});
afterEach(async () => {
  expect(world.sim.complaints).toEqual([]);
  await world.close();
});

const user = (name: string) => world.users[name] ?? (undefined as never);
const id = (name: string) => world.members[name] ?? 0;
const cards = (name: string) =>
  world.sim
    .private(user(name))
    .cards()
    .map((card) => world.sim.cardText(card))
    .filter((text) => text.includes('第1号'));
const tell = async (name: string, line: string) => {
  await user(name).sayPrivately(line);
  await world.settle();
};
const say = async (line: string) => {
  await user('石小红').say(world.group, line);
  await world.settle();
};
const press = async (name: string, label: string, form?: Record<string, string>) => {
  const card = world.sim.private(user(name)).lastCard();
  if (!card) throw new Error('no card');
  await user(name).press(card, label, form ? { form } : {});
  await world.settle();
};

it('danger goes at once to the next level too, when the secretary is on leave', async () => {
  world.person('赵书记', '梧桐街道', ['书记']);
  await tell('贺立', '/请假 11-18至11-20 出差');
  await say('/诉求 6号楼 陈奶奶 家里着火了，浓烟');
  expect(cards('赵书记')).toHaveLength(1);
  expect(cards('贺立')).toHaveLength(1);
});

it('danger says only of people who can be reached that they were told', async () => {
  world.person('赵书记', '梧桐街道', ['书记']);
  world.store.db.run(`delete from identity where member_id = ${id('贺立')}`);
  await say('/诉求 6号楼 陈奶奶 家里着火了，浓烟');
  const receipt = cards('石小红').at(-1) ?? '';
  expect(receipt).toContain('已同时通知赵书记。');
  expect(receipt).not.toContain('贺立');
});

it('a new secretary gets what waits when the old one leaves', async () => {
  world.person('赵书记', '梧桐街道', ['书记']);
  await say('/诉求 6号楼 陈奶奶 楼道灯坏了');
  expect(cards('赵书记')).toEqual([]);
  await tell('赵书记', '/名册 贺立');
  await press('赵书记', '转出');
  await press('赵书记', '转出', { heir: 'none' });
  expect(cards('赵书记').at(-1)).toContain('请您研判');
});

it('a new post brings what waits there to whoever gets it, once', async () => {
  world.person('赵书记', '梧桐街道', ['书记', '管理员']);
  await say('/诉求 6号楼 陈奶奶 楼道灯坏了');
  await tell('赵书记', '/名册 李梅');
  await press('赵书记', '任职免职');
  await press('赵书记', '保存', { what: '任：副书记', day: '2026-11-18' });
  expect(cards('李梅')).toEqual([]);
  await tell('赵书记', '/名册 贺立');
  await press('赵书记', '任职免职');
  await press('赵书记', '保存', { what: '免：书记（第一支部）', day: '2026-11-18' });
  expect(cards('李梅').at(-1)).toContain('请您研判');
  expect(cards('李梅')).toHaveLength(1);
});

it('a reminder for a handler whom nothing reaches goes to the secretary', async () => {
  await say('/诉求 6号楼 陈奶奶 楼道灯坏了');
  await tell('贺立', '研判 1 李梅');
  world.store.db.run(`delete from identity where member_id = ${id('李梅')}`);
  const before = cards('贺立').length;
  await world.moveTo('2026-11-27T18:00');
  expect(cards('贺立').length).toBeGreaterThan(before);
});

it('with nobody above, the secretary hears of what is late himself', async () => {
  await say('/诉求 6号楼 陈奶奶 楼道灯坏了');
  const before = cards('贺立').length;
  await world.moveTo('2026-11-25T12:00');
  expect(cards('贺立').length).toBeGreaterThan(before);
});

it('what becomes urgent later has its hours from then, for handler and deciders alike', async () => {
  await say('/诉求 6号楼 陈奶奶 楼道灯坏了');
  await tell('贺立', '研判 1 李梅');
  await world.moveTo('2026-11-24T10:00');
  const before = cards('李梅').length;
  await tell('贺立', '研判 1 急事');
  const [head] = world.office.q.issues.openDanger();
  expect(head?.dueAt).toBe(Date.parse('2026-11-24T12:00+08:00'));
  expect(cards('李梅').length).toBeGreaterThan(before);
});
