import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../db/node.ts';
import { connectionQueries } from '../../db/queries/connections.ts';
import { createApp } from '../../src/app.ts';
import { type Config, loadConfig } from '../../src/config.ts';
import { silentLog } from '../../src/lib/log.ts';
import { openSingle, type SingleOffice } from '../../src/offices/single-office.ts';
import { buildProgram, type Program } from '../operations/server.ts';
import { createDingTalkSim, type DingTalkSim } from '../simulators/dingtalk/index.ts';
import { createFeishuSim, type FeishuSim, type SimUser } from '../simulators/feishu/index.ts';

const SECRET = 'a secret for tests, long enough …';
const BASE = 'http://office.test';
const MESSAGES = '/open-apis/im/v1/messages';
const patience = { timeoutMs: 30_000 };

let program: Program;
let folder: string;
let config: Config;
let first: FeishuSim;
let second: FeishuSim;
let ding: DingTalkSim;
let person: SimUser;
let office: SingleOffice;
let app: ReturnType<typeof createApp>;

beforeAll(async () => {
  program = await buildProgram();
}, 60_000);
afterAll(() => program?.remove());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lianxin-follow-'));
  first = await createFeishuSim({ limits: false, ackTimeoutMs: 30_000 });
  second = await createFeishuSim({ limits: false, ackTimeoutMs: 30_000 });
  ding = await createDingTalkSim({ limits: false });
  person = second.addUser({ name: '方静' });
  const owner = first.addUser({ name: '高远' });
  const variables = { ...first.env(), ADMINS: `feishu:${owner.openId}` };
  config = loadConfig({ ...variables, DATABASE_PATH: join(folder, 'office.db'), SECRET_KEY: SECRET });
  office = await openSingle({ config, log: silentLog });
  const { platforms, ready } = office;
  app = createApp({ platforms, sink: office.office.deliver, ready, now: Date.now, log: silentLog });
  const fetch = async (input: string, init?: RequestInit) => app.request(input, init);
  first.connectWebhook({ url: `${BASE}/webhook/feishu`, fetch });
  second.connectWebhook({ url: `${BASE}/webhook/feishu/${second.appId}`, fetch });
});
afterEach(async () => {
  await office.close();
  expect([...first.complaints, ...second.complaints, ...ding.complaints]).toEqual([]);
  await Promise.all([first.close(), second.close(), ding.close()]);
  rmSync(folder, { recursive: true, force: true });
});

/** `lianxin connection …` as another process runs it, beside the server; `more`: what its file says otherwise. */
async function connection(verb: string, of: FeishuSim | DingTalkSim, more: Record<string, string> = {}) {
  const file = join(folder, 'more.env');
  const variables = Object.entries({ ...of.env(), ...more });
  writeFileSync(file, variables.map((pair) => `${pair.join('=')}\n`).join(''));
  const what = verb === 'disable' ? ('appId' in of ? of.appId : of.clientId) : file;
  const { code, output } = await program.command(['connection', verb, what], {
    ...first.env(),
    DATABASE_PATH: config.databasePath,
    SECRET_KEY: SECRET,
    LOG_LEVEL: 'silent',
  });
  expect([code, output]).toEqual([0, expect.stringContaining('一分钟内生效')]);
}
const addSecond = () => connection('add', second, { ADMINS: `feishu:${person.openId}` });
const settle = () => office.office.settle(10_000);
const ask = () => person.sayPrivately('/帮助');
const names = async () => {
  const ready = (await (await app.request('/readyz')).json()) as { platforms: object };
  return Object.keys(ready.platforms);
};
/** What was to be sent over the second tenant, and what became of it. */
const sent = () => {
  const store = openStore(config.databasePath, { readonly: true });
  const key = `feishu:${second.appId}`;
  const rows = store.db.all<{ state: string; error: string | null; connection: string }>(
    'select connection, state, error from outbox order by id',
  );
  store.close();
  return rows.filter((row) => row.connection === key).map(({ state, error }) => [state, error]);
};

