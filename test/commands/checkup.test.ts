import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorld, type World } from '../helpers/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

describe('/体检', () => {
  it('tells an administrator in private what the house and the platform say, with what to do', async () => {
    const admin = world.person('方静', '梧桐街道', ['管理员']);
    const said = await admin.sayPrivately('/体检');
    expect(said.status).toBe(200);
    await world.sim.waitFor(() => world.sim.private(admin).messages.length >= 2, { what: 'the answer' });
    const [first, card] = world.sim.private(admin).texts();
    expect(first).toContain('在查了');
    expect(card).toContain('体检：');
    expect(card).toContain('正常 · 管理员 · 1位');
    expect(card).toContain('不明 · 公网地址');
    expect(card).toContain('怎么办：');
    expect(card).toMatch(/飞书 凭证/);
    expect(card).not.toContain(world.sim.appSecret);
    // Answered once: nothing waits any more.
    await world.office.beat();
    await world.settle();
    expect(world.sim.private(admin).messages).toHaveLength(2);
  });

  it('is for administrators, and leaves a resident’s check-up alone', async () => {
    const xiaohong = world.users.石小红;
    if (!xiaohong) throw new Error('石小红');
    await xiaohong.sayPrivately('/体检');
    await world.settle();
    expect(world.sim.private(xiaohong).texts().join()).toContain('暂时用不上');
    await xiaohong.sayPrivately('/走访 3号楼 张某 体检');
    await world.settle();
    expect(world.sim.private(xiaohong).texts().at(-1)).toContain('3号楼');
  });

  it('answers after a stop in between, and whoever is no administrator by then is told nothing', async () => {
    const admin = world.person('方静', '梧桐街道', ['管理员']);
    const { q } = world.office;
    await world.office.write(() => {
      q.settings.set('checkup', { [world.members.方静 ?? 0]: 1, [world.members.石小红 ?? 0]: 2 });
    });
    await world.office.start();
    await world.sim.waitFor(() => world.sim.private(admin).messages.length > 0, { what: 'the answer' });
    await world.settle();
    const other = world.users.石小红;
    expect(other && world.sim.private(other).messages).toHaveLength(0);
    expect(q.settings.get('checkup')).toBeNull();
  });
});
