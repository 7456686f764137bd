import { afterEach, beforeEach, expect, it } from 'vitest';
import { createWorld, type World } from '../helpers/world.ts';

const at = (time: string) => Date.parse(`${time}+08:00`);
let world: World;
beforeEach(async () => {
  world = await createWorld();
  await world.users.石小红?.say(world.group, '/走访 3号楼 张某 低保咨询');
  await world.settle();
});
afterEach(() => world.close());
const cards = () =>
  world.sim
    .chat(world.group)
    .cards()
    .map((card) => world.sim.cardText(card));

// T moves job time only (decision 46): the machine's own clock says Sunday night, or a day long after.
it.each(['2026-11-22T23:50', '2026-11-25T03:00', '2027-03-06T22:00'])(
  'delivers Monday’s card at %s by the machine’s clock',
  async (real) => {
    world.clock.set(at(real));
    const report = await world.office.tick(at('2026-11-23T08:35'), 10_000);
    expect(report).toMatchObject({ failed: 0, left: 0 });
    expect(report.sent).toBeGreaterThan(0);
    expect(cards()).toHaveLength(1);
    expect(cards()[0]).toContain('统计到今天8:35');
    world.clock.set(at(real) + 60_000);
    expect(await world.office.tick(at('2026-11-23T08:35'), 10_000)).toMatchObject({
      jobs: 0,
      sent: 0,
      left: 0,
    });
  },
);

it('keeps quiet hours by job time', async () => {
  world.clock.set(at('2026-11-20T10:00'));
  await world.office.tick(at('2026-11-22T12:00'), 10_000);
  expect(cards()).toEqual([]);
});
