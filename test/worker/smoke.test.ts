import { gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inbox, outbox, visit } from '../../db/schema/index.ts';
import type { Store } from '../../db/store.ts';
import type { World } from '../helpers/world.ts';
import { openWorkerWorld, type WorkerHost } from './host.ts';

let world: World;
let host: WorkerHost;
/** The object's SQLite file, in which Node and the Worker find the same schema. */
let objectFile: string;

const patience = { timeoutMs: 30_000 };

beforeAll(async () => {
  ({ world, host, file: objectFile } = await openWorkerWorld(Date.now()));
}, 120_000);

afterAll(async () => {
  await host?.close();
  await world?.sim.close();
});

const speaker = () => {
  const user = world.users.石小红;
  if (!user) throw new Error('the world has no 石小红');
  return user;
};

const inObject = <T>(see: (store: Store) => T): T => host.look(objectFile, see);

const sending = (store: Store) =>
  store.db.select().from(outbox).where(eq(outbox.state, 'leased')).all().length > 0;

describe('the bundle', () => {
  it('carries no Node-only weight', () => {
    expect(host.bundle.inputs.length).toBeGreaterThan(100);
    const heavy =
      /node_modules\/(exceljs|docx|echarts|node-cron|better-sqlite3|@hono\/node-server)\/|db\/node\.ts|src\/web\/playground/;
    expect(host.bundle.inputs.filter((path) => heavy.test(path))).toEqual([]);
  });

  it('stays under one megabyte compressed', () => {
    expect(gzipSync(host.bundle.script).length).toBeLessThan(1024 * 1024);
  });
});

describe('the Worker', () => {
  it('says that it is up', async () => {
    const answer = await fetch(new URL('healthz', await host.running().ready));
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
    await host.stop();
    trouble.cancel();
    await host.start();
    await world.sim.waitFor(() => world.sim.messages.length > before, patience);
    expect(world.sim.complaints).toEqual([]);
  }, 60_000);

  it('has each visit once in the storage of the object', async () => {
    await host.stop();
    expect(inObject((store) => store.db.select().from(visit).all())).toHaveLength(2);
    const events = inObject((store) => store.db.select({ status: inbox.status }).from(inbox).all());
    expect(events).toEqual([{ status: 'done' }, { status: 'done' }]);
  });

  it('answers 503 while the object cannot open its storage, so that the event is pushed again', async () => {
    const file = new Database(objectFile);
    file.exec("INSERT INTO __migrations (tag, hash) VALUES ('9998_future', 'x')");
    await host.start();
    const refused = await speaker().say(world.group, '/走访 3号楼502 张某 复查血压');
    expect(refused).toMatchObject({ status: 503, body: { error: 'unavailable' } });
    await host.stop();
    expect(file.prepare('SELECT count(*) AS events FROM inbox').get()).toEqual({ events: 2 });
    file.close();
  });

  it('answers 503 while its configuration is incomplete', async () => {
    const worker = await host.start({ FEISHU_ENCRYPT_KEY: '' });
    const answer = await fetch(new URL('healthz', await worker.ready));
    expect([answer.status, await answer.json()]).toEqual([503, { error: 'config' }]);
  });
});
