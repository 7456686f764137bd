import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { job } from '../../src/jobs/define.ts';
import { quotaFindings } from '../../src/office/quota.ts';
import { createWorld, type World } from '../helpers/world.ts';

/** At 16:00 on Wednesdays one list to the group, one nudge to 李梅 and one urgent word to the secretary. */
const SPEAKS = job({
  name: 'speaks',
  lookback: 60_000,
  occurrences: (_view, from, to) =>
    [{ period: 'p', scope: 'all', at: Date.parse('2026-11-18T16:00:00+08:00') }].filter(
      ({ at }) => at > from && at <= to,
    ),
  run(fx) {
    const chat = fx.q.chats.bound()[0];
    const named = (name: string) => fx.q.members.named(name)[0]?.id ?? 0;
    if (chat) fx.toGroup(chat.id, { kind: 'outage', from: '14:00', to: '15:00' }, { lane: 'digest' });
    fx.privately(named('李梅'), { text: '提醒' }, { lane: 'nudge' });
    fx.privately(named('贺立'), { text: '急事' }, { lane: 'urgent' });
  },
});

let world: World;
afterEach(() => world.close());

/** A world in which so much of 5,000 calls and 3,000 pushes is used since the 2nd. */
async function used(calls: number, pushes = 0): Promise<World> {
  world = await createWorld({ jobs: [SPEAKS], monthly: { calls: 5000, pushes: 3000 } });
  world.person('安静', '第一支部', ['党员', '管理员']);
  world.office.q.quota.add(world.connection, '2026-11-02', { calls, pushes });
  return world;
}
const user = (name: string) => {
  const found = world.users[name];
  if (!found) throw new Error(name);
  return found;
};
const group = () => world.sim.chat(world.group).texts();
const toAdministrator = () => world.sim.private(user('安静')).texts();
const sums = () => world.office.q.quota.sums(world.connection, '2026-11-01', '2026-11-30');
const held = () =>
  world.store.db.all<{ lane: string; at: number }>(
    sql`select lane, not_before as at from outbox where state = 'pending' order by id`,
  );
async function figure(line: string): Promise<number | undefined> {
  const page = await (await world.get('/metrics')).text();
  const found = page.split('\n').find((each) => each.startsWith(`${line} `));
  return found === undefined ? undefined : Number(found.slice(line.length + 1));
}

describe('counting', () => {
  it('takes each push, also a repeated one, and each call; shows both', async () => {
    await used(0);
    const said = await user('石小红').say(world.group, '/走访 3号楼 张某 低保咨询');
    await world.sim.duplicate(said);
    await world.settle();
    expect(sums()).toMatchObject({ calls: 2, pushes: 2, from: '2026-11-02' });
    expect(await figure('lianxin_quota_used{platform="feishu",kind="calls"}')).toBe(2);
    expect(await figure('lianxin_quota_used{platform="feishu",kind="pushes"}')).toBe(2);
    expect(await figure('lianxin_quota_allowance{platform="feishu",kind="calls"}')).toBe(5000);
  });

  it('takes a call that failed, and nothing for what the office tells itself', async () => {
    await used(0);
    world.sim.setReachable(user('石小红'), 'blocked');
    await user('石小红').say(world.group, '/走访 3号楼 张某 低保咨询');
    await world.settle();
    const before = sums();
    expect(before.calls).toBeGreaterThanOrEqual(2);
    await world.office.deliver({
      kind: 'membership',
      connection: world.connection,
      dedupeKey: 'members:1:1',
      at: world.clock.now(),
      change: 'users-added',
      chat: { id: world.group, type: 'group', external: false },
      operator: { id: '' },
      users: [],
    });
    expect(sums().pushes).toBe(before.pushes);
  });

  it('counts nothing where the platform sets no allowance', async () => {
    world = await createWorld({ jobs: [] });
    await user('石小红').say(world.group, '/走访 3号楼 张某 低保咨询');
    await world.settle();
    expect(sums()).toMatchObject({ calls: 0, pushes: 0, from: null });
    expect(quotaFindings(world.office.q, [], world.clock.now())).toEqual([]);
  });
});

