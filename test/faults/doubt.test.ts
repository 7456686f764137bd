import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorld, type World } from '../helpers/world.ts';
import type { FaultHandle } from '../simulators/feishu/index.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const POST = { path: /\/im\/v1\/messages/, method: 'POST' };

let world: World;
beforeEach(async () => {
  world = await createWorld({ jobs: [] });
});
afterEach(async () => {
  await world.close();
});

const say = async (line: string) => {
  const said = await world.users.石小红?.say(world.group, line);
  expect(said?.status).toBe(200);
};
const groupTexts = () => world.sim.chat(world.group).texts();
const states = () =>
  world.store.db
    .all<{ state: string }>(sql`select state from outbox where target_type = 'chat' order by id`)
    .map((row) => row.state);
/** Time passes on both clocks, then everything due is sent. */
const later = async (ms: number) => {
  world.clock.set(world.clock.now() + ms);
  // The pump looks at the clock with the first commit, and may find more to do then.
  await world.settle();
  await world.office.write(() => undefined);
  await world.settle();
};
/** The group's line was taken by the platform, but nobody told us. */
const loseAnswer = (): FaultHandle =>
  world.sim.fail({ ...POST, mode: 'drop-after', match: ({ body }) => JSON.stringify(body).includes('oc_') });

describe('a message in doubt (decision 37)', () => {
  it('is not sent again by itself when the office was away for longer than the platform remembers', async () => {
    loseAnswer();
    await say('/走访 3号楼 张某 低保咨询');
    await world.settle();
    await world.office.stop();
    world.clock.set(world.clock.now() + 2 * HOUR);
    await world.office.start();
    await later(MINUTE);
    expect(groupTexts()).toEqual(['已记 · 3号楼 1户']);
    expect(states()).toEqual(['uncertain']);
  });

  it('stays in doubt while later attempts are refused for certain', async () => {
    loseAnswer();
    await say('/走访 3号楼 张某 低保咨询');
    world.store.db.run(sql`update outbox set lane = 'digest'`);
    await world.settle();
    const refusal = world.sim.fail({ ...POST, mode: 'error', status: 400, code: 230020, times: 1000 });
    for (let passed = 0; passed < 65; passed += 5) await later(5 * MINUTE);
    refusal.cancel();
    await later(10 * MINUTE);
    expect(groupTexts()).toEqual(['已记 · 3号楼 1户']);
    expect(states()).toEqual(['uncertain']);
  });

  it('is sent again within the hour under the same uuid, however the attempts in between ended', async () => {
    loseAnswer();
    await say('/走访 3号楼 张某 低保咨询');
    await world.settle();
    world.sim.fail({ ...POST, mode: 'error', status: 400, code: 230020, times: 2 });
    for (let turn = 0; turn < 6; turn += 1) await later(MINUTE);
    expect(groupTexts()).toEqual(['已记 · 3号楼 1户']);
    expect(states()).toEqual(['sent']);
    expect(world.sim.chat(world.group).messages.map((each) => each.attempts)).toEqual([2]);
  });

  it('is not trusted to a clock that was set back: how old the attempt is can no longer be told', async () => {
    loseAnswer();
    await say('/走访 3号楼 张某 低保咨询');
    await world.settle();
    await later(-HOUR);
    await later(11 * MINUTE);
    expect(states()).toEqual(['uncertain']);
    expect(groupTexts()).toEqual(['已记 · 3号楼 1户']);
  });
});

describe('a clock that was set back', () => {
  it('does not make what is in doubt look young again when it has caught up', async () => {
    loseAnswer();
    await say('/走访 3号楼 张某 低保咨询');
    // As Monday's card would be: not an answer, and held back in quiet hours.
    world.store.db.run(sql`update outbox set lane = 'digest', exempt = 0`);
    await world.settle();
    await later(-HOUR - 5 * MINUTE);
    for (let passed = 0; passed < 70; passed += 5) await later(5 * MINUTE);
    expect(states()).toEqual(['uncertain']);
    expect(groupTexts()).toEqual(['已记 · 3号楼 1户']);
  });

  it('neither holds up what waits nor lets later lines overtake it', async () => {
    await world.office.stop();
    await say('/走访 1号楼 张某 低保咨询');
    world.clock.set(world.clock.now() - HOUR);
    await say('/走访 2号楼 张某 低保咨询');
    await world.office.start();
    await world.settle();
    expect(groupTexts()).toEqual(['已记 · 1号楼 1户', '已记 · 2号楼 1户']);
  });

  it('brings a lease of the time before to its end', async () => {
    await world.office.stop();
    await say('/走访 1号楼 张某 低保咨询');
    const [row] = world.office.q.outbox.heads(world.clock.now(), 1, [], Number.MAX_SAFE_INTEGER);
    world.office.q.outbox.lease([row?.id ?? 0], world.clock.now(), world.clock.now() + 30_000);
    world.clock.set(world.clock.now() - 30_000);
    await world.office.start();
    await later(31_000);
    await later(MINUTE);
    expect(groupTexts()).toEqual(['已记 · 1号楼 1户']);
    expect(states()).toEqual(['sent']);
  });
});
