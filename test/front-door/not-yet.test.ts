import { afterEach, beforeEach, expect, it } from 'vitest';
import { createWorld, type World } from '../helpers/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld({ jobs: [] });
});
afterEach(async () => {
  expect(world.sim.complaints).toEqual([]);
  await world.close();
});
const tell = async (line: string) => {
  await world.users.石小红?.sayPrivately(line);
  await world.settle();
  return world.sim.private(world.users.石小红 as never);
};
const visits = () => world.store.db.all('select id from visit');

it.each(['走访 明天 3号楼 张某', '走访 下周三下午 3号楼 张某 送药'])(
  '%s is a plan and no record',
  async (line) => {
    const chat = await tell(line);
    expect(chat.texts().at(-1)).toMatch(/^还没去的先不用记。去过再发一句就行，例如：/);
    expect(visits()).toEqual([]);
  },
);

it('what is planned for tomorrow stays in the words of a visit', async () => {
  await tell('走访 3号楼 张某 明天去送药');
  expect(visits()).toHaveLength(1);
});

it('a family of that very name opens, though others of the building have no name', async () => {
  world.household('3号楼2单元501', '张某', '石小红');
  world.household('3号楼2单元502', '', '石小红');
  const chat = await tell('户 3号楼 张某');
  const card = chat.lastCard();
  expect(card && world.sim.cardText(card)).toContain('3号楼2单元501');
  expect(card && world.sim.cardText(card)).not.toContain('是哪一户');
});
