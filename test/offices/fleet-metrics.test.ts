import { afterEach, describe, expect, it } from 'vitest';
import { openStore } from '../../db/node.ts';
import { DAY, MINUTE } from '../../src/lib/day.ts';
import { officePath } from '../../src/offices/node-offices.ts';
import { createFleetWorld, type FleetWorld } from './world.ts';

const MESSAGES = '/open-apis/im/v1/messages';
const patience = { timeoutMs: 60_000 };

let world: FleetWorld;
afterEach(async () => {
  await world.close();
});

async function page(): Promise<string> {
  const response = await world.request('http://offices.test/metrics');
  expect(response.status).toBe(200);
  return response.text();
}
/** The value of one line of the page; undefined when it is not there. */
async function figure(line: string): Promise<number | undefined> {
  const found = (await page()).split('\n').find((each) => each.startsWith(`${line} `));
  return found === undefined ? undefined : Number(found.slice(line.length + 1));
}
const pending = () => figure('lianxin_outbox_messages{state="pending"}');
const ask = (index: number) => world.tenant(index).admin.sayPrivately('/帮助');
/** Whom its platform does not hear: what it says stays pending. */
async function deafen(index: number) {
  const { sim } = world.tenant(index);
  const fault = sim.fail({ path: MESSAGES, times: Number.POSITIVE_INFINITY, mode: 'drop-before' });
  await ask(index);
  await sim.waitFor(() => fault.hits > 0, patience);
  return fault;
}

describe('GET /metrics of many offices', () => {
  it('adds up what waits in the open ones, shows the worst of the rest, and opens none to ask it', async () => {
    world = await createFleetWorld(4, { idle: 10 * MINUTE });
    world.clock.set(world.clock.now() + DAY + MINUTE);
    await world.fleet.beat();
    await world.fleet.beat();
    expect(world.fleet.open).toBe(0);
    expect([await pending(), await figure('lianxin_platform_up{platform="feishu"}')]).toEqual([0, undefined]);
    await ask(0);
    await world.tenant(0).sim.waitFor(() => world.tenant(0).sim.messages.length > 0, patience);
    expect(await figure('lianxin_platform_up{platform="feishu"}')).toBe(1);
    const first = await deafen(1);
    world.clock.set(world.clock.now() + 2 * MINUTE);
    await deafen(2);
    world.clock.set(world.clock.now() + MINUTE);
    await expect.poll(pending, { timeout: 30_000 }).toBe(2);
    expect(await figure('lianxin_outbox_oldest_seconds')).toBe(180);
    expect(await figure('lianxin_platform_up{platform="feishu"}')).toBe(0);
    expect(world.fleet.open).toBe(3);
    first.cancel();
    await world.fleet.beat();
    await expect.poll(pending, { timeout: 30_000 }).toBe(1);
  });

  it('names no office, and keeps the figures of the others when one cannot be read', async () => {
    world = await createFleetWorld(3);
    await deafen(0);
    await deafen(1);
    await expect.poll(pending, { timeout: 30_000 }).toBe(2);
    const broken = openStore(officePath(world.config, 'office-1'));
    broken.db.run('alter table outbox rename to outbox_away');
    expect(await pending()).toBe(1);
    const text = await page();
    broken.db.run('alter table outbox_away rename to outbox');
    broken.close();
    for (const secret of ['office-', ...world.tenants.map(({ sim }) => sim.appId), '管理员'])
      expect(text).not.toContain(secret);
  });
});
