import { afterEach, beforeEach, expect, it } from 'vitest';
import { ensureAdministrators } from '../../src/work/administrators.ts';
import { createWorld, type World } from '../helpers/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld({ jobs: [], bare: true });
});
afterEach(async () => {
  expect(world.sim.complaints).toEqual([]);
  await world.close();
});

const start = (admins: { connection: string; id: string }[] = []) =>
  world.office.write(() => ensureAdministrators(world.office.q, world.clock.now(), admins));

it('prints a code only while there is no administrator, and the code makes one, once', async () => {
  const code = await start();
  expect(code).toMatch(/^\d{6}$/);
  const first = world.sim.addUser({ name: '于洋' });
  const wrong = code === '000000' ? '000001' : '000000';
  await first.sayPrivately(`认领 ${wrong}`);
  await world.settle();
  expect(world.sim.private(first).texts()).toEqual(['认领码不对，还可以试9次。']);
  await first.sayPrivately(`认领 ${code}`);
  await world.settle();
  expect(world.sim.private(first).texts().at(-1)).toContain('您现在是管理员了');
  expect(world.office.q.orgs.all()).toMatchObject([{ name: '本单位', parentId: null }]);

  const second = world.sim.addUser({ name: '别人' });
  await second.sayPrivately(`认领 ${code}`);
  await world.settle();
  expect(world.sim.private(second).texts()).toEqual(['已经有管理员了，请找管理员把您加进名册。']);
  expect(await start()).toBeNull();
});

it('keeps no clear code and gives up after ten wrong ones', async () => {
  const code = (await start()) ?? '';
  expect(JSON.stringify(world.office.q.settings.get('claim'))).not.toContain(code);
  const guesser = world.sim.addUser({ name: '猜的人' });
  for (let n = 0; n < 10; n += 1)
    await guesser.sayPrivately(`认领 ${String((Number(code) + n + 1) % 1_000_000).padStart(6, '0')}`);
  await guesser.sayPrivately(`认领 ${code}`);
  await world.settle();
  expect(world.sim.private(guesser).texts().at(-1)).toContain('已经作废');
  expect(world.office.q.members.anyAdministrator()).toBe(false);
});

it('creates those of ADMINS whom the roster does not know, and asks for no code then', async () => {
  const user = world.sim.addUser({ name: '于洋' });
  expect(await start([{ connection: world.connection, id: user.openId }])).toBeNull();
  expect(await start([{ connection: world.connection, id: user.openId }])).toBeNull();
  const member = world.office.q.members.byIdentity(world.connection, user.openId)?.member;
  expect(world.office.q.roster.held(member?.id ?? 0)).toMatchObject([{ role: '管理员' }]);
  await user.sayPrivately('/名册');
  await world.settle();
  expect(world.sim.private(user).texts().at(-1)).toContain('名册 · 本单位 · 1人');
});
