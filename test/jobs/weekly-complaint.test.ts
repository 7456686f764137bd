import { afterEach, beforeEach, expect, it } from 'vitest';
import { weekly } from '../../src/jobs/weekly.ts';
import { createWorld, type World } from '../helpers/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld({ jobs: [weekly] });
});
afterEach(async () => {
  expect(world.sim.complaints).toEqual([]);
  await world.close();
});
const say = async (text: string) => {
  await world.users.石小红?.say(world.group, text);
  await world.settle();
};
const shown = () => {
  const chat = world.sim.chat(world.group);
  return chat
    .cards()
    .map((card) => world.sim.cardText(card))
    .find((text) => text.includes('本周清单'));
};

it("leaves a complaint about a person out of the group's list and its counts (care 11)", async () => {
  await say('/投诉 3号楼 张桂芳 说贺书记态度差，不办事');
  await say('/诉求 6号楼 陈奶奶 楼道灯坏了三天没人修');
  await world.moveTo('2026-11-23T08:55');
  expect(shown()).toContain('本周清单：待研判1，');
  expect(shown()).toContain('第2号 · 6号楼');
  expect(shown()).toContain('看全部1件');
  expect(shown()).not.toMatch(/第1号|3号楼/u);
});

it('counts it as new once, and posts no card for it alone', async () => {
  await say('/投诉 3号楼 张桂芳 说贺书记态度差，不办事');
  await world.moveTo('2026-11-23T08:55');
  await world.moveTo('2026-11-30T08:55');
  expect(world.sim.chat(world.group).cards()).toHaveLength(1);
  expect(shown()).toContain('诉求新增1');
  expect(shown()).not.toMatch(/第1号|待研判/u);
});
