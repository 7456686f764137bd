import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorld, type World } from '../helpers/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld({ jobs: [] });
});
afterEach(async () => {
  await world.close();
});

const user = (name: string) => {
  const found = world.users[name];
  if (!found) throw new Error(name);
  return found;
};
const diary = () => world.office.q.visits.diary(world.members.石小红 ?? 0, { limit: 9, offset: 0 });

describe('a command that throws', () => {
  it('loses its own work alone, keeps the line, and runs again by a button', async () => {
    world.store.db.run(sql`alter table visitor rename to visitor_away`);
    const [broken, fine] = await Promise.all([
      user('石小红').say(world.group, '/走访 3号楼 张某 低保咨询'),
      user('李梅').say(world.group, '/帮助'),
    ]);
    expect([broken.status, fine.status]).toEqual([200, 200]);
    await world.settle();
    expect(world.store.db.all(sql`select * from visit`)).toEqual([]);
    const card = world.sim.private(user('石小红')).lastCard();
    expect(card && world.sim.cardText(card)).toContain('原话已存好，不用重打');
    expect(world.sim.chat(world.group).texts().join()).not.toContain('低保');
    expect(world.sim.private(user('李梅')).lastCard()).toBeDefined();

    world.store.db.run(sql`alter table visitor_away rename to visitor`);
    if (!card) throw new Error('no card');
    // Nobody else can run it, and it runs once however often it is pressed.
    const answers = [await user('石小红').press(card, '再试一次')];
    expect(answers[0]?.toast?.content).toBe('这次记上了。');
    await world.settle();
    expect(diary()).toHaveLength(1);
    expect(diary()[0]).toMatchObject({ note: '低保咨询', happenedDay: '2026-11-18' });
    expect(world.sim.chat(world.group).texts().at(-1)).toBe('已记 · 3号楼 1户');
    expect(world.sim.complaints).toEqual([]);
  });
});

describe('what cannot be committed', () => {
  it('is answered 503, is not recorded, and is taken when it comes again', async () => {
    world.store.db.run(sql`pragma max_page_count = 1`);
    const pages = world.store.db.get<{ page_count: number }>(sql`pragma page_count`);
    world.store.db.run(sql.raw(`pragma max_page_count = ${pages?.page_count ?? 1}`));
    const long = '很长的一句话'.repeat(2000);
    const said = await user('石小红').say(world.group, `/走访 3号楼 张某 ${long}`);
    expect(said.status).toBe(503);
    expect(diary()).toEqual([]);
    world.store.db.run(sql`pragma max_page_count = 100000`);
    await world.sim.repush(said.eventId);
    await world.settle();
    expect(diary()).toHaveLength(1);
    expect(world.sim.chat(world.group).texts()).toEqual(['已记 · 3号楼 1户']);
  });
});
