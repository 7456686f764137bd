import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorld, type World } from '../helpers/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld({ jobs: [] });
  await world.office.stop();
});
afterEach(async () => {
  await world.close();
});

/** Room for so many more pages, none of them left over from before; null for all there is. */
const limit = (spare: number | null) => {
  if (spare !== null) world.store.db.run(sql`vacuum`);
  const pages = world.store.db.get<{ page_count: number }>(sql`pragma page_count`)?.page_count ?? 0;
  world.store.db.get(sql.raw(`pragma max_page_count = ${spare === null ? 1_000_000 : pages + spare}`));
};
const count = (from: string) =>
  world.store.db.get<{ n: number }>(sql.raw(`select count(*) n from ${from}`))?.n ?? 0;
const counts = () => ({
  visits: count('visit'),
  issues: count('issue'),
  traces: count('audit'),
  messages: count('outbox'),
  failed: count("inbox where status = 'failed'"),
});

/** A line whose rows take some pages, so that the disk is full in the middle of its work. */
const LONG = '问低保的事要哪些材料'.repeat(400);

describe('a disk that is full in the middle of one line’s work (decision 41)', () => {
  it.each([
    ['a visit', '/走访 3号楼 张某 ', 1, 0],
    ['an issue', '/诉求 3号楼 张某 ', 0, 1],
  ])(
    'leaves nothing of %s, wherever it happens, and takes it when it comes again',
    async (_what, head, visits, issues) => {
      const refused: number[] = [];
      for (let spare = 0; spare < 6; spare += 1) {
        const before = counts();
        limit(spare);
        const said = await world.users.石小红?.say(world.group, `${head}${LONG}${spare}`);
        limit(null);
        if (said?.status === 503) {
          refused.push(spare);
          expect(counts()).toEqual(before);
          await world.sim.repush(said.eventId);
        } else expect(said?.status).toBe(200);
        expect(counts()).toMatchObject({
          visits: before.visits + visits,
          issues: before.issues + issues,
          traces: before.traces + 1,
          failed: 0,
        });
      }
      // The sweep has met both sides of the edge.
      expect(refused).toContain(0);
      expect(refused.length).toBeLessThan(8);
    },
  );

  it('leaves a press done and kept with its answer, or neither', async () => {
    const user = world.users.石小红;
    let refused = 0;
    for (let turn = 1; turn <= 6; turn += 1) {
      await user?.sayPrivately(`/走访 ${turn}号楼 张某 ${LONG.slice(0, 900)}`);
      await world.office.start();
      await world.settle();
      await world.office.stop();
      const card = user && world.sim.private(user).lastCard();
      if (!card) throw new Error('no card');
      // The answer holds the words again, and is the last and largest of what is written.
      limit(0);
      const pressed = await user.press(card, '修改');
      limit(null);
      expect(counts().failed).toBe(0);
      if (pressed.card) continue;
      refused += 1;
      expect(pressed.toast?.content).toBe('刚才没记上，请再点一次。');
    }
    expect(refused).toBeGreaterThan(0);
  });

  it('does not let a failed line run twice by its button', async () => {
    world.store.db.run(sql`alter table visitor rename to visitor_away`);
    const user = world.users.石小红;
    await user?.say(world.group, `/走访 3号楼 张某 ${LONG}`);
    world.store.db.run(sql`alter table visitor_away rename to visitor`);
    await world.office.start();
    await world.settle();
    await world.office.stop();
    const card = user && world.sim.private(user).lastCard();
    for (let spare = 0; spare < 12; spare += 2) {
      limit(spare);
      if (card && world.sim.findButton(card, '再试一次')) await user.press(card, '再试一次');
      limit(null);
      expect(count('visit')).toBe(count("inbox where status = 'done' and key like 'msg:%'"));
    }
    if (card && world.sim.findButton(card, '再试一次')) await user.press(card, '再试一次');
    expect(count('visit')).toBe(1);
  });
});
