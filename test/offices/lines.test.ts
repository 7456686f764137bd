import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { DAY, MINUTE } from '../../src/lib/day.ts';
import type { Credentials } from '../../src/offices/credentials.ts';
import { sealEntry } from '../../src/offices/entry.ts';
import { officePath } from '../../src/offices/node-offices.ts';
import { createWorkerOffices } from '../../src/offices/worker-offices.ts';
import { readWorker } from '../../src/offices/worker-settings.ts';
import { createDingTalkSim, type DingTalkSim } from '../simulators/dingtalk/index.ts';
import { byLine, createFleetWorld, credentials, type FleetWorld, SECRET } from './world.ts';

const patience = { timeoutMs: 60_000 };

let world: FleetWorld;
let ding: DingTalkSim | undefined;
afterEach(async () => {
  await world.close();
  await ding?.close();
  ding = undefined;
});

/** As `lianxin office rotate` does beside the server, which follows with its next beat. */
async function rotate(index: number, to: Credentials): Promise<void> {
  const { id } = world.tenant(index);
  const { sealed } = sealEntry(SECRET, id, to);
  world.directory((directory) => directory.rotate(id, sealed, to.revision, world.clock.now()));
  await world.fleet.beat();
}
async function pass(ms: number): Promise<void> {
  world.clock.set(world.clock.now() + ms);
  await world.fleet.beat();
}
const ask = (index: number) => world.tenant(index).admin.sayPrivately('/帮助');
const heard = (index: number) => world.tenant(index).sim.private(world.tenant(index).admin).messages.length;
async function answered(index: number): Promise<void> {
  const before = heard(index);
  expect(await ask(index)).toMatchObject({ status: 200 });
  await world.tenant(index).sim.waitFor(() => heard(index) > before, patience);
}
const lines = (index: number, count: number) =>
  world.tenant(index).sim.waitFor(() => world.tenant(index).sim.connections === count, {
    ...patience,
    what: `${count} connections of office ${index}`,
  });

describe('an office of the directory with a long connection', () => {
  it('is open all the time with its connection, while one that is pushed to sleeps', async () => {
    world = await createFleetWorld(2, { idle: 10 * MINUTE });
    await rotate(0, byLine(world.tenant(0), 2));
    await lines(0, 1);
    await answered(0);
    await answered(1);
    await pass(DAY);
    await pass(MINUTE);
    expect(world.fleet.open).toBe(1);
    await answered(0);
    expect(world.tenant(0).sim.connections).toBe(1);
  });

  it('comes up with the server though nothing is due, and ends with it', async () => {
    world = await createFleetWorld(1);
    await rotate(0, byLine(world.tenant(0), 2));
    await lines(0, 1);
    await world.fleet.stop();
    await lines(0, 0);
    world.directory((directory) => directory.wakeAt('office-0', world.clock.now() + DAY));
    await world.crash();
    await lines(0, 1);
    expect(world.fleet.open).toBe(1);
    await answered(0);
  });

  it('ends when it is disabled or pushed to instead, and is renewed with its credentials', async () => {
    world = await createFleetWorld(1);
    const tenant = world.tenant(0);
    await rotate(0, byLine(tenant, 2));
    await lines(0, 1);
    await rotate(0, byLine(tenant, 3));
    // Between the two the platform finds nobody, and pushes again later.
    await expect.poll(async () => (await ask(0)).status, { timeout: 60_000 }).toBe(200);
    await answered(0);
    await lines(0, 1);
    world.directory((directory) => directory.disable(tenant.id, world.clock.now()));
    await world.fleet.beat();
    await lines(0, 0);
    expect(world.fleet.open).toBe(0);
    world.directory((directory) => directory.enable(tenant.id, world.clock.now()));
    await world.fleet.beat();
    await lines(0, 1);
    await answered(0);
    tenant.sim.transport = 'webhook';
    await rotate(0, credentials(tenant, 4));
    await lines(0, 0);
    await answered(0);
  });

  it('is not taken by a Worker, which cannot hold its connection', async () => {
    world = await createFleetWorld(1);
    const tenant = world.tenant(0);
    let { sealed } = sealEntry(SECRET, tenant.id, credentials(tenant));
    const DIRECTORY = { get: async () => sealed, put: async () => undefined };
    const find = createWorkerOffices(readWorker({ SECRET_KEY: SECRET, LOG_LEVEL: 'silent', DIRECTORY }));
    expect((await find(tenant.id))?.platforms).toHaveLength(1);
    sealed = sealEntry(SECRET, tenant.id, byLine(tenant, 2)).sealed;
    expect(await find(tenant.id)).toBeUndefined();
  });

  it('keeps its trouble to itself: a platform that refuses is asked again, a file that is damaged waits', async () => {
    world = await createFleetWorld(3);
    ding = await createDingTalkSim({ limits: false, ackTimeoutMs: 60_000 });
    ding.transport = 'stream';
    ding.refuseConnections(503);
    const worker = ding.addUser({ name: '周强' });
    const { dingtalk } = loadConfig({ ...ding.env(), SECRET_KEY: SECRET });
    const admins: Credentials['admins'] = [{ platform: 'dingtalk', id: worker.staffId }];
    await rotate(0, { dingtalk, admins, revision: 2 });
    const path = officePath(world.config, 'office-1');
    await answered(1);
    await world.fleet.stop();
    copyFileSync(path, `${path}.good`);
    writeFileSync(path, 'this is no database '.repeat(100));
    await world.crash();
    await rotate(1, byLine(world.tenant(1), 2));
    await rotate(2, byLine(world.tenant(2), 2));
    await lines(2, 1);
    await answered(2);
    await lines(1, 1);
    expect(await ask(1)).toMatchObject({ status: 500 });
    expect([ding.connections, ding.opens > 0]).toEqual([0, true]);
    ding.refuseConnections(0);
    await ding.waitFor(() => ding?.connections === 1, patience);
    expect(await worker.sayPrivately('/帮助')).toMatchObject({ acked: true });
    await ding.waitFor(() => (ding?.private(worker).messages.length ?? 0) > 0, patience);
    for (const end of ['-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
    copyFileSync(`${path}.good`, path);
    await pass(11 * MINUTE);
    await answered(1);
    expect(world.fleet.open).toBe(3);
    expect(ding.complaints).toEqual([]);
  });
});
