import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createQueries } from '../../db/queries/index.ts';
import { createVault } from '../../src/lib/vault.ts';
import { officeSecret, sealEntry } from '../../src/offices/entry.ts';
import { STRANGER, WEDNESDAY } from '../contract/door.ts';
import { pageOf } from '../contract/doors/page.ts';
import {
  actOn,
  createDingTalkTown,
  type DingTalkTown,
  pageFor,
  seedDingTalkTown,
} from '../helpers/dingtalk-town.ts';
import { createWorkerHost, SECRET, type WorkerHost } from './host.ts';

/** What stands in links; simulators and test reach the Worker behind it. */
const PUBLIC_URL = 'http://office.test';
const SECOND = 'second';
const patience = { timeoutMs: 30_000 };

let host: WorkerHost;
let towns: Record<string, { town: DingTalkTown; object: string; secret: string }>;

/** As a router in front of the Worker would serve it. */
async function ask(url: string, init?: RequestInit): Promise<Response> {
  const { pathname, search } = new URL(url);
  const headers = new Headers(init?.headers);
  // The address inside is another, and so is its name.
  for (const name of ['host', 'origin']) headers.delete(name);
  return fetch(new URL(`${pathname}${search}`, await host.running().ready), { ...init, headers });
}

beforeAll(async () => {
  const single = await createDingTalkTown(() => WEDNESDAY, PUBLIC_URL, ask);
  const second = await createDingTalkTown(() => WEDNESDAY, `${PUBLIC_URL}/o/${SECOND}`, ask);
  towns = {
    'of the variables': { town: single, object: `dingtalk:${single.sim.clientId}`, secret: SECRET },
    'of the directory': { town: second, object: `o/${SECOND}`, secret: officeSecret(SECRET, SECOND) },
  };
  host = createWorkerHost({
    at: WEDNESDAY,
    directory: true,
    bindings: () => ({ ...single.sim.env(), DINGTALK_CARD_TEMPLATE_ID: single.sim.templateId, PUBLIC_URL }),
  });
  await host.start();
  const folder = mkdtempSync(join(tmpdir(), 'lianxin-seed-'));
  for (const [name, { town, object, secret }] of Object.entries(towns)) {
    const path = join(folder, `${name}.db`);
    await seedDingTalkTown(town, path, secret, WEDNESDAY);
    await host.seed(object, path);
  }
  rmSync(folder, { recursive: true, force: true });
  const { sealed } = sealEntry(SECRET, SECOND, second.credentials);
  await (await host.running().getKVNamespace('DIRECTORY')).put(SECOND, sealed);
}, 120_000);
afterAll(async () => {
  await host?.close();
  await Promise.all(Object.values(towns ?? {}).map(({ town }) => town.sim.close()));
});

