import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../db/node.ts';
import { createQueries } from '../../db/queries/index.ts';
import { createVault } from '../../src/lib/vault.ts';
import { createWorld, type World } from '../helpers/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld({ jobs: [] });
});
afterEach(async () => {
  await world.close();
});
const xiaohong = () => {
  const found = world.users.石小红;
  if (!found) throw new Error('石小红');
  return found;
};
const rows = () =>
  world.store.db.all<{ state: string; error: string | null; target_type: string }>(
    sql`select state, error, target_type from outbox order by id`,
  );
/** Time passes for the back-off, then everything due is sent. */
async function later(ms: number): Promise<void> {
  world.clock.set(world.clock.now() + ms);
  await world.settle();
}

describe('the outbox pump', () => {
  it.each([
    ['the chat limit', { status: 400, code: 230020 }],
    ['the app limit', { status: 429, code: 99991400, headers: { 'x-ogw-ratelimit-reset': '1' } }],
    ['a broken platform', { status: 503, code: 0 }],
  ])('sends again after %s, once', async (_name, trouble) => {
    const fault = world.sim.fail({
      path: /\/im\/v1\/messages/,
      method: 'POST',
      times: 2,
      mode: 'error',
      ...trouble,
    });
    await xiaohong().say(world.group, '/走访 3号楼 张某 低保咨询');
    await world.settle();
    for (let turn = 0; turn < 6; turn += 1) await later(10_000);
    expect(world.sim.chat(world.group).texts()).toEqual(['已记 · 3号楼 1户']);
    expect(world.sim.private(xiaohong()).cards()).toHaveLength(1);
    expect(rows().every((row) => row.state === 'sent')).toBe(true);
    expect(fault.hits).toBe(2);
  });

  it('repeats an unknown outcome with the same uuid, so that it arrives once', async () => {
    const fault = world.sim.fail({
      path: /\/im\/v1\/messages/,
      method: 'POST',
      times: 1,
      mode: 'drop-after',
    });
    await xiaohong().say(world.group, '/走访 3号楼 张某 低保咨询');
    await world.settle();
    for (let turn = 0; turn < 6; turn += 1) await later(10_000);
    expect(world.sim.chat(world.group).texts()).toEqual(['已记 · 3号楼 1户']);
    expect(world.sim.private(xiaohong()).cards()).toHaveLength(1);
    expect(fault.hits).toBe(1);
  });

  it('does not repeat by itself what is in doubt after the window', async () => {
    const fault = world.sim.fail({
      path: /\/im\/v1\/messages/,
      method: 'POST',
      times: 1000,
      mode: 'drop-before',
    });
    await xiaohong().say(world.group, '/走访 3号楼 张某 低保咨询');
    await world.settle();
    for (let turn = 0; turn < 16; turn += 1) await later(5 * 60_000);
    expect(rows().map((row) => row.state)).toEqual(['uncertain', 'uncertain']);
    expect(fault.hits).toBeGreaterThan(10);
  });

  it('refreshes an expired token once and loses nothing', async () => {
    await xiaohong().say(world.group, '/帮助');
    await world.settle();
    world.sim.expireTokens();
    const issued = world.sim.tokensIssued;
    await xiaohong().say(world.group, '/走访 3号楼 张某 低保咨询');
    await world.settle();
    expect(world.sim.chat(world.group).texts()).toContain('已记 · 3号楼 1户');
    expect(world.sim.tokensIssued - issued).toBe(1);
  });

  it('puts a definite failure aside without holding up the others', async () => {
    world.sim.setReachable(xiaohong(), 'blocked');
    await xiaohong().say(world.group, '/走访 3号楼 张某 低保咨询');
    await world.settle();
    expect(rows().map((row) => [row.target_type, row.state])).toEqual([
      ['chat', 'sent'],
      ['user', 'dead'],
    ]);
    expect(world.sim.chat(world.group).texts()).toEqual(['已记 · 3号楼 1户']);
  });

  it('keeps the order inside a chat', async () => {
    for (let n = 1; n <= 8; n += 1) await xiaohong().say(world.group, `/走访 ${n}号楼 张某 低保咨询`);
    await world.settle();
    expect(world.sim.chat(world.group).texts()).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `已记 · ${n}号楼 1户`),
    );
  });
});

describe('a crash', () => {
  it('loses nothing and repeats nothing: a message that was under way is sent once', async () => {
    const path = join(tmpdir(), `lianxin-${process.pid}-${Date.now()}.db`);
    const crashed = await createWorld({ jobs: [], path });
    try {
      await crashed.office.stop();
      const user = crashed.users.石小红;
      await user?.say(crashed.group, '/走访 3号楼 张某 低保咨询');
      // The process died between the durable lease and the call's answer; the platform had taken the message.
      const q = createQueries({
        store: crashed.store,
        vault: createVault('a secret for tests, long enough …'),
      });
      const [first] = q.outbox.heads(crashed.clock.now(), 10, [], q.outbox.newest());
      if (!first) throw new Error('nothing to send');
      q.outbox.lease([first.id], crashed.clock.now(), crashed.clock.now() + 30_000);
      crashed.clock.set(crashed.clock.now() + 60_000);
      await crashed.office.start();
      await crashed.office.settle(5000);
      crashed.clock.set(crashed.clock.now() + 60_000);
      await crashed.office.settle(5000);
      expect(crashed.sim.chat(crashed.group).texts()).toEqual(['已记 · 3号楼 1户']);
      expect(user && crashed.sim.private(user).cards()).toHaveLength(1);
    } finally {
      await crashed.close();
      const reopened = openStore(path);
      expect(reopened.db.all(sql`select id from visit`)).toHaveLength(1);
      reopened.close();
      rmSync(path, { force: true });
    }
  });
});
