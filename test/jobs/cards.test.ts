import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cards } from '../../src/jobs/cards.ts';
import { createWorld, type World } from '../helpers/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld({ jobs: [cards] });
});
afterEach(async () => {
  expect(world.sim.complaints).toEqual([]);
  await world.close();
});

const user = (name: string) => {
  const found = world.users[name];
  if (!found) throw new Error(`no ${name}`);
  return found;
};
const inPrivate = (name: string) =>
  world.sim
    .private(user(name))
    .cards()
    .map((card) => world.sim.cardText(card));
const inGroup = () =>
  world.sim
    .chat(world.group)
    .cards()
    .map((card) => world.sim.cardText(card));

describe('day 12 of a card', () => {
  it('is posted anew where somebody is waited for, and the old one is followed no more', async () => {
    await user('石小红').say(world.group, '/诉求 6号楼 陈奶奶 楼道里堆了杂物没人清');
    await world.settle();
    expect([inPrivate('贺立').length, inGroup().length, inPrivate('石小红').length]).toEqual([1, 1, 1]);
    // Posted on the 18th in the afternoon: on the 30th in the morning it is not twelve days old.
    await world.moveTo('2026-11-30T12:00');
    expect(inPrivate('贺立')).toHaveLength(1);
    await world.moveTo('2026-12-01T08:10');
    expect([inPrivate('贺立').length, inGroup().length, inPrivate('石小红').length]).toEqual([2, 2, 1]);
    await world.moveTo('2026-12-02T12:00');
    expect([inPrivate('贺立').length, inGroup().length]).toEqual([2, 2]);

    const [first, second] = world.sim.private(user('贺立')).cards();
    if (!first || !second) throw new Error('no cards');
    await user('贺立').press(second, '按建议办');
    await world.settle();
    expect(world.sim.cardText(second)).toContain('石小红');
    expect(world.sim.cardText(first)).toContain('请您研判');
  });

  it('ends quietly where nobody is', async () => {
    await user('石小红').say(world.group, '/走访 3号楼 张某 低保咨询');
    await world.settle();
    expect(world.office.q.cards.ageing(world.clock.now() + 1, 10)).toHaveLength(1);
    await world.moveTo('2026-12-01T08:10');
    expect(inPrivate('石小红')).toHaveLength(1);
    expect(world.office.q.cards.ageing(world.clock.now() + 1, 10)).toEqual([]);
    expect(world.office.nextDue(world.clock.now())).toBeNull();
  });
});
