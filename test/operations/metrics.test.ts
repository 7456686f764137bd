import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { job } from '../../src/jobs/define.ts';
import { createWorld, WEDNESDAY, type World } from '../helpers/world.ts';

/** Due ten seconds before the world begins; the other one cannot be run. */
const JOBS = ['steady', 'broken'].map((name) =>
  job({
    name,
    lookback: 60_000,
    occurrences: (_view, from, to) =>
      [{ period: 'p', scope: 'all', at: WEDNESDAY - 10_000 }].filter(({ at }) => at > from && at <= to),
    run() {
      if (name === 'broken') throw new Error('cannot');
    },
  }),
);

let world: World;
beforeEach(async () => {
  world = await createWorld({ jobs: JOBS });
});
afterEach(() => world.close());

const xiaohong = () => {
  const found = world.users.石小红;
  if (!found) throw new Error('石小红');
  return found;
};
async function page(): Promise<string> {
  const response = await world.get('/metrics');
  expect([response.status, response.headers.get('content-type')]).toEqual([
    200,
    'text/plain; version=0.0.4; charset=utf-8',
  ]);
  return response.text();
}
/** The value of one line of the page; undefined when it is not there. */
async function figure(line: string): Promise<number | undefined> {
  const found = (await page()).split('\n').find((each) => each.startsWith(`${line} `));
  return found === undefined ? undefined : Number(found.slice(line.length + 1));
}

describe('GET /metrics', () => {
  it('counts events by kind and outcome, and answers by status', async () => {
    const said = await xiaohong().say(world.group, '/走访 3号楼 张某 低保咨询');
    await world.sim.duplicate(said);
    await xiaohong().say(world.group, '今天大家辛苦了');
    await world.settle();
    const card = world.sim.private(xiaohong()).lastCard();
    if (!card) throw new Error('no card');
    await xiaohong().press(card, '撤销这条记录');
    await world.sim.rawPost('{"encrypt":"no"}');
    expect(await figure('lianxin_events_total{kind="message",outcome="done"}')).toBe(1);
    expect(await figure('lianxin_events_total{kind="message",outcome="duplicate"}')).toBe(1);
    expect(await figure('lianxin_events_total{kind="message",outcome="ignored"}')).toBe(1);
    expect(await figure('lianxin_events_total{kind="action",outcome="done"}')).toBe(1);
    expect(await figure('lianxin_acks_total{platform="feishu",status="200"}')).toBe(4);
    expect(await figure('lianxin_acks_total{platform="feishu",status="400"}')).toBe(1);
    expect(await figure('lianxin_ack_seconds_count{platform="feishu"}')).toBe(5);
    expect(await figure('lianxin_platform_up{platform="feishu"}')).toBe(1);
  });

  it('counts what failed inside and what could not be committed', async () => {
    world.store.db.run('alter table visitor rename to visitor_away');
    await xiaohong().say(world.group, '/走访 3号楼 张某 低保咨询');
    const { page_count } = world.store.db.get<{ page_count: number }>('pragma page_count');
    world.store.db.run(`pragma max_page_count = ${page_count}`);
    await xiaohong().say(world.group, `/走访 4号楼 张某 ${'很长的一句话'.repeat(4000)}`);
    world.store.db.run('pragma max_page_count = 100000');
    expect(await figure('lianxin_events_total{kind="message",outcome="failed"}')).toBe(1);
    expect(await figure('lianxin_events_total{kind="message",outcome="lost"}')).toBe(1);
    expect(await figure('lianxin_acks_total{platform="feishu",status="503"}')).toBe(1);
  });

  it('shows what waits and since when, retries, dead letters and messages in doubt', async () => {
    const fault = world.sim.fail({
      path: /\/im\/v1\/messages/,
      method: 'POST',
      times: 999,
      mode: 'drop-before',
    });
    await xiaohong().say(world.group, '/走访 3号楼 张某 低保咨询');
    await world.settle();
    world.clock.set(world.clock.now() + 3 * 60_000);
    expect(await figure('lianxin_outbox_messages{state="pending"}')).toBe(2);
    expect(await figure('lianxin_outbox_oldest_seconds')).toBe(180);
    for (let turn = 0; turn < 16; turn += 1) {
      world.clock.set(world.clock.now() + 5 * 60_000);
      await world.settle();
    }
    expect(await figure('lianxin_outbox_messages{state="uncertain"}')).toBe(2);
    expect(await figure('lianxin_given_up_total{state="uncertain"}')).toBe(2);
    expect(await figure('lianxin_retries_total{platform="feishu"}')).toBeGreaterThan(2);
    fault.cancel();
    world.sim.setReachable(xiaohong(), 'blocked');
    await xiaohong().sayPrivately('/帮助');
    await world.settle();
    expect(await figure('lianxin_outbox_messages{state="dead"}')).toBe(1);
    expect(await figure('lianxin_given_up_total{state="dead"}')).toBe(1);
    expect(await figure('lianxin_deliveries_total{platform="feishu",status="failed"}')).toBe(1);
    expect(await figure('lianxin_outbox_oldest_seconds')).toBe(0);
  });

  it('says how late jobs ran, and which failed', async () => {
    await world.office.tick(WEDNESDAY);
    expect(await figure('lianxin_jobs_total{job="steady",outcome="done"}')).toBe(1);
    expect(await figure('lianxin_jobs_total{job="broken",outcome="failed"}')).toBe(1);
    expect(await figure('lianxin_job_late_seconds_sum{job="steady"}')).toBe(10);
  });

  it('holds nobody’s name, id or word', async () => {
    await xiaohong().say(world.group, '/走访 3号楼 张桂芳 电话13812345678');
    await world.settle();
    const text = await page();
    for (const secret of ['石小红', '张桂芳', '1381234', '3号楼', 'ou_', 'oc_', 'om_', world.sim.appId])
      expect(text).not.toContain(secret);
  });

  it('keeps the other figures when the database cannot be read', async () => {
    await xiaohong().say(world.group, '/帮助');
    await world.settle();
    world.store.db.run('alter table outbox rename to outbox_away');
    const text = await page();
    world.store.db.run('alter table outbox_away rename to outbox');
    expect(text).toContain('lianxin_events_total{kind="message",outcome="done"} 1');
    expect(text).toContain('lianxin_outbox_oldest_seconds Nan');
    expect(text).not.toContain('lianxin_outbox_messages{');
  });
});
