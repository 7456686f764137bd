import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../db/node.ts';
import { createQueries } from '../../db/queries/index.ts';
import { createApp } from '../../src/app.ts';
import { type Config, loadConfig } from '../../src/config.ts';
import type { Role } from '../../src/domain/actor.ts';
import { pinyinOf } from '../../src/domain/names.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createVault } from '../../src/lib/vault.ts';
import { sealConnection } from '../../src/offices/connections.ts';
import { openSingle, type SingleOffice } from '../../src/offices/single-office.ts';
import { whenUnlocked } from '../../src/offices/when-unlocked.ts';
import { createDingTalkSim, type DingTalkSim } from '../simulators/dingtalk/index.ts';
import { createFeishuSim, type FeishuSim } from '../simulators/feishu/index.ts';

const SECRET = 'a secret for tests, long enough …';
const DAY = '2026-01-01';
const BASE = 'http://office.test';

let folder: string;
let config: Config;
let first: FeishuSim;
let second: FeishuSim;
let ding: DingTalkSim;
let office: SingleOffice;
let app: ReturnType<typeof createApp>;

const stored = () => {
  const store = openStore(config.databasePath);
  return { store, q: createQueries({ store, vault: createVault(SECRET) }) };
};

/** Starts the office, as the server does, with what the variables and the table say now. */
async function start(): Promise<void> {
  office = await openSingle({ config, log: silentLog });
  const { platforms } = office;
  app = createApp({
    platforms,
    sink: office.office.deliver,
    ready: office.ready,
    now: Date.now,
    log: silentLog,
  });
}
const settle = () => office.office.settle(10_000);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lianxin-tenants-'));
  first = await createFeishuSim({ limits: false });
  second = await createFeishuSim({ limits: false });
  ding = await createDingTalkSim({ limits: false });
  config = loadConfig({ ...first.env(), DATABASE_PATH: join(folder, 'office.db'), SECRET_KEY: SECRET });
  const { store, q } = stored();
  for (const variables of [second.env(), ding.env()]) {
    const { feishu, dingtalk } = loadConfig({ ...variables, SECRET_KEY: SECRET });
    const key = sealConnection(SECRET, { feishu, dingtalk, admins: [], revision: 1 });
    q.connections.add(key, feishu ? 1 : 2);
  }
  store.close();
  await start();
  const fetch = async (input: string, init?: RequestInit) => app.request(input, init);
  first.connectWebhook({ url: `${BASE}/webhook/feishu`, fetch });
  second.connectWebhook({ url: `${BASE}/webhook/feishu/${second.appId}`, fetch });
  ding.connectHttp({ url: `${BASE}/webhook/dingtalk/${ding.clientId}`, fetch });
});
afterEach(async () => {
  await office.close();
  await Promise.all([first.close(), second.close(), ding.close()]);
  rmSync(folder, { recursive: true, force: true });
});

/** 第一支部 on the first tenant, 物业办 on DingTalk, each with its bound group; 李梅 has an id on both tenants. */
async function town() {
  const { q } = office.office;
  const people = {
    heli: first.addUser({ name: '贺立' }),
    xiaohong: first.addUser({ name: '石小红' }),
    limei: first.addUser({ name: '李梅' }),
    limeiToo: second.addUser({ name: '李梅' }),
    zhouqiang: ding.addUser({ name: '周强' }),
  };
  const groups = {
    branch: first.addGroup({
      name: '第一支部工作群',
      members: [people.heli, people.xiaohong, people.limei],
      withBot: true,
    }),
    unit: ding.addGroup({ name: '物业工作群', members: [people.zhouqiang], withBot: true }),
  };
  const at = {
    first: `feishu:${first.appId}`,
    second: `feishu:${second.appId}`,
    ding: `dingtalk:${ding.clientId}`,
  };
  const rows = await office.office.write(() => {
    const now = Date.now();
    const org = (name: string, kind: '社区' | '党支部' | '承办单位', parentId: number | null) =>
      q.orgs.create({ parentId, name, kind, now }).id;
    const community = org('梧桐社区', '社区', null);
    const branch = org('第一支部', '党支部', community);
    const unit = org('物业办', '承办单位', community);
    const member = (name: string, orgId: number, roles: Role[], ids: [string, string][]) => {
      const row = q.members.create({ name, pinyin: pinyinOf(name), orgId, communityId: null, day: DAY, now });
      for (const role of roles) q.members.grant(row.id, orgId, role, DAY);
      for (const [connection, id] of ids) q.members.link(connection, id, row.id);
      return row.id;
    };
    member('贺立', branch, ['党员', '书记'], [[at.first, people.heli.openId]]);
    member('石小红', branch, ['党员'], [[at.first, people.xiaohong.openId]]);
    member(
      '李梅',
      branch,
      ['党员', '管理员'],
      [
        [at.first, people.limei.openId],
        [at.second, people.limeiToo.openId],
      ],
    );
    member('周强', unit, ['承办联系人'], [[at.ding, people.zhouqiang.staffId]]);
    for (const [connection, externalId, orgId] of [
      [at.first, groups.branch, branch],
      [at.ding, groups.unit, unit],
    ] as const) {
      const chat = q.chats.seen({ connection, externalId, name: '工作群' });
      q.chats.bind(chat.id, { purpose: 'work', orgId, by: null, now });
    }
    return { unit };
  });
  return { people, groups, ...rows };
}

