import { afterEach, beforeEach, expect, it } from 'vitest';
import { dayOf } from '../../src/lib/day.ts';
import { type Desk, openDesk, PLAIN } from './desk.ts';

/** A typed decision that names nobody we know: whoever may be meant stands on a card, and one tap finishes it. */
let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  await desk.say('石小红', PLAIN);
});
afterEach(async () => {
  expect(desk.world.sim.complaints).toEqual([]);
  await desk.close();
});

it('offers people and units, the likest first, and keeps the day', async () => {
  await desk.tell('贺立', '研判 1 李小梅 12-2');
  expect(desk.text('贺立')).toContain('第1号 · 交给谁办？');
  expect(desk.text('贺立')).toContain('“李小梅”没对上人，也没对上单位。点一下就交给他办，12月2日前。');
  const [first, ...others] = desk.buttons('贺立');
  expect(first).toBe('李梅');
  expect(others).toEqual(expect.arrayContaining(['石小红', '贺立', '物业办', '另选或改期']));
  const sent = desk.world.sim.private(desk.world.users.贺立 ?? never()).cards().length;
  expect(await desk.press('贺立', '李梅')).toBe('已交李梅，12月2日前。10分钟内可以收回。');
  expect(desk.state()).toMatchObject({ state: 'handling', handlerId: desk.world.members.李梅 });
  expect(dayOf(desk.state().dueAt ?? 0)).toBe('2026-12-02');
  expect(desk.text('贺立')).toContain('收回');
  expect(desk.world.sim.private(desk.world.users.贺立 ?? never()).cards()).toHaveLength(sent);
  expect(desk.group()).not.toContain('李小梅');
});

it('gives it to a unit as well, and to another one later', async () => {
  await desk.tell('贺立', '研判 1 不知道的人');
  await desk.press('贺立', '物业办');
  expect(desk.state()).toMatchObject({ state: 'dispatched', handlerOrgId: desk.world.orgs.物业办 });
  await desk.tell('贺立', '研判 1 不知道的人');
  await desk.press('贺立', '石小红');
  expect(desk.state()).toMatchObject({ state: 'handling', handlerId: desk.world.members.石小红 });
});

it('says how else it can be said, and the form is one tap away', async () => {
  await desk.tell('贺立', '研判 1 过几天再说吧');
  expect(desk.text('贺立')).toContain('研判 1 上报');
  await desk.press('贺立', '另选或改期');
  expect(desk.text('贺立')).toContain('本支部办 · 第1号');
});

it('is no way round the right, and shows the matter when somebody was faster', async () => {
  await desk.tell('石小红', '研判 1 张三丰');
  expect(
    desk.world.sim
      .private(desk.world.users.石小红 ?? never())
      .texts()
      .at(-1),
  ).not.toContain('张三丰');
  await desk.tell('贺立', '研判 1 李小梅');
  const card = desk.card('贺立');
  await desk.tell('贺立', '研判 1 石小红');
  expect(desk.world.sim.cardText(card)).toContain('已交石小红');
  expect(desk.state()).toMatchObject({ handlerId: desk.world.members.石小红 });
});

function never(): never {
  throw new Error('nobody');
}
