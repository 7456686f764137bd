import { afterEach, beforeEach, expect, it } from 'vitest';
import { createWorld, type World } from '../helpers/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld({ jobs: [], transport: 'longconn' });
});
afterEach(async () => {
  await world.close();
});

it('does the job without a public address: line, decision, taking back, all over the long connection', async () => {
  const { 石小红: reporter, 贺立: secretary } = world.users;
  if (!reporter || !secretary) throw new Error('nobody');
  await reporter.say(world.group, '/走访 3号楼 张某 低保咨询');
  await reporter.say(world.group, '/诉求 6号楼 陈奶奶 楼道灯坏了三天没人修');
  await world.settle();
  expect(world.sim.chat(world.group).texts()).toContain('已记 · 3号楼 1户');
  const decision = world.sim.private(secretary).lastCard();
  if (!decision) throw new Error('no card');
  const answer = await secretary.press(decision, '按建议办');
  expect(answer.toast?.content).toContain('已交石小红');
  expect(JSON.stringify(answer.card)).toContain('办理中');
  await world.settle();
  expect(
    world.sim
      .private(reporter)
      .cards()
      .some((card) => world.sim.cardText(card).includes('可以这样告诉陈奶奶')),
  ).toBe(true);
  const [event] = world.sim.events;
  if (!event) throw new Error('no event');
  await world.sim.duplicate(event.eventId);
  await world.settle();
  expect(
    world.sim
      .chat(world.group)
      .texts()
      .filter((text) => text.startsWith('已记')),
  ).toHaveLength(1);
  expect(world.sim.complaints).toEqual([]);
});

it('shows on /readyz and /metrics that the connection broke and came again', async () => {
  const figures = async () => (await world.get('/metrics')).text();
  expect(await figures()).toContain('lianxin_platform_reconnects_total{platform="feishu"} 0');
  world.sim.dropSockets();
  await world.sim.waitFor(() => world.sim.connections === 1, { what: 'the connection again' });
  const ready = async () =>
    (await (await world.get('/readyz')).json()) as { platforms: { feishu: Record<string, unknown> } };
  for (let turn = 0; turn < 100 && (await ready()).platforms.feishu.reconnects !== 1; turn += 1)
    await new Promise((resolve) => setTimeout(resolve, 20));
  expect((await ready()).platforms.feishu).toMatchObject({
    up: true,
    reconnects: 1,
    changedAt: world.clock.now(),
  });
  expect(await figures()).toContain('lianxin_platform_reconnects_total{platform="feishu"} 1');
});
