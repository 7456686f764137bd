import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runTick } from '../../src/cli/tick.ts';
import { createWorld, type World } from '../helpers/world.ts';

const MONDAY = Date.parse('2026-11-23T08:35:00+08:00');

let world: World;
beforeEach(async () => {
  world = await createWorld();
  world.household('3号楼', '张某', '石小红');
  await world.users.石小红?.say(world.group, '/走访 3号楼 张某 低保咨询');
  await world.settle();
});
afterEach(() => world.close());

const tick = async (now: number) => {
  const printed: string[] = [];
  const code = await runTick(now, { office: world.office, print: (line) => void printed.push(line) });
  return { code, lines: printed.map((line) => JSON.parse(line) as Record<string, unknown>) };
};

describe('tick --now', () => {
  it('prints one line, delivers what fell due, and a second call sends nothing more', async () => {
    world.clock.set(MONDAY);
    const first = await tick(MONDAY);
    expect(first.code).toBe(0);
    expect(first.lines).toEqual([
      { now: '2026-11-23T00:35:00.000Z', jobs: expect.any(Number), sent: 1, failed: 0, left: 0 },
    ]);
    expect(world.sim.chat(world.group).cards()).toHaveLength(1);
    world.clock.set(MONDAY + 60_000);
    const second = await tick(MONDAY);
    expect(second).toEqual({
      code: 0,
      lines: [{ now: '2026-11-23T00:35:00.000Z', jobs: 0, sent: 0, failed: 0, left: 0 }],
    });
  });

  it('answers 1 when something is left', async () => {
    const code = await runTick(MONDAY, {
      office: {
        tick: async () => ({ now: '2026-11-23T00:35:00.000Z', jobs: 1, sent: 0, failed: 0, left: 1 }),
      },
      print: () => {},
    });
    expect(code).toBe(1);
  });
});
