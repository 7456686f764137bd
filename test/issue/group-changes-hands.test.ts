import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Desk, openDesk, PLAIN } from './desk.ts';

/** A group that is another's from now on keeps nothing of the matters of before (decision 11, care 7). */
let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  await desk.say('石小红', PLAIN);
});
afterEach(async () => {
  expect(desk.world.sim.complaints).toEqual([]);
  await desk.close();
});

it('as a residents’ group: the standing card is emptied and never moves again', async () => {
  const card = desk.groupCard();
  expect(desk.world.sim.cardText(card)).toContain('待研判');
  await desk.say('贺立', '/绑定 第一支部 居民群');
  await desk.world.users.贺立?.press(desk.card('贺立'), '认领', {
    form: { org: '第一支部', purpose: '居民群（不发工作清单）' },
  });
  await desk.world.settle();
  await desk.press('贺立', '改');
  expect(desk.world.office.q.chats.find(desk.world.connection, desk.world.group)?.purpose).toBe('residents');
  expect(desk.world.sim.cardText(card)).not.toMatch(/6号楼|公共设施|待研判/);
  expect(desk.world.sim.buttons(card)).toEqual([]);
  const shown = desk.world.sim.cardText(card);
  await desk.press('贺立', '按建议办');
  expect(desk.world.sim.cardText(card)).toBe(shown);
});

it('let go of: the card goes as well', async () => {
  const card = desk.groupCard();
  await desk.say('贺立', '/解绑');
  await desk.press('贺立', '解除');
  expect(desk.world.sim.cardText(card)).not.toMatch(/6号楼|待研判/);
});
