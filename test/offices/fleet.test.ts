import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openStore } from '../../db/node.ts';
import { createQueries } from '../../db/queries/index.ts';
import { DAY, HOUR, MINUTE } from '../../src/lib/day.ts';
import { createVault } from '../../src/lib/vault.ts';
import { officeSecret, sealEntry } from '../../src/offices/entry.ts';
import { officePath } from '../../src/offices/node-offices.ts';
import { address, createFleetWorld, credentials, type FleetWorld, SECRET, type Tenant } from './world.ts';

const patience = { timeoutMs: 60_000 };

let world: FleetWorld;
afterEach(async () => {
  await world.close();
});

const mark = (index: number) => `记号${String(index).padStart(3, '0')}号`;
const ask = (index: number) => world.tenant(index).admin.sayPrivately(`/名册 ${mark(index)}`);
const words = ({ sim, admin }: Tenant) => sim.private(admin).texts().join('\n');
const answered = (index: number) =>
  world
    .tenant(index)
    .sim.waitFor(() => words(world.tenant(index)).includes(`没有“${mark(index)}”`), patience);
/** Looks into an office's file beside whoever has it open. */
function stored<T>(id: string, see: (q: ReturnType<typeof createQueries>) => T): T {
  const store = openStore(officePath(world.config, id), { readonly: true });
  try {
    return see(createQueries({ store, vault: createVault(officeSecret(SECRET, id)) }));
  } finally {
    store.close();
  }
}
async function pass(ms: number): Promise<void> {
  world.clock.set(world.clock.now() + ms);
  await world.fleet.beat();
}

describe('two hundred offices', () => {
  it('answers all of them while one is flooded, and shows nobody what another has said', async () => {
    world = await createFleetWorld(200, { mostWaiting: 100 });
    const flood = Array.from({ length: 300 }, () => world.tenant(0).admin.sayPrivately('/帮助'));
    const others = await Promise.all(world.tenants.slice(1).map((_, index) => ask(index + 1)));
    expect(new Set(others.map(({ status }) => status))).toEqual(new Set([200]));
    const outcomes = (await Promise.all(flood)).map(({ status }) => status);
    // The flooded one has its effect for every acknowledged event; what is too much is pushed again later.
    const taken = outcomes.filter((status) => status === 200).length;
    expect(outcomes.filter((status) => status === 503)).toHaveLength(outcomes.length - taken);
    expect(taken).toBeGreaterThanOrEqual(100);
    for (let index = 1; index < 200; index += 1) {
      await answered(index);
      const marks = words(world.tenant(index)).match(/记号\d+号/g);
      expect(new Set(marks)).toEqual(new Set([mark(index)]));
    }
    expect(words(world.tenant(0))).not.toContain('记号');
    expect(world.tenants.flatMap(({ sim }) => sim.complaints)).toEqual([]);
  }, 180_000);
});

describe('one office among others', () => {
  it('is acknowledged in between, not after, the events of a flooded one', async () => {
    world = await createFleetWorld(2, { mostWaiting: 1000 });
    await ask(0);
    await ask(1);
    const order: number[] = [];
    const flood = Array.from({ length: 300 }, () => ask(0).then(() => void order.push(0)));
    await Promise.all([...flood, ask(1).then(() => void order.push(1))]);
    // A commit carries 64 events and then lets the others in.
    expect(order.indexOf(1)).toBeLessThan(300 - 64);
  });

  it('refuses at its address what another has signed, and knows no other address', async () => {
    world = await createFleetWorld(2);
    const { sim } = world.tenant(0);
    const { body, headers } = sim.pack(sim.envelope('im.message.receive_v1', {}));
    const push = async (id: string) => {
      const answer = await world.request(address(id), { method: 'POST', body, headers });
      return [answer.status, await answer.json()];
    };
    expect((await push('office-1'))[0]).toBe(401);
    for (const id of ['nobody-here', 'offices', 'lianxin', 'Office-1', 'office-1.db', '..%2Foffice-1'])
      expect(await push(id)).toEqual([404, { error: 'platform_off' }]);
    const single = await world.request('http://offices.test/webhook/feishu', {
      method: 'POST',
      body,
      headers,
    });
    expect(single.status).toBe(404);
    // A forged push opens no file.
    expect(world.fleet.open).toBe(0);
  });

  it('keeps the trouble of one file to itself', async () => {
    world = await createFleetWorld(3);
    writeFileSync(officePath(world.config, 'office-1'), 'this is no database '.repeat(100));
    expect(await ask(1)).toMatchObject({ status: 503, body: { error: 'unavailable' } });
    expect(await ask(2)).toMatchObject({ status: 200 });
    await world.fleet.beat();
    await answered(2);
    expect(world.fleet.open).toBe(1);
  });

  it('has a key of its own: its file holds nothing that another key or the directory opens', async () => {
    world = await createFleetWorld(1);
    await ask(0);
    expect(stored('office-0', (q) => q.members.anyAdministrator())).toBe(true);
    const directory = readFileSync(`${world.folder}/offices.db`).toString('latin1');
    const wal = readFileSync(`${world.folder}/offices.db-wal`).toString('latin1');
    const { sim } = world.tenant(0);
    for (const secret of [sim.appSecret, sim.encryptKey, sim.verificationToken, sim.appId]) {
      expect(directory).not.toContain(secret);
      expect(wal).not.toContain(secret);
    }
  });
});