describe('a month that will not last', () => {
  it('leaves the receipts in groups out, tells the administrators once, and answers as before', async () => {
    await used(3900);
    await user('石小红').say(world.group, '/走访 3号楼 张某 低保咨询');
    await user('石小红').say(world.group, '/走访 4号楼 张某 低保咨询');
    await world.settle();
    await user('石小红').say(world.group, '/走访 5号楼 张某 低保咨询');
    await world.settle();
    expect(world.sim.private(user('石小红')).cards()).toHaveLength(3);
    expect(group()).toEqual([]);
    expect(toAdministrator()).toHaveLength(1);
    expect(toAdministrator()[0]).toMatch(
      /额度提醒：按现在的用量，本月需约6[67]00次，免费版5000次，2\d日用完。群里的“已记”从现在起不发了/,
    );
    expect(toAdministrator()[0]).toContain('怎么办：');
  });

  it('sends other lines of one group together', async () => {
    await used(3900);
    for (const text of ['讲个笑话', '唱首歌', '今天几号'])
      await user('石小红').say(world.group, text, { mentionBot: true });
    await world.settle();
    expect(group()).toEqual([]);
    world.clock.set(world.clock.now() + 16_000);
    await world.settle();
    expect(group()).toHaveLength(1);
    expect(group()[0]?.split('\n')).toHaveLength(3);
    expect(sums().calls).toBe(3900 + 1 + toAdministrator().length);
  });

  it('does so for pushes as well, and says what their end means', async () => {
    await used(0, 2500);
    await user('石小红').say(world.group, '/走访 3号楼 张某 低保咨询');
    await world.settle();
    expect(group()).toEqual([]);
    expect(toAdministrator()[0]).toMatch(
      /次推送，免费版3000次，2\d日用完。用完以后，大家发的话助手就听不到了/,
    );
  });
});

describe('near the end', () => {
  it('sends answers and what is urgent, and holds lists and nudges until the new month', async () => {
    await used(4600);
    await user('石小红').sayPrivately('/帮助');
    await world.moveTo('2026-11-18T16:01');
    expect(world.sim.private(user('石小红')).cards()).toHaveLength(1);
    expect(world.sim.private(user('贺立')).texts()).toEqual(['急事']);
    expect(group()).toEqual([]);
    expect(held().map((row) => row.lane)).toEqual(['digest', 'nudge']);
    // Looked at again the next working morning, not sooner.
    expect(new Set(held().map((row) => row.at))).toEqual(new Set([Date.parse('2026-11-19T08:00:00+08:00')]));
    expect(toAdministrator()).toHaveLength(1);
    expect(toAdministrator()[0]).toContain('清单和提醒先不发，回话和急事照常。');
    await world.moveTo('2026-11-30T20:00');
    expect(group()).toEqual([]);
    await world.moveTo('2026-12-01T08:01');
    expect(group()).toHaveLength(1);
    expect(world.sim.private(user('李梅')).texts()).toEqual(['提醒']);
    expect(held()).toEqual([]);
    expect(toAdministrator()).toHaveLength(1);
  });
});

describe('an allowance that is used up', () => {
  it('tries only what is urgent, loses nothing and repeats nothing', async () => {
    await used(5000);
    await user('石小红').sayPrivately('/帮助');
    await world.moveTo('2026-11-18T16:01');
    expect(world.sim.private(user('贺立')).texts()).toEqual(['急事']);
    expect(world.sim.private(user('石小红')).cards()).toEqual([]);
    expect(held().map((row) => row.lane)).toEqual(['answer', 'digest', 'nudge']);
    expect(toAdministrator()).toHaveLength(1);
    expect(toAdministrator()[0]).toContain('除了急事都先不发，恢复以后接着发，一条不丢。');
    await world.moveTo('2026-12-01T09:00');
    expect(world.sim.private(user('石小红')).cards()).toHaveLength(1);
    expect(world.sim.private(user('李梅')).texts()).toEqual(['提醒']);
    expect(group()).toHaveLength(1);
    expect(held()).toEqual([]);
  });

  it('believes the platform for the day, and finds out anew the next', async () => {
    await used(100);
    world.office.q.quota.refuse(world.connection, '2026-11-18', 'calls');
    await user('石小红').sayPrivately('/帮助');
    await world.settle();
    expect(world.sim.private(user('石小红')).cards()).toEqual([]);
    expect(toAdministrator()[0]).toContain('平台说本月额度已用完（本助手用了100次');
    await world.moveTo('2026-11-19T01:00');
    expect(world.sim.private(user('石小红')).cards()).toHaveLength(1);
  });

  it('hears from the platform that no push is left, and from the next push that there is', async () => {
    await used(0);
    await world.office.deliver({
      kind: 'unsupported',
      connection: world.connection,
      dedupeKey: 'msg:empty',
      at: world.clock.now(),
      type: 'quota-exhausted',
    });
    await world.settle();
    expect(toAdministrator()[0]).toContain('现在大家发的话助手听不到');
    expect(sums()).toMatchObject({ pushesRefused: false });
    const today = () => world.office.q.quota.sums(world.connection, '2026-11-01', '2026-11-18');
    expect(today().pushesRefused).toBe(true);
    await user('石小红').sayPrivately('/帮助');
    expect(today().pushesRefused).toBe(false);
    await world.settle();
    expect(world.sim.private(user('石小红')).cards()).toHaveLength(1);
  });
});
