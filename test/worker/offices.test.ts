import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createQueries } from '../../db/queries/index.ts';
import { createVault } from '../../src/lib/vault.ts';
import type { Credentials } from '../../src/offices/credentials.ts';
import { officeSecret, sealEntry } from '../../src/offices/entry.ts';
import { createFeishuSim, type FeishuSim, type SimUser } from '../simulators/feishu/index.ts';
import { createWorkerHost, SECRET, type WorkerHost } from './host.ts';

const patience = { timeoutMs: 60_000 };
const OFFICES = 50;

interface Tenant {
  id: string;
  sim: FeishuSim;
  admin: SimUser;
}

let host: WorkerHost;
let tenants: Tenant[];

const address = (id: string, base: URL) => new URL(`o/${id}/webhook/feishu`, base).href;

const credentials = ({ sim, admin }: Omit<Tenant, 'id'>, revision = 1): Credentials => ({
  feishu: {
    appId: sim.appId,
    appSecret: sim.appSecret,
    encryptKey: sim.encryptKey,
    verificationToken: sim.verificationToken,
    baseUrl: sim.baseUrl,
    mode: 'webhook',
  },
  admins: [{ platform: 'feishu', id: admin.openId }],
  revision,
});

const directory = () => host.running().getKVNamespace('DIRECTORY');
/** What `wrangler kv key put` does with the line of `lianxin office export`. */
async function publish(tenant: Tenant, revision = 1): Promise<void> {
  const { sealed } = sealEntry(SECRET, tenant.id, credentials(tenant, revision));
  await (await directory()).put(tenant.id, sealed);
}
const tenant = (index: number): Tenant => {
  const found = tenants[index];
  if (!found) throw new Error(`no office ${index}`);
  return found;
};
const mark = (index: number) => `记号${String(index).padStart(3, '0')}号`;
const ask = (index: number) => tenant(index).admin.sayPrivately(`/名册 ${mark(index)}`);

beforeAll(async () => {
  tenants = await Promise.all(
    Array.from({ length: OFFICES }, async (_, index) => {
      // That an answer comes is the matter here; how fast, on a busy machine, is not.
      const sim = await createFeishuSim({ limits: false, ackTimeoutMs: 60_000 });
      return { id: `office-${index}`, sim, admin: sim.addUser({ name: '管理员' }) };
    }),
  );
  host = createWorkerHost({
    directory: true,
    onStart: (url) => {
      for (const { id, sim } of tenants) sim.connectWebhook({ url: address(id, url) });
    },
  });
  await host.start();
  await Promise.all(tenants.map((each) => publish(each)));
}, 120_000);

afterAll(async () => {
  await host?.close();
  await Promise.all((tenants ?? []).map(({ sim }) => sim.close()));
});

describe('offices by path, an object each', () => {
  it('takes the challenge of an office with its own key', async () => {
    expect(await tenant(0).sim.challenge({ encrypted: true, signed: false })).toMatchObject({ ok: true });
  });

  it('answers all of them while one is flooded, and shows nobody what another has said', async () => {
    const flood = Array.from({ length: 60 }, () => tenant(0).admin.sayPrivately('/帮助'));
    const others = await Promise.all(tenants.slice(1).map((_, index) => ask(index + 1)));
    expect(new Set(others.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set((await Promise.all(flood)).map(({ status }) => status))).toEqual(new Set([200]));
    const words = ({ sim, admin }: Tenant) => sim.private(admin).texts().join('\n');
    for (let index = 1; index < OFFICES; index += 1) {
      await tenant(index).sim.waitFor(() => words(tenant(index)).includes(mark(index)), patience);
      const marks = words(tenant(index)).match(/记号\d+号/g);
      expect(new Set(marks)).toEqual(new Set([mark(index)]));
    }
    expect(words(tenant(0))).not.toContain('记号');
    expect(tenants.flatMap(({ sim }) => sim.complaints)).toEqual([]);
  }, 120_000);

  it('refuses at one address what another office has signed, and an unknown office', async () => {
    const base = await host.running().ready;
    const { sim } = tenant(1);
    const { body, headers } = sim.pack(sim.envelope('im.message.receive_v1', {}));
    expect(await sim.rawPost(body, headers, address('office-2', base))).toMatchObject({ status: 401 });
    for (const id of ['nobody-here', 'Office-1', '..%2foffice-1', 'office-1.db'])
      expect(await sim.rawPost(body, headers, address(id, base))).toMatchObject({
        status: 404,
        json: { error: 'platform_off' },
      });
    expect(await sim.rawPost(body, headers, new URL('webhook/feishu', base).href)).toMatchObject({
      status: 404,
    });
  });

  it('takes no entry that was sealed for another office', async () => {
    const { sealed } = sealEntry(SECRET, 'office-3', credentials(tenant(3)));
    await (await directory()).put('thief', sealed);
    const { sim } = tenant(3);
    const { body, headers } = sim.pack(sim.envelope('im.message.receive_v1', {}));
    expect(await sim.rawPost(body, headers, address('thief', await host.running().ready))).toMatchObject({
      status: 404,
    });
  });

  it('follows a rotation, and falls silent when disabled', async () => {
    const rotated = tenant(4);
    rotated.sim.connectWebhook({
      url: address(rotated.id, await host.running().ready),
      encryptKey: 'another key, after the rotation',
    });
    expect(await ask(4)).toMatchObject({ status: 401 });
    await publish(rotated, 2);
    expect(await ask(4)).toMatchObject({ status: 200 });
    await (await directory()).delete(rotated.id);
    expect(await ask(4)).toMatchObject({ status: 404 });
    expect(await ask(5)).toMatchObject({ status: 200 });
  });

  it('keeps the code to claim an office good while its object sleeps and wakes', async () => {
    const unclaimed = tenant(8);
    const id = 'unclaimed';
    const { sealed } = sealEntry(SECRET, id, { ...credentials(unclaimed), admins: [] });
    await (await directory()).put(id, sealed);
    const speak = async () => {
      unclaimed.sim.connectWebhook({ url: address(id, await host.running().ready) });
      expect(await ask(8)).toMatchObject({ status: 200 });
      return host.look(await host.file(`o/${id}`), (store) =>
        createQueries({ store, vault: createVault(officeSecret(SECRET, id)) }).settings.get<object>('claim'),
      );
    };
    const printed = await speak();
    expect(printed).not.toBeNull();
    await host.stop();
    await host.start();
    expect(await speak()).toEqual(printed);
  });

  it('keeps the trouble of one object to itself', async () => {
    const path = await host.file('o/office-6');
    await host.stop();
    const file = new Database(path);
    file.exec("INSERT INTO __migrations (tag, hash) VALUES ('9998_future', 'x')");
    file.close();
    await host.start();
    expect(await ask(6)).toMatchObject({ status: 503, body: { error: 'unavailable' } });
    expect(await ask(7)).toMatchObject({ status: 200 });
  });
});