describe.each(['of the variables', 'of the directory'])('DingTalk in workerd, the office %s', (which) => {
  const its = () => {
    const found = towns[which];
    if (!found) throw new Error(which);
    return { ...found, ...found.town };
  };
  const privately = (name: string) => its().sim.private(its().user(name));
  const seen = (see: () => string[], text: string) =>
    its().sim.waitFor(() => see().find((each) => each.includes(text)), { ...patience, what: text });
  /** What lies in the object's storage of this person's visits. */
  const diary = async (name: string) => {
    const { object, secret, sim, user } = its();
    const file = await host.file(object);
    return host.look(file, (store) => {
      const q = createQueries({ store, vault: createVault(secret) });
      const found = q.members.byIdentity(`dingtalk:${sim.clientId}`, user(name).staffId);
      return q.visits.diary(found?.member.id ?? 0, { limit: 5, offset: 0 }).map(({ note }) => note);
    });
  };

  it('writes down what a signed message says, once, and answers in the group and in private', async () => {
    const { sim, group, user } = its();
    const said = await user('石小红').say(group, '/走访 3号楼502 张某 低保咨询', { at: true });
    expect(said).toMatchObject({ status: 200, body: { msgtype: 'empty' } });
    await seen(() => sim.group(group).texts(), '已记 · 3号楼 1户');
    await seen(() => privately('石小红').texts(), '低保咨询');
    expect(await sim.repush(said)).toMatchObject({ status: 200 });
    expect(await diary('石小红')).toEqual(['低保咨询']);
  });

  it('refuses what is forged, and takes the check of the event address', async () => {
    const { sim, base } = its();
    const forged = { msgtype: 'text', text: { content: '/走访 3号楼 张某' }, msgId: 'msgForged' };
    expect(await sim.rawPost(forged, sim.robotHeaders({ secret: 'another' }))).toMatchObject({ status: 401 });
    const press = { outTrackId: 'card-1', userId: 'somebody' };
    const headers = sim.cardHeaders({ secret: 'another' });
    expect(await sim.rawPost(press, headers, `${base}/webhook/dingtalk/card`)).toMatchObject({ status: 401 });
    expect(await sim.checkUrl()).toMatchObject({ ok: true });
  });

  it('keeps a page for somebody whom the bot does not reach yet, and answers on it', async () => {
    const { town, base } = its();
    await its().user('贺立').sayPrivately(`/专页 ${STRANGER}`);
    await seen(() => privately('贺立').texts(), '这是您的连心专页');
    const link = pageFor(town, '贺立');
    const html = await (await ask(link)).text();
    expect(html).toContain(`${STRANGER}同志的专页`);
    const seal = /name="~" value="([^"]+)"/u.exec(html)?.[1] ?? '';
    const sent = await ask(actOn(html, '发出', link), {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ '~': seal, line: '/帮助' }).toString(),
    });
    expect(await sent.text()).toContain('给您的消息');
    expect(link.startsWith(`${base}/f/`)).toBe(true);
  });

  it('learns from the directory who spoke there, for the edge hears and the object asks', async () => {
    const { group, user } = its();
    await user(STRANGER).say(group, '/走访 5号楼 赵某 送去药盒', { at: true });
    await seen(() => privately(STRANGER).texts(), '送去药盒');
    expect(await diary(STRANGER)).toEqual(['送去药盒']);
  });

  it('has told DingTalk where presses go, and answers one on the card itself', async () => {
    const { sim, base, user } = its();
    const callback = () => sim.calls.find(({ path }) => path.endsWith('/callbacks/register'));
    const registered = await sim.waitFor(callback, patience);
    expect(registered.body).toMatchObject({ callbackUrl: `${base}/webhook/dingtalk/card` });
    const card = privately('石小红').messages.findLast(({ msgType }) => msgType === 'card');
    if (!card) throw new Error('no card of the template');
    expect(await user('石小红').press(card, '撤销这条记录')).toMatchObject({ status: 200, acked: true });
    expect(sim.cardText(card, user('石小红'))).toContain('已撤销');
    expect(await diary('石小红')).toEqual([]);
    await user('石小红').press(card, '恢复这条');
    expect(await diary('石小红')).toEqual(['低保咨询']);
  });

  it('opens a signed page and takes what is sent from it, once, at its own address alone', async () => {
    const { town, sim, base, group, user } = its();
    await user('贺立').sayPrivately('/文字版');
    await seen(() => privately('贺立').texts(), '文字版开着');
    await user('石小红').say(group, '/诉求 6号楼 陈奶奶 楼道灯坏了三天没人修', { at: true });
    await seen(() => privately('贺立').texts(), '楼道灯坏了');
    const link = pageFor(town, '贺立');
    const opened = await ask(link);
    expect([opened.status, opened.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const act = actOn(await opened.text(), '按建议办', link);
    expect(await pageOf(ask, act, {})).toContain('已交石小红');
    expect(await pageOf(ask, act, {})).toContain('这一步已经办过。');
    await seen(() => privately('石小红').texts(), '楼道灯坏了');
    const elsewhere = base === PUBLIC_URL ? `${PUBLIC_URL}/o/${SECOND}` : PUBLIC_URL;
    expect((await ask(act.replace(`${base}/f/`, `${elsewhere}/f/`))).status).toBe(404);
    expect((await ask(`${PUBLIC_URL}/o/nobody-here/f/x`)).status).toBe(404);
    expect(sim.complaints).toEqual([]);
  });
});
