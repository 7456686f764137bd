import { afterEach, beforeEach, expect, it } from 'vitest';
import { createWorld, type World } from '../helpers/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld({ jobs: [] });
  await world.office.beat();
  await world.office.stop();
});
afterEach(async () => {
  expect(world.sim.complaints).toEqual([]);
  await world.close();
});

const MINUTE = 60_000;

it('tells each bound work group once of a silence of more than ten minutes (decision 40)', async () => {
  world.clock.set(world.clock.now() + 90 * MINUTE);
  await world.office.start({ afterOutage: true });
  await world.settle();
  expect(world.sim.chat(world.group).texts()).toEqual([
    '今天15:00—16:30我断线了，这段时间没看到“已记”的，请再发一次。',
  ]);
  await world.office.stop();
  await world.office.start({ afterOutage: true });
  await world.settle();
  expect(world.sim.chat(world.group).texts()).toHaveLength(1);
});

it('says nothing of a short one', async () => {
  world.clock.set(world.clock.now() + 9 * MINUTE);
  await world.office.start({ afterOutage: true });
  await world.settle();
  expect(world.sim.chat(world.group).texts()).toEqual([]);
});
