import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDirectory } from '../../db/directory.ts';
import { createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { movableClock } from '../../src/lib/clock.ts';
import { silentLog } from '../../src/lib/log.ts';
import { officeSecret, sealEntry } from '../../src/offices/entry.ts';
import type { Fleet } from '../../src/offices/fleet.ts';
import { directoryPath, officePath, openFleet } from '../../src/offices/node-offices.ts';
import { STRANGER, WEDNESDAY } from '../contract/door.ts';
import { pageOf } from '../contract/doors/page.ts';
import {
  actOn,
  createDingTalkTown,
  type DingTalkTown,
  pageFor,
  seedDingTalkTown,
} from '../helpers/dingtalk-town.ts';
import { SECRET } from './world.ts';

const PUBLIC_URL = 'http://offices.test';
const IDS = ['east', 'west'];

let folder: string;
let fleet: Fleet;
let app: ReturnType<typeof createApp>;
let towns: DingTalkTown[];

const ask = async (url: string, init?: RequestInit): Promise<Response> => app.request(url, init);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lianxin-dingtalk-'));
  const clock = movableClock(WEDNESDAY, { frozen: true });
  const config = loadConfig({
    DATABASE_PATH: join(folder, 'lianxin.db'),
    SECRET_KEY: SECRET,
    PUBLIC_URL,
  });
  towns = await Promise.all(IDS.map((id) => createDingTalkTown(clock.now, `${PUBLIC_URL}/o/${id}`, ask)));
  const directory = openDirectory(directoryPath(config));
  for (const [index, town] of towns.entries()) {
    const id = IDS[index] ?? '';
    mkdirSync(dirname(officePath(config, id)), { recursive: true });
    await seedDingTalkTown(town, officePath(config, id), officeSecret(SECRET, id), clock.now());
    directory.add(id, sealEntry(SECRET, id, town.credentials).sealed, clock.now());
  }
  directory.close();
  fleet = openFleet({ config, log: silentLog, clock });
  app = createApp({
    platforms: [],
    offices: (id) => fleet.find(id),
    ready: () => true,
    now: clock.now,
    log: silentLog,
  });
  await fleet.start();
});
afterEach(async () => {
  await fleet.stop();
  for (const { sim } of towns) {
    expect(sim.complaints).toEqual([]);
    await sim.close();
  }
  rmSync(folder, { recursive: true, force: true });
});

const at = (index: number): DingTalkTown => {
  const found = towns[index];
  if (!found) throw new Error(`no town ${index}`);
  return found;
};
const privately = ({ sim, user }: DingTalkTown, name: string) => sim.private(user(name));
const seen = (town: DingTalkTown, see: () => string[], text: string) =>
  town.sim.waitFor(() => see().find((each) => each.includes(text)), { what: text });

describe('two organisations of DingTalk by path', () => {
  it('answers each with its own keys and refuses what the other has signed', async () => {
    const [east, west] = [at(0), at(1)];
    for (const town of [east, west]) {
      const said = await town.user('石小红').say(town.group, '/走访 3号楼502 张某 低保咨询', { at: true });
      expect(said).toMatchObject({ status: 200, body: { msgtype: 'empty' } });
      await seen(town, () => town.sim.group(town.group).texts(), '已记 · 3号楼 1户');
      await seen(town, () => privately(town, '石小红').texts(), '低保咨询');
    }
    const forged = { msgtype: 'text', text: { content: '/走访 3号楼 张某' }, msgId: 'msgForged' };
    const address = `${west.base}/webhook/dingtalk`;
    expect(await west.sim.rawPost(forged, east.sim.robotHeaders(), address)).toMatchObject({ status: 401 });
    const { query, body } = east.sim.pack({ EventType: 'check_url' });
    expect(await west.sim.rawPost(body, {}, `${address}/event?${query}`)).toMatchObject({ status: 401 });
    expect(await east.sim.checkUrl()).toMatchObject({ ok: true });
    const nowhere = `${PUBLIC_URL}/o/nobody-here/webhook/dingtalk`;
    expect(await east.sim.rawPost(forged, east.sim.robotHeaders(), nowhere)).toMatchObject({ status: 404 });
  });

  it('takes presses at the address that each has registered, and names from each directory', async () => {
    const town = at(1);
    const { sim, user, group, base } = town;
    await user(STRANGER).say(group, '/走访 5号楼 赵某 送去药盒', { at: true });
    await seen(town, () => privately(town, STRANGER).texts(), '送去药盒');
    const registered = await sim.waitFor(() => sim.calls.find(({ path }) => path.endsWith('/register')));
    expect(registered.body).toMatchObject({ callbackUrl: `${base}/webhook/dingtalk/card` });
    const card = privately(town, STRANGER).messages.findLast(({ msgType }) => msgType === 'card');
    if (!card) throw new Error('no card of the template');
    expect(await user(STRANGER).press(card, '撤销这条记录')).toMatchObject({ status: 200, acked: true });
    expect(sim.cardText(card, user(STRANGER))).toContain('已撤销');
  });

  it('gives somebody whom no bot reaches a page at his office’s own address', async () => {
    const town = at(0);
    await town.user('贺立').sayPrivately(`/专页 ${STRANGER}`);
    await seen(town, () => privately(town, '贺立').texts(), '这是您的连心专页');
    const link = pageFor(town, '贺立');
    expect((await ask(link.replace(town.base, at(1).base))).status).toBe(404);
    const html = await (await ask(link)).text();
    const seal = /name="~" value="([^"]+)"/u.exec(html)?.[1] ?? '';
    const sent = await ask(actOn(html, '发出', link), {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ '~': seal, line: '走访 5号楼 赵某 送去药盒' }).toString(),
    });
    expect(await sent.text()).toContain('送去药盒');
    expect(await (await ask(link)).text()).toContain('走访已记');
  });

  it('opens a signed page at the office’s own address alone', async () => {
    const town = at(0);
    const { user, group, base } = town;
    await user('贺立').sayPrivately('/文字版');
    await seen(town, () => privately(town, '贺立').texts(), '文字版开着');
    await user('石小红').say(group, '/诉求 6号楼 陈奶奶 楼道灯坏了三天没人修', { at: true });
    await seen(town, () => privately(town, '贺立').texts(), '楼道灯坏了');
    const link = pageFor(town, '贺立');
    const opened = await ask(link);
    expect([opened.status, opened.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const act = actOn(await opened.text(), '按建议办', link);
    for (const elsewhere of [at(1).base, PUBLIC_URL]) {
      const moved = await ask(act.replace(base, elsewhere), { method: 'POST', body: '' });
      expect(moved.status).toBe(404);
    }
    expect(await pageOf(ask, act, {})).toContain('已交石小红');
    await seen(town, () => privately(town, '石小红').texts(), '楼道灯坏了');
    const style = await ask(`${base}/f/style.css`);
    expect(style.headers.get('content-type')).toContain('text/css');
    expect((await ask(`${PUBLIC_URL}/o/nobody-here/f/style.css`)).status).toBe(200);
    expect((await ask(`${PUBLIC_URL}/o/nobody-here/f/x`)).status).toBe(404);
  });
});