describe('open and closed', () => {
  it('opens with the first event, closes when idle, and opens again with nothing lost', async () => {
    world = await createFleetWorld(2, { idle: 10 * MINUTE });
    await pass(DAY);
    await pass(MINUTE);
    expect(world.fleet.open).toBe(0);
    const first = await ask(0);
    await answered(0);
    expect(world.fleet.open).toBe(1);
    await pass(5 * MINUTE);
    expect(world.fleet.open).toBe(1);
    await pass(10 * MINUTE);
    expect(world.fleet.open).toBe(0);
    const before = world.tenant(0).sim.messages.length;
    // The same event again: the office that was opened anew knows it.
    expect(await world.tenant(0).sim.duplicate(first)).toMatchObject({ status: 200, body: {} });
    await pass(MINUTE);
    expect(world.tenant(0).sim.messages).toHaveLength(before);
  });

  it('takes events that arrive while it is being closed', async () => {
    world = await createFleetWorld(1, { idle: 0 });
    for (let turn = 0; turn < 20; turn += 1) {
      const [delivery] = await Promise.all([ask(0), pass(MINUTE), ask(0)]);
      expect(delivery.status).toBe(200);
    }
  });

  it('does the jobs of a closed office when they fall due', async () => {
    world = await createFleetWorld(1, { idle: 10 * MINUTE });
    await ask(0);
    await answered(0);
    await pass(HOUR);
    await pass(MINUTE);
    expect(world.fleet.open).toBe(0);
    const next = world.directory((directory) => directory.get('office-0')?.nextAt ?? 0);
    expect(next).toBeGreaterThan(world.clock.now());
    const alive = () => stored('office-0', (q) => q.settings.get<number>('alive'));
    const before = alive();
    world.clock.set(next - 1);
    await world.fleet.beat();
    expect(alive()).toBe(before);
    world.clock.set(next);
    await world.fleet.beat();
    expect(alive()).toBe(next);
  });

  it('opens after a crash what was open, so that nothing waits for the next event', async () => {
    world = await createFleetWorld(2);
    await pass(DAY);
    await pass(MINUTE);
    const trouble = world.tenant(0).sim.fail({ path: '/open-apis/im/v1/messages', mode: 'hang', times: 1 });
    await ask(0);
    await world.tenant(0).sim.waitFor(() => trouble.hits > 0, patience);
    expect(world.directory((directory) => directory.due(world.clock.now())).map(({ id }) => id)).toEqual([
      'office-0',
    ]);
    await world.crash();
    // Each minute's timer; the dead one's lease runs out meanwhile.
    const sent = async () => {
      await pass(MINUTE);
      expect(words(world.tenant(0))).toContain(mark(0));
    };
    await vi.waitFor(sent, { timeout: 15_000, interval: 200 });
    expect(words(world.tenant(0)).match(/没有/g)).toHaveLength(1);
  });
});

describe('the directory, changed beside the running server', () => {
  it('is followed at the next event: rotated, disabled, enabled', async () => {
    world = await createFleetWorld(2);
    await ask(0);
    const tenant = world.tenant(0);
    tenant.sim.connectWebhook({
      url: address(tenant.id),
      fetch: (input, init) => world.request(input, init),
      encryptKey: 'another key, after the rotation',
    });
    expect(await ask(0)).toMatchObject({ status: 401 });
    const { sealed } = sealEntry(SECRET, tenant.id, credentials(tenant, 2));
    world.directory((directory) => directory.rotate(tenant.id, sealed, 2, world.clock.now()));
    expect(await ask(0)).toMatchObject({ status: 200 });
    await answered(0);
    world.directory((directory) => directory.disable(tenant.id, world.clock.now()));
    expect(await ask(0)).toMatchObject({ status: 404 });
    await world.fleet.beat();
    expect(world.fleet.open).toBe(0);
    world.directory((directory) => directory.enable(tenant.id, world.clock.now()));
    expect(await ask(0)).toMatchObject({ status: 200 });
  });

  it('does not take an entry that was sealed for another office or under another key', async () => {
    world = await createFleetWorld(2);
    const stolen = world.directory((directory) => directory.get('office-0')?.sealed ?? '');
    const foreign = sealEntry('another secret, also long enough', 'office-1', credentials(world.tenant(1)));
    for (const sealed of [stolen, foreign.sealed]) {
      world.directory((directory) => directory.rotate('office-1', sealed, 7, world.clock.now()));
      expect(await ask(1)).toMatchObject({ status: 404 });
    }
    await world.fleet.beat();
    expect(await ask(0)).toMatchObject({ status: 200 });
  });
});

describe('an outage of the host', () => {
  it('is told by every office, and a file that was merely closed tells nothing', async () => {
    world = await createFleetWorld(1, { idle: 10 * MINUTE });
    await ask(0);
    const bind = openStore(officePath(world.config, 'office-0'));
    const q = createQueries({ store: bind, vault: createVault(officeSecret(SECRET, 'office-0')) });
    const { sim, admin } = world.tenant(0);
    const group = sim.addGroup({ name: '工作群', members: [admin], withBot: true });
    const chat = q.chats.seen({ connection: `feishu:${sim.appId}`, externalId: group, name: '工作群' });
    const org = q.roster.roots()[0] ?? 0;
    q.chats.bind(chat.id, { purpose: 'work', orgId: org, by: null, now: world.clock.now() });
    bind.close();
    await pass(11 * MINUTE);
    await pass(30 * MINUTE);
    await ask(0);
    await answered(0);
    expect(sim.chat(group).texts()).toEqual([]);
    for (let minute = 0; minute < 12; minute += 1) await pass(MINUTE);
    await world.fleet.stop();
    world.clock.set(world.clock.now() + 30 * MINUTE);
    await world.crash();
    await sim.waitFor(() => sim.chat(group).texts().length > 0, patience);
    expect(sim.chat(group).texts()).toEqual([
      '今天15:53—16:23我断线了，这段时间没看到“已记”的，请再发一次。',
    ]);
  });
});
