import { afterEach, beforeEach, expect, it } from 'vitest';
import { cards } from '../../src/jobs/cards.ts';
import { ownPages } from '../../src/jobs/own-pages.ts';
import { createWorld, type World } from '../helpers/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld({ jobs: [cards, ownPages], publicUrl: 'http://office.test' });
  const { q } = world.office;
  const member = q.members.create({
    name: '王军',
    pinyin: 'wang jun',
    orgId: world.orgs.第一支部 ?? 0,
    day: '2026-01-01',
    now: world.clock.now(),
  });
  world.members.王军 = member.id;
  await world.users.贺立?.sayPrivately('/专页 王军');
  await world.settle();
});
afterEach(async () => {
  expect(world.sim.complaints).toEqual([]);
  await world.close();
});

const told = (): string[] => world.sim.private(world.users.贺立 as never).texts();
const isReached = (): boolean => world.office.q.members.reachable(world.members.王军 ?? 0).length > 0;

it('says three days before that a page ends, and at its end sends nothing there any more', async () => {
  // Made on the 18th at 15:00, so it ends on the 18th of the next month at 15:00.
  await world.moveTo('2026-12-15T14:59');
  expect(told().some((text) => text.includes('还有3天到期'))).toBe(false);
  await world.moveTo('2026-12-15T15:00');
  expect(told().filter((text) => text.includes('王军的专页还有3天到期'))).toHaveLength(1);
  expect(isReached()).toBe(true);
  await world.moveTo('2026-12-18T15:00');
  expect(told().at(-1)).toBe('王军的专页到期了，链接打不开了。还要用，请发：/专页 王军');
  expect(isReached()).toBe(false);
});

it('says nothing of a page that was made anew meanwhile', async () => {
  await world.moveTo('2026-11-25T10:00');
  const card = world.sim.private(world.users.贺立 as never).lastCard();
  if (!card) throw new Error('no card');
  await world.users.贺立?.press(card, '换新链接');
  await world.settle();
  await world.moveTo('2026-12-18T16:00');
  expect(told().filter((text) => text.includes('到期'))).toEqual([]);
  expect(isReached()).toBe(true);
});
