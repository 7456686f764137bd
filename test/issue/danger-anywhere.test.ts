import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Desk, openDesk } from './desk.ts';

/** Words of danger are answered with the numbers to ring (decision 34), however and by whomever they were typed. */
let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(async () => {
  expect(desk.world.sim.complaints).toEqual([]);
  await desk.close();
});
const user = (name: string) => desk.world.users[name] ?? (undefined as never);

it('in private without a command: the numbers first, and one tap makes it a matter', async () => {
  await desk.tell('石小红', '6号楼着火了，浓烟');
  expect(desk.text('石小红')).toMatch(/有危险请先打电话：火警119/);
  await desk.press('石小红', '记成诉求');
  expect(desk.state()).toMatchObject({ grade: 'danger', state: 'reported' });
  expect(desk.text('贺立')).toContain('请您研判 · 第1号');
});

it('in the group, said to the bot: the numbers and how to report, none of the words', async () => {
  await user('石小红').say(desk.world.group, '6号楼陈奶奶家着火了', { mentionBot: true });
  await desk.world.settle();
  const [line] = desk.world.sim.chat(desk.world.group).texts().slice(-1);
  expect(line).toMatch(/^这像是急事。有危险请先打电话：火警119/);
  expect(line).toContain('/诉求');
  expect(line).not.toMatch(/6号楼|陈奶奶|着火/);
});

it('a question about a family, asked in the group, gets the way to ask in private (care 6)', async () => {
  await user('石小红').say(desk.world.group, '张某家什么情况？', { mentionBot: true });
  await desk.world.settle();
  const [line] = desk.world.sim.chat(desk.world.group).texts().slice(-1);
  expect(line).toBe('群众家里的事不在群里说，请私聊我查。');
});

it('in a visit of today: on top of the receipt; not where all is well, nor in what is recorded later', async () => {
  await desk.tell('石小红', '走访 3号楼 张某 家里煤气泄漏了');
  expect(desk.text('石小红')).toContain('有危险请先打电话');
  await desk.tell('石小红', '走访 3号楼 张某 送米送油');
  expect(desk.text('石小红')).not.toContain('有危险');
  await desk.tell('石小红', '走访 前天 3号楼 张某 家里煤气泄漏了');
  expect(desk.text('石小红')).not.toContain('有危险');
});

it('from somebody whom nobody knows yet, once an hour', async () => {
  const stranger = desk.world.sim.addUser({ name: '吕晓' });
  await desk.world.sim.addMembers(desk.world.group, [stranger], user('贺立'));
  await stranger.say(desk.world.group, '/诉求 6号楼 煤气泄漏 有人晕倒');
  await desk.world.settle();
  const heard = desk.world.sim
    .private(stranger)
    .texts()
    .filter((text) => text.includes('有危险请先打电话'));
  expect(heard).toHaveLength(1);
  await stranger.say(desk.world.group, '/诉求 6号楼 煤气泄漏 有人晕倒了快来');
  await desk.world.settle();
  expect(
    desk.world.sim
      .private(stranger)
      .texts()
      .filter((text) => text.includes('有危险请先打电话')),
  ).toHaveLength(1);
});
