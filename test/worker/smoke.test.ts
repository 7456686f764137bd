import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { eq } from 'drizzle-orm';
import { Miniflare } from 'miniflare';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../db/node.ts';
import { inbox, outbox, visit } from '../../db/schema/index.ts';
import type { Store } from '../../db/store.ts';
import { createWorld, type World } from '../helpers/world.ts';
import { bundleWorker, type WorkerBundle } from './bundle.ts';

/** The key of `createWorld`, so that the object can read what the world has seeded. */
const SECRET = 'a secret for tests, long enough …';

let folder: string;
let world: World;
let bundle: WorkerBundle;
let host: Miniflare | undefined;
/** The object's SQLite file, in which Node and the Worker find the same schema. */
let objectFile: string;

const seed = () => join(folder, 'seed.db');
const patience = { timeoutMs: 30_000 };

async function start(settings: Record<string, string> = {}): Promise<Miniflare> {
  host = new Miniflare({
    name: 'lianxin',
    modules: [{ type: 'ESModule', path: 'main.worker.js', contents: bundle.script }],
    compatibilityDate: '2026-04-01',
    compatibilityFlags: ['nodejs_compat'],
    durableObjects: { OFFICE: { className: 'OfficeObject', useSQLite: true } },
    durableObjectsPersist: join(folder, 'objects'),
    bindings: { ...world.sim.env(), SECRET_KEY: SECRET, LOG_LEVEL: 'silent', ...settings },
  });
  world.sim.connectWebhook({ url: new URL('webhook/feishu', await host.ready).href });
  return host;
}

async function stop(): Promise<void> {
  await host?.dispose();
  host = undefined;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lianxin-worker-'));
  bundle = bundleWorker(join(folder, 'bundle'));
  world = await createWorld({ at: Date.now(), path: seed() });
  world.household('3号楼502', '张某', '石小红');
  await world.office.stop();
  world.store.close();
  const objects = await (await start()).getDurableObjectNamespace('OFFICE');
  const id = objects.idFromName(world.connection).toString();
  objectFile = join(folder, 'objects', 'lianxin-OfficeObject', `${id}.sqlite`);
  mkdirSync(join(objectFile, '..'), { recursive: true });
  copyFileSync(seed(), objectFile);
}, 120_000);

afterAll(async () => {
  await stop();
  await world?.sim.close();
  rmSync(folder, { recursive: true, force: true });
});

const speaker = () => {
  const user = world.users.石小红;
  if (!user) throw new Error('the world has no 石小红');
  return user;
};

/** Looks into the object's storage from outside, beside the running Worker too. */
function inObject<T>(look: (store: Store) => T): T {
  const store = openStore(objectFile, { readonly: true });
  try {
    return look(store);
  } finally {
    store.close();
  }
}

const sending = (store: Store) =>
  store.db.select().from(outbox).where(eq(outbox.state, 'leased')).all().length > 0;

describe('the bundle', () => {
  it('carries no Node-only weight', () => {
    expect(bundle.inputs.length).toBeGreaterThan(100);
    const heavy =
      /node_modules\/(exceljs|docx|echarts|node-cron|better-sqlite3|@hono\/node-server)\/|db\/node\.ts|src\/web\/playground/;
    expect(bundle.inputs.filter((path) => heavy.test(path))).toEqual([]);
  });

  it('stays under one megabyte compressed', () => {
    expect(gzipSync(bundle.script).length).toBeLessThan(1024 * 1024);
  });
});

describe('the Worker', () => {
  it('says that it is up', async () => {
    const answer = await fetch(new URL('healthz', await host?.ready));
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok' }]);
  });

  it('answers the challenge, and refuses a push with a wrong signature', async () => {
    expect(await world.sim.challenge({ encrypted: true, signed: false })).toMatchObject({ ok: true });
    const { body, headers } = world.sim.pack(world.sim.envelope('im.message.receive_v1', {}));
    expect(await world.sim.rawPost(body, { ...headers, 'x-lark-signature': '0'.repeat(64) })).toMatchObject({
      status: 401,
    });
  });

  it('takes one line through the object: 200 {}, the short line in the group, the card in private', async () => {
    const delivery = await speaker().say(world.group, '/走访 3号楼502 张某 低保咨询');
    expect(delivery).toMatchObject({ status: 200, body: {} });
    await world.sim.waitFor(() => world.sim.private(speaker()).lastCard(), patience);
    await world.sim.waitFor(() => world.sim.chat(world.group).texts().length > 0, patience);
    expect(await world.sim.duplicate(delivery)).toMatchObject({ status: 200, body: {} });
    expect(world.sim.complaints).toEqual([]);
  });

  it('sends after a restart what it could not send before, woken by its alarm alone', async () => {
    const before = world.sim.messages.length;
    const trouble = world.sim.fail({
      path: '/open-apis/im/v1/messages',
      mode: 'error',
      status: 500,
      code: 1,
      times: 1000,
    });
    await speaker().sayPrivately('/走访 3号楼502 张某 送去药盒');
    // Killed between two attempts: with a lease the next object would have to wait for its end.
    await world.sim.waitFor(() => trouble.hits > 0 && inObject((store) => !sending(store)), patience);
    await stop();
    trouble.cancel();
    await start();
    await world.sim.waitFor(() => world.sim.messages.length > before, patience);
    expect(world.sim.complaints).toEqual([]);
  }, 60_000);

  it('has each visit once in the storage of the object', async () => {
    await stop();
    expect(inObject((store) => store.db.select().from(visit).all())).toHaveLength(2);
    const events = inObject((store) => store.db.select({ status: inbox.status }).from(inbox).all());
    expect(events).toEqual([{ status: 'done' }, { status: 'done' }]);
  });

  it('answers 503 while the object cannot open its storage, so that the event is pushed again', async () => {
    const file = new Database(objectFile);
    file.exec("INSERT INTO __migrations (tag, hash) VALUES ('9998_future', 'x')");
    await start();
    const refused = await speaker().say(world.group, '/走访 3号楼502 张某 复查血压');
    expect(refused).toMatchObject({ status: 503, body: { error: 'unavailable' } });
    await stop();
    expect(file.prepare('SELECT count(*) AS events FROM inbox').get()).toEqual({ events: 2 });
    file.close();
  });

  it('answers 503 while its configuration is incomplete', async () => {
    const worker = await start({ FEISHU_ENCRYPT_KEY: '' });
    const answer = await fetch(new URL('healthz', await worker.ready));
    expect([answer.status, await answer.json()]).toEqual([503, { error: 'config' }]);
  });
});
