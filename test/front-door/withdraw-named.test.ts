import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openDesk } from '../issue/desk.ts';

/** 撤销 with a name takes back that record, and no other (S2-19). */
let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  await desk.tell('石小红', '走访 9号楼 王五 送药');
  await desk.tell('石小红', '走访 3号楼 张某 低保咨询');
});
afterEach(async () => {
  expect(desk.world.sim.complaints).toEqual([]);
  await desk.close();
});

const people = (): (string | null)[] =>
  desk.world.office.q.visits
    .diary(desk.world.members.石小红 ?? 0, { limit: 9, offset: 0 })
    .map((visit) => visit.person)
    .sort();
const last = (): string =>
  desk.world.sim
    .private(desk.world.users.石小红 as never)
    .texts()
    .at(-1) ?? '';

describe('撤销 with words behind it', () => {
  it.each([
    '撤销 王五',
    '撤销王五',
    '/撤回 9号楼',
    '撤销 9号楼王五那条',
    '撤销 9号楼 王五 送药',
    '撤销 王武',
    '取消 王五的走访',
  ])('%s takes back the one that is named', async (line) => {
    await desk.tell('石小红', line);
    expect(people()).toEqual(['张某']);
    expect(desk.text('石小红')).toContain('已撤销');
  });

  it.each(['撤销', '撤销 刚才那条', '撤销 上一条走访', '记错了', '撤销 今天刚才那条'])(
    '%s takes back the newest',
    async (line) => {
      await desk.tell('石小红', line);
      expect(people()).toEqual(['王五']);
    },
  );

  it.each([
    '撤销 赵六',
    '撤销 9号楼 张某',
    '撤销 12号楼',
    '撤销 昨天王五',
    '撤销 今天的全部',
    '撤销 王五、张某',
  ])('%s takes back nothing', async (line) => {
    await desk.tell('石小红', line);
    expect(people()).toHaveLength(2);
    expect(last()).toContain('什么也没撤');
  });

  it.each([
    ['取消 请假', '取消请假'],
    ['撤销 诉求 3号楼', '撤诉'],
    ['撤销 决定', '收回'],
  ])('%s says how that is done, and leaves the visits', async (line, says) => {
    await desk.tell('石小红', line);
    expect(people()).toHaveLength(2);
    expect(last()).toContain(says);
  });

  it('finds by the household what was written without a place', async () => {
    desk.world.household('7号楼1单元201', '周桂兰', '石小红');
    await desk.tell('石小红', '走访 周桂兰 聊天');
    await desk.tell('石小红', '走访 5号楼 钱秀兰 送油');
    await desk.tell('石小红', '撤销 7号楼 周桂兰');
    expect(people()).toEqual(['王五', '钱秀兰', '张某'].sort());
  });

  it('takes one family out of a line of several', async () => {
    await desk.tell('石小红', '走访 5号楼 钱秀兰、孙志强 送油');
    await desk.tell('石小红', '撤销 孙志强');
    expect(people()).toEqual(['王五', '钱秀兰', '张某'].sort());
  });

  it('is nobody else’s', async () => {
    await desk.tell('李梅', '走访 6号楼 周大爷 聊天');
    await desk.tell('李梅', '撤销 王五');
    expect(people()).toHaveLength(2);
  });
});
