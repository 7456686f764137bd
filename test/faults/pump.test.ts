import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorld, type World } from '../helpers/world.ts';

let folder: string;
let world: World;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lianxin-pump-'));
  world = await createWorld({ path: join(folder, 'office.db') });
});
afterEach(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

const say = (line: string) => world.users.石小红?.say(world.group, line);
const later = async (ms: number) => {
  world.clock.set(world.clock.now() + ms);
  await world.settle();
};
const states = () =>
  world.store.db.all<{ state: string }>(sql`select distinct state from outbox`).map((row) => row.state);

describe('the pump outlives what goes wrong around a call', () => {
  it('a database locked between the lease and the call', async () => {
    await world.office.stop();
    await say('/走访 3号楼 张某 低保咨询');
    const other = new Database(join(folder, 'office.db'));
    void world.office.start();
    // Same commit as the pump's lease, so what follows comes right after it.
    await world.office.write(() => undefined);
    other.exec('BEGIN IMMEDIATE');
    expect(states()).toEqual(['leased']);
    await new Promise((done) => setTimeout(done, 2500));
    other.exec('ROLLBACK');
    other.close();
    await later(31_000);
    await later(60_000);
    expect(world.sim.chat(world.group).texts()).toEqual(['已记 · 3号楼 1户']);
    expect(states()).toEqual(['sent']);
  });

  it('an error of our own after a message has gone out: it is not sent again', async () => {
    await world.office.stop();
    await say('/走访 3号楼 张某 低保咨询');
    world.store.db.run(sql`alter table live_card rename to live_card_away`);
    await world.office.start();
    await world.settle();
    world.store.db.run(sql`alter table live_card_away rename to live_card`);
    await later(60_000);
    const user = world.users.石小红;
    expect(
      user &&
        world.sim
          .private(user)
          .cards()
          .map((each) => each.attempts),
    ).toEqual([1]);
    expect(states()).toEqual(['sent']);
  });
});

const cards = () => world.sim.chat(world.group).cards().length;

describe('a database that stays locked', () => {
  it('is said to the platform in time for everybody who waits, not one after the other', async () => {
    const other = new Database(join(folder, 'office.db'));
    other.exec('BEGIN IMMEDIATE');
    const pushes = await Promise.all(
      Array.from({ length: 40 }, (_, n) => say(`/走访 ${n + 1}号楼 张某 低保咨询`)),
    );
    other.exec('ROLLBACK');
    other.close();
    expect(pushes.map((each) => each?.status)).toEqual(pushes.map(() => 503));
    expect(world.office.q.visits.diary(world.members.石小红 ?? 0, { limit: 50, offset: 0 })).toEqual([]);
    for (const push of pushes) await world.sim.repush(push?.eventId ?? '');
    expect(world.office.q.visits.diary(world.members.石小红 ?? 0, { limit: 50, offset: 0 })).toHaveLength(40);
  });

  it('delays a job for as long as it lasts, and does not make it give up', async () => {
    const other = new Database(join(folder, 'office.db'));
    const monday = Date.parse('2026-11-23T09:00:00+08:00');
    await say('/走访 3号楼 张某 低保咨询');
    await world.settle();
    world.clock.set(monday);
    other.exec('BEGIN IMMEDIATE');
    for (let n = 0; n < 7; n += 1) await world.office.tick(monday, 0);
    expect(cards()).toBe(0);
    other.exec('ROLLBACK');
    other.close();
    await world.office.tick(monday, 10_000);
    expect(cards()).toBe(1);
  });
});
