import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Desk, openDesk } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(async () => {
  expect(desk.world.sim.complaints).toEqual([]);
  await desk.close();
});

it('a matter follows the visit it came from to the right family, its words unchanged (decision 20)', async () => {
  const wrong = desk.world.household('3号楼2单元501', '张桂芳', '石小红');
  const right = desk.world.household('3号楼2单元601', '张桂香', '石小红');
  await desk.tell('石小红', '走访 3号楼2单元501 张桂芳 低保没批下来，很着急');
  await desk.press('石小红', '转为诉求');
  expect(desk.state()).toMatchObject({ householdId: wrong, person: '张桂芳' });
  await desk.tell('石小红', '更正 3号楼2单元601 张桂香 低保没批下来，很着急');
  expect(desk.state()).toMatchObject({
    householdId: right,
    person: '张桂香',
    place: '3号楼2单元601',
    words: '低保没批下来，很着急',
  });
  expect(desk.text('贺立')).toContain('张桂香');
  expect(desk.text('贺立')).not.toContain('张桂芳');
});

it('of two of one name it is asked who is meant', async () => {
  desk.world.person('李梅', '第一支部');
  await desk.say('石小红', '/诉求 6号楼 陈奶奶 楼道灯坏了');
  await desk.tell('贺立', '研判 1 李梅');
  expect(desk.state()).toMatchObject({ state: 'reported', handlerId: null });
  const offered = desk.buttons('贺立').filter((label) => label.includes('李梅'));
  expect(new Set(offered).size).toBe(2);
  await desk.press('贺立', offered[1] ?? '');
  expect(desk.state().state).toBe('handling');
});
