import { afterEach, beforeEach, expect, it } from 'vitest';
import { createWorld, type World } from '../helpers/world.ts';
import type { SimMessage } from '../simulators/feishu/index.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld({ jobs: [] });
});
afterEach(async () => {
  expect(world.sim.complaints).toEqual([]);
  await world.close();
});

const user = (name: string) => {
  const found = world.users[name];
  if (!found) throw new Error(`no ${name}`);
  return found;
};
const id = (name: string) => world.members[name] ?? 0;
const card = (name: string): SimMessage => {
  const found = world.sim.private(user(name)).lastCard();
  if (!found) throw new Error('no card');
  return found;
};
const text = (name: string) => world.sim.cardText(card(name));
const type = async (name: string, line: string) => {
  await user(name).sayPrivately(line);
  await world.settle();
};
const press = async (name: string, label: string, form?: Record<string, string>) => {
  const answer = await user(name).press(card(name), label, form ? { form } : {});
  await world.settle();
  return answer;
};
const held = (name: string) => world.office.q.roster.held(id(name)).map((each) => each.role);

it('adds a person, gives and ends a role with its day', async () => {
  await type('贺立', '/名册');
  expect(text('贺立')).toContain('名册 · 第一支部 · 3人');
  await press('贺立', '加人');
  await press('贺立', '加进名册', { name: '周强', role: '党员', phone: '138 0000 0001' });
  const added = world.office.q.members.named('周强')[0];
  expect(added).toMatchObject({
    orgId: world.orgs.第一支部,
    communityId: world.orgs.梧桐社区,
    status: '在册',
  });
  expect(text('贺立')).toContain('尾号0001');
  expect(text('贺立')).not.toContain('1380000');

  await type('贺立', '/名册 李梅');
  await press('贺立', '任职免职');
  await press('贺立', '保存', { what: '任：网格员', day: '2026-12-01' });
  expect(held('李梅')).toEqual(['党员', '网格员']);
  expect(world.office.q.members.rolesOn(id('李梅'), '2026-11-30').map((each) => each.role)).toEqual(['党员']);
  expect(text('贺立')).toContain('网格员（第一支部，12月1日起）');
  await press('贺立', '任职免职');
  await press('贺立', '保存', { what: '免：党员（第一支部）', day: '2026-11-18' });
  expect(world.office.q.members.actor(id('李梅'), '2026-11-18')?.roles).toEqual([]);
});

it('lets nobody raise himself, and a secretary give no administrator', async () => {
  await type('石小红', '/名册');
  expect(world.sim.private(user('石小红')).texts().at(-1)).toContain('暂时用不上');
  await type('贺立', '/名册 贺立');
  expect((await press('贺立', '任职免职')).toast?.content).toBe('自己的职务由上级或管理员来改。');
  const forged = await world.office.deliver({
    kind: 'action',
    connection: world.connection,
    dedupeKey: 'evt:forged',
    at: world.clock.now(),
    chat: { id: '', type: 'p2p' },
    messageId: 'om_forged',
    sender: { id: user('贺立').openId },
    action: 'roster.role',
    value: { member: id('李梅') },
    form: { what: 'give:管理员', org: String(world.orgs.第一支部), day: '2026-11-18' },
  });
  expect(forged.toast?.tone).toBe('bad');
  expect(held('李梅')).toEqual(['党员']);
});

it('takes all rights at once from who is transferred out, thanks him, and hands his households over', async () => {
  world.household('3号楼2单元501', '张某', '石小红');
  world.household('6号楼1单元302', '陈奶奶', '石小红');
  await type('贺立', '/名册 石小红');
  await press('贺立', '转出');
  await press('贺立', '转出', { heir: '交给李梅' });
  expect(world.sim.private(user('石小红')).texts().at(-1)).toBe(
    '您的组织关系已转出第一支部，谢谢您的付出。您联系的2户已交给李梅。',
  );
  const { q } = world.office;
  expect(q.members.actor(id('石小红'), '2026-11-18')).toBeNull();
  expect(q.households.pairingsOf(id('石小红')).map((each) => each.toDay)).toEqual([
    '2026-11-17',
    '2026-11-17',
  ]);
  expect(q.households.pairingsOf(id('李梅'))).toMatchObject([
    { fromDay: '2026-11-18', toDay: null },
    { toDay: null },
  ]);

  await user('石小红').say(world.group, '/走访 3号楼 张某 低保咨询');
  await world.settle();
  expect(q.visits.diary(id('石小红'), { limit: 5, offset: 0 })).toEqual([]);
  expect(world.sim.private(user('石小红')).texts().at(-1)).toContain(
    '您的组织关系已转出第一支部，这条没有记',
  );

  expect(text('贺立')).toContain('转出 · 11月18日');
  await press('贺立', '恢复在册');
  expect(q.members.actor(id('石小红'), '2026-11-18')?.roles).toEqual([]);
});

it('suspends and takes back, with role and pairings kept', async () => {
  world.household('3号楼2单元501', '张某', '石小红');
  await type('贺立', '/名册 石小红');
  await press('贺立', '停用');
  await press('贺立', '停用', { heir: '不交，回来还是他的' });
  expect(world.office.q.members.actor(id('石小红'), '2026-11-18')).toBeNull();
  await press('贺立', '恢复在册');
  expect(held('石小红')).toEqual(['党员']);
  expect(world.office.q.households.pairingsOf(id('石小红'))).toMatchObject([{ toDay: null }]);
});

it('keeps contact points with their days', async () => {
  const grid = world.office.q.orgs.create({
    parentId: world.orgs.梧桐社区 ?? 0,
    name: '第一网格',
    kind: '网格',
    now: 0,
  });
  await type('贺立', '/名册 李梅');
  await press('贺立', '联系点');
  await press('贺立', '保存', { what: '加一个网格', name: '第一网格' });
  expect(world.office.q.households.contactPointsOf(id('李梅'))).toMatchObject([
    { name: '第一网格', orgId: grid.id, toDay: null },
  ]);
  await press('贺立', '联系点');
  await press('贺立', '保存', { what: '结束：第一网格' });
  expect(world.office.q.households.contactPointsOf(id('李梅'))).toMatchObject([{ toDay: '2026-11-17' }]);
});

it('pairs by one line, tells who is paired, and undoes it with a trace', async () => {
  await type('贺立', '/结对 李梅 3号楼2单元501 张某');
  expect(text('贺立')).toContain('已结对 · 李梅 · 3号楼 张某');
  expect(text('李梅')).toContain('您的联系户 · 1户');
  expect(text('李梅')).not.toContain('501');
  await type('李梅', '/结对 石小红 3号楼 张某');
  expect(world.sim.private(user('李梅')).texts().at(-1)).toContain('结对由书记来定');
  await press('贺立', '结错了，取消');
  const { q } = world.office;
  expect(q.households.pairingsOf(id('李梅'))).toMatchObject([{ toDay: '2026-11-17' }]);
  expect(text('李梅')).toContain('您的联系户 · 0户');
});

it('hands one household to another, and asks where two could be meant', async () => {
  world.household('3号楼2单元501', '张某', '石小红');
  world.household('3号楼1单元101', '张某');
  await type('贺立', '/结对 石小红');
  await press('贺立', '保存', { pairing: '3号楼 张某', to: '交给李梅' });
  expect(world.office.q.households.pairingsOf(id('李梅'))).toMatchObject([
    { fromDay: '2026-11-18', toDay: null },
  ]);
  await type('贺立', '/结对 石小红 3号楼 张某');
  expect(text('贺立')).toContain('石小红和哪一户结对？');
});