describe('two tenants of Feishu and an organisation of DingTalk in one office', () => {
  it('sends a matter of a branch on one to a unit on the other, and tells each bound group once', async () => {
    const { people, groups, unit } = await town();
    const { heli, xiaohong, zhouqiang } = people;
    await xiaohong.say(groups.branch, '/诉求 6号楼 陈奶奶 楼道灯坏了三天没人修');
    await settle();
    const card = first.private(heli).lastCard();
    if (!card) throw new Error('no card for the secretary');
    await heli.press(card, '派给单位');
    const submit =
      first
        .buttons(card)
        .map(({ label }) => label)
        .find((label) => label !== '返回') ?? '';
    await heli.press(card, submit, { form: { unit: `u${unit}` } });
    await settle();
    const told = ding
      .private(zhouqiang)
      .texts()
      .filter((text) => text.includes('楼道灯坏了'));
    expect(told).toHaveLength(1);
    const q = office.office.q;
    const [head] = q.issues.numbered(
      1,
      q.orgs.all().map(({ id }) => id),
    );
    expect(head && q.issues.get(head.id)?.handlerOrgId).toBe(unit);
    const lines = first.chat(groups.branch).texts();
    expect(new Set(lines).size).toBe(lines.length);
    expect(first.chat(groups.branch).texts().join()).not.toMatch(/陈奶奶|楼道灯/);
    expect([...first.complaints, ...ding.complaints]).toEqual([]);
  });

  it('writes to somebody with several ids once, where he was last, and never over one that is off', async () => {
    const { people } = await town();
    const { limei: here, limeiToo: there } = people;
    // What tells itself waits for working hours, and this clock is the machine's: the rows say where it goes.
    const told = () => {
      const { store } = stored();
      const rows = store.db.all<{ to: string }>(
        "select target_id as 'to' from outbox where cause like 'trouble:%' order by id",
      );
      store.close();
      return rows.map(({ to }) => to);
    };
    await there.sayPrivately('/帮助');
    await settle();
    expect(second.private(there).messages).toHaveLength(1);
    expect(first.private(here).messages).toHaveLength(0);
    await office.office.tellAdministrators('先说一件事。');
    expect(told()).toEqual([there.openId]);
    await office.close();
    const { store, q: table } = stored();
    table.connections.disable(`feishu:${second.appId}`, Date.now());
    store.close();
    await start();
    await office.office.tellAdministrators('再说一件事。');
    expect(told()).toEqual([there.openId, here.openId]);
    expect((await there.sayPrivately('/帮助')).status).toBe(404);
  });

  it('shows each connection in /readyz, the first of a platform under its bare name', async () => {
    const ready = await app.request('/readyz');
    const { platforms } = (await ready.json()) as { platforms: Record<string, { connection: string }> };
    expect(Object.entries(platforms).map(([name, each]) => [name, each.connection])).toEqual([
      ['feishu', `feishu:${first.appId}`],
      [`feishu:${second.appId}`, `feishu:${second.appId}`],
      ['dingtalk', `dingtalk:${ding.clientId}`],
    ]);
    expect((await app.request('/webhook/feishu/cli_nobody', { method: 'POST', body: '{}' })).status).toBe(
      404,
    );
  });

  it('waits for a database that another process holds, says so, and does not end', async () => {
    await office.close();
    const { store } = stored();
    store.db.run('begin immediate');
    const said: string[] = [];
    // Given back as soon as the start has found out that it has to wait.
    const log = {
      ...silentLog,
      warn(_: unknown, message: string) {
        if (!message.includes('占用')) return;
        said.push(message);
        store.db.run('rollback');
      },
    };
    office = await openSingle({ config, log });
    store.close();
    expect(said).toHaveLength(1);
    expect(office.ready()).toBe(true);
  });

  it('gives up on a lock that stays, with the way out', async () => {
    const { store } = stored();
    store.db.run('begin immediate');
    const other = stored();
    const locked = whenUnlocked(() => other.store.transaction(() => null), silentLog, 300);
    await expect(locked).rejects.toMatchObject({ code: 'database-locked' });
    store.db.run('rollback');
    for (const each of [store, other.store]) each.close();
  });
});
