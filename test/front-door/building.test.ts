import { afterEach, expect, it } from 'vitest';
import { weekly } from '../../src/jobs/weekly.ts';
import { createWorld, type World } from '../helpers/world.ts';

let world: World;
afterEach(async () => {
  expect(world.sim.complaints).toEqual([]);
  await world.close();
});

/** All that ever stood in the work group, cards with their history. */
const group = () =>
  world.sim
    .chat(world.group)
    .messages.map((message) => JSON.stringify(message.history) + JSON.stringify(message.content))
    .join('\n');
const say = async (text: string) => {
  await world.users.石小红?.say(world.group, text);
  await world.settle();
};
const TELLING = /刑满|释放|刘强|孤寡|老人|秀英|王五|家暴|老赵|媳妇|大院/u;

it('shows the number alone where the name of a building tells on somebody (decisions 7, 8)', async () => {
  world = await createWorld({ jobs: [weekly] });
  const noted: [string, string][] = [
    ['/走访 刑满释放刘强大院5号楼 帮扶', '已记 · 5号楼 1户'],
    ['/走访 孤寡老人李秀英小区6号楼 看看', '已记 · 6号楼 1户'],
    ['/走访 王五家暴大院3号楼 劝解', '已记 · 3号楼 1户'],
    ['/走访 幸福里12栋 张某 低保咨询', '已记 · 幸福里12栋 1户'],
    ['/走访 张家湾2组 李某 看看', '已记 · 张家湾2组 1户'],
  ];
  for (const [line, shown] of noted) {
    await say(line);
    expect(world.sim.chat(world.group).texts().at(-1)).toBe(shown);
  }
  await say('/走访 刑满释放刘强大院5号楼 帮扶');
  await say('/撤销');
  expect(world.sim.chat(world.group).texts().at(-1)).toBe('已撤销 · 5号楼');
  await say('/诉求 老赵媳妇家院2号楼 吵架');
  await say('/诉求 梅园小区8幢 张某 楼道灯不亮');
  expect(group()).toContain('第1号 · 2号楼');
  expect(group()).toContain('第2号 · 梅园小区8幢');
  await world.moveTo('2026-11-23T08:55');
  expect(group()).toMatch(/本周清单[\s\S]*第1号 · 2号楼/u);
  expect(group()).not.toMatch(TELLING);
});