describe('lianxin connection beside a running server', { timeout: 60_000 }, () => {
  it('adds a tenant: from the next minute on it is heard, answered and shown, its administrators known', async () => {
    await addSecond();
    expect(await ask()).toMatchObject({ status: 404 });
    await office.beat();
    expect(await ask()).toMatchObject({ status: 200, body: {} });
    await settle();
    expect(second.private(person).messages).toHaveLength(1);
    expect(await names()).toEqual(['feishu', `feishu:${second.appId}`]);
    const before = [...office.platforms];
    await office.beat();
    expect(office.platforms.every((each, index) => each === before[index])).toBe(true);
    const { q } = office.office;
    const known = q.members.byIdentity(`feishu:${second.appId}`, person.openId)?.member.id ?? 0;
    expect(q.members.actor(known, '2030-01-01')?.roles.map(({ role }) => role)).toEqual(['管理员']);
  });

  it('opens the long connection of one that was added, keeps it while others change, and ends it', async () => {
    ding.transport = 'stream';
    await connection('add', ding);
    await office.beat();
    await ding.waitFor(() => ding.connections === 1, patience);
    const worker = ding.addUser({ name: '周强' });
    expect(await worker.sayPrivately('/帮助')).toMatchObject({ acked: true });
    await ding.waitFor(() => ding.private(worker).messages.length > 0, patience);
    await addSecond();
    await office.beat();
    expect(await ask()).toMatchObject({ status: 200 });
    expect([ding.connections, ding.opens]).toEqual([1, 1]);
    await connection('disable', ding);
    await office.beat();
    await ding.waitFor(() => ding.connections === 0, patience);
    expect(await names()).toEqual(['feishu', `feishu:${second.appId}`]);
  });

  it('renews credentials: the new ones hold, the old ones do not, and what was being sent arrives once', async () => {
    await addSecond();
    await office.beat();
    const url = `${BASE}/webhook/feishu/${second.appId}`;
    const fetch = async (input: string, init?: RequestInit) => app.request(input, init);
    const slow = second.fail({ path: MESSAGES, mode: 'delay', delayMs: 3_000 });
    await ask();
    await second.waitFor(() => slow.hits > 0, patience);
    const key = 'another key, after the rotation';
    await connection('rotate', second, { FEISHU_ENCRYPT_KEY: key });
    await office.beat();
    expect(await ask()).toMatchObject({ status: 401 });
    second.connectWebhook({ url, fetch, encryptKey: key });
    expect(await ask()).toMatchObject({ status: 200 });
    await settle();
    expect(second.private(person).messages).toHaveLength(2);
    expect(sent()).toEqual([
      ['sent', null],
      ['sent', null],
    ]);
  });

  it('takes one down: what flies lands, what waits is given up and shown, the others go on', async () => {
    await addSecond();
    await office.beat();
    const disable = () => {
      const store = openStore(config.databasePath);
      connectionQueries(store).disable(`feishu:${second.appId}`, Date.now());
      store.close();
    };
    const slow = second.fail({ path: MESSAGES, mode: 'delay', delayMs: 1_000 });
    await ask();
    await second.waitFor(() => slow.hits > 0, patience);
    // In one chat and lane, so it waits for the first.
    await ask();
    disable();
    await office.beat();
    expect(await ask()).toMatchObject({ status: 404 });
    await settle();
    expect(second.private(person).messages).toHaveLength(1);
    expect(sent()).toEqual([
      ['sent', null],
      ['dead', 'platform-off'],
    ]);
    const stranger = first.addUser({ name: '来人' });
    expect(await stranger.sayPrivately('/帮助')).toMatchObject({ status: 200 });
    await first.waitFor(() => first.private(stranger).messages.length > 0, patience);
    expect(await names()).toEqual(['feishu']);
  });
});
