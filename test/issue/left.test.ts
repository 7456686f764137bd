import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SimMessage, SimUser } from '../simulators/feishu/index.ts';
import { type Desk, openDesk } from './desk.ts';

/** Who is 转出 leaves matters behind: the secretary has them on one card, and nothing moves by itself. */
let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  for (const building of [6, 7, 8])
    await desk.say('石小红', `/诉求 ${building}号楼 陈奶奶 楼道灯坏了三天没人修`);
  await desk.tell('贺立', '研判 1 石小红');
  await desk.tell('贺立', '研判 2 物业办');
  await desk.tell('贺立', '研判 3 李梅');
});
afterEach(async () => {
  expect(desk.world.sim.complaints).toEqual([]);
  await desk.close();
});

const never = (): never => {
  throw new Error('nothing there');
};
const user = (name: string): SimUser => desk.world.users[name] ?? never();
const lists = (name: string): SimMessage[] =>
  desk.world.sim
    .private(user(name))
    .cards()
    .filter((card) => /[出用]了，还有|留下的事/.test(desk.world.sim.cardText(card)));

async function leave(by: string, name: string, status: '转出' | '停用' = '转出'): Promise<void> {
  await desk.tell(by, `/名册 ${name}`);
  await desk.press(by, status);
  await user(by).press(desk.card(by), status, { form: { heir: 'none' } });
  await desk.world.settle();
}

it('brings all of it on one private card, with 改派 for each in his hands', async () => {
  await leave('贺立', '石小红');
  expect(lists('贺立')).toHaveLength(1);
  const [card = never()] = lists('贺立');
  const text = desk.world.sim.cardText(card);
  expect(text).toContain('石小红转出了，还有3件事没办完');
  expect(text).toMatch(/这些在他手上.*第1号.*这些是他接的.*第2号.*第3号/s);
  expect(desk.world.sim.buttons(card).map((each) => each.label)).toEqual(['改派第1号', '看第2号', '看第3号']);
  expect(desk.state(1)).toMatchObject({ state: 'handling', handlerId: desk.world.members.石小红 });
  expect(desk.group()).not.toContain('转出');
  const due = desk.state(1).dueAt;

  expect((await desk.pressOn('贺立', card, '改派第1号')).toast?.content).toBe('打开了，在下面。');
  await user('贺立').press(desk.card('贺立'), '改派', {
    form: { to: `m${desk.world.members.李梅}` },
  });
  await desk.world.settle();
  expect(desk.state(1)).toMatchObject({ handlerId: desk.world.members.李梅, dueAt: due });
  expect(desk.text('李梅')).toContain('第1号');
  // Now he only received it.
  expect(desk.world.sim.cardText(card)).not.toContain('这些在他手上');
  expect(desk.world.sim.buttons(card).map((each) => each.label)).toContain('看第1号');
});

it('ends when nothing of it is open', async () => {
  await leave('贺立', '石小红');
  for (const number of [1, 2, 3]) await desk.tell('贺立', `撤诉 ${number} 群众说不用了`);
  const [card = never()] = lists('贺立');
  expect(desk.world.sim.cardText(card)).toContain('石小红留下的事都安排好了');
});

it('goes to whoever decides, also when an administrator did it', async () => {
  desk.world.person('于洋', '梧桐街道', ['管理员']);
  await leave('于洋', '李梅');
  expect(lists('贺立')).toHaveLength(1);
  expect(desk.world.sim.cardText(lists('贺立')[0] ?? never())).toContain('李梅转出了，还有1件事没办完');
  expect(lists('于洋')).toEqual([]);
});

it('is silent where nothing is left', async () => {
  desk.world.person('高远', '第一支部');
  await leave('贺立', '高远');
  expect(lists('贺立')).toEqual([]);
});

it('comes for who is suspended too: he can do nothing about them either', async () => {
  await leave('贺立', '李梅', '停用');
  const [card = never()] = lists('贺立');
  expect(desk.world.sim.cardText(card)).toContain('李梅停用了，还有1件事没办完');
  expect(desk.world.sim.buttons(card).map((each) => each.label)).toEqual(['改派第3号']);
});

it('lets whoever decided take the resident’s word where the one who was there has left', async () => {
  await desk.say('石小红', '/诉求 9号楼 孙某 门铃不响');
  await desk.tell('贺立', '研判 4 当场解决 换了电池');
  expect(desk.state(4).state).toBe('settledOnSpot');
  await leave('贺立', '石小红');
  await desk.tell('贺立', '评 4 满意');
  expect(desk.state(4)).toMatchObject({ state: 'closed', satisfaction: 'good' });
});
