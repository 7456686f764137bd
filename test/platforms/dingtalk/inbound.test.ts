import { afterEach, describe, expect, it } from 'vitest';
import { openStore } from '../../../db/node.ts';
import { createApp } from '../../../src/app.ts';
import type { Role } from '../../../src/domain/actor.ts';
import { pinyinOf } from '../../../src/domain/names.ts';
import { accepting } from '../../../src/http/accept.ts';
import { movableClock } from '../../../src/lib/clock.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { assembleOffice } from '../../../src/office/assemble.ts';
import { createDingTalk } from '../../../src/platforms/dingtalk/index.ts';
import { ensureAdministrators } from '../../../src/work/administrators.ts';
import { MEMBERS_WANTED } from '../../../src/work/group-people.ts';
import { REPLAY } from '../../../src/work/link-person.ts';
import { createDingTalkSim, type SimUser } from '../../simulators/dingtalk/index.ts';
import { NOW } from './pushes.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

type Way = 'webhook' | 'stream';
const BASE = 'https://lianxin.test/webhook/dingtalk';

/** An office without any group or person but one administrator, 于洋, and DingTalk before it. */
async function createPlace(transport: Way, template = true) {
  const clock = movableClock(NOW, { frozen: true });
  const sim = await createDingTalkSim({ clock: clock.now, limits: false });
  const { clientId, clientSecret, robotCode, aesKey, token, baseUrl } = sim;
  const dingtalk = createDingTalk({
    clientId,
    clientSecret,
    robotCode,
    aesKey,
    token,
    baseUrl,
    oapiUrl: baseUrl,
    cardTemplateId: template ? sim.templateId : undefined,
    publicUrl: 'https://lianxin.test',
    mode: transport,
    log: silentLog,
    now: clock.now,
  });
  const store = openStore(':memory:');
  const secret = 'a secret for tests, long enough …';
  const office = assembleOffice({ store, secret, clock, platforms: [dingtalk], log: silentLog });
  await office.start();
  const { q } = office;
  const app = createApp({
    platforms: [dingtalk],
    sink: office.deliver,
    pages: office.pages,
    ready: () => true,
    now: clock.now,
    log: silentLog,
  });
  sim.connectHttp({ url: BASE, fetch: async (url, init) => app.request(url, init) });
  sim.transport = transport;
  await dingtalk.start?.(accepting(office.deliver, silentLog));
  if (transport === 'stream') await sim.waitFor(() => sim.connections === 1);
  else if (template) await sim.waitFor(() => sim.calls.some((call) => call.path.endsWith('/register')));
  closers.push(async () => {
    await dingtalk.stop?.();
    await office.stop();
    await sim.close();
    store.close();
  });

  const now = clock.now();
  const administrator = sim.addUser({ name: '于洋' });
  const branch = await office.write(() => {
    const street = q.orgs.create({ parentId: null, name: '梧桐街道', kind: '街道', now });
    const community = q.orgs.create({ parentId: street.id, name: '梧桐社区', kind: '社区', now });
    ensureAdministrators(q, now, [{ connection: dingtalk.connection, id: administrator.staffId }]);
    return q.orgs.create({ parentId: community.id, name: '第一支部', kind: '党支部', now }).id;
  });
  return {
    sim,
    office,
    clock,
    branch,
    connection: dingtalk.connection,
    administrator,
    /** A row of the roster that no platform id belongs to yet. */
    row: (name: string, roles: Role[] = ['党员']) =>
      office.write(() => {
        const day = '2026-01-01';
        const row = q.members.create({
          name,
          pinyin: pinyinOf(name),
          orgId: branch,
          communityId: null,
          day,
          now,
        });
        for (const role of roles) q.members.grant(row.id, branch, role, day);
        return row.id;
      }),
    /** Everything has been sent, every name asked for, every kept line replayed. */
    async calm(): Promise<void> {
      do {
        await office.settle(10_000);
        await new Promise((resolve) => setTimeout(resolve, 1));
      } while (q.settings.get(MEMBERS_WANTED) !== null || q.settings.get(REPLAY) !== null);
      await office.settle(10_000);
    },
    nameOf: (user: SimUser) => q.members.byIdentity(dingtalk.connection, user.staffId)?.member.name,
    chat: (group: string) => q.chats.find(dingtalk.connection, group),
    greetings: (group: string) =>
      sim
        .group(group)
        .texts()
        .filter((text) => text.includes('看到“已记”才算记上')),
  };
}

describe.each<Way>(['webhook', 'stream'])('DingTalk by %s', (way) => {
  it('greets a group with the first word there, once, and again after it had left', async () => {
    const place = await createPlace(way);
    const { sim } = place;
    const user = sim.addUser({ name: '石小红' });
    const group = sim.addGroup({ name: '第一支部工作群', members: [user], withBot: true });
    await user.say(group, '在吗', { at: true });
    await place.calm();
    expect(place.greetings(group)).toHaveLength(1);
    expect(place.chat(group)).toMatchObject({ name: '第一支部工作群', external: false, goneAt: null });

    await user.say(group, '帮助', { at: true });
    await sim.rename(group, '第一支部', user);
    await user.say(group, '走访 3号楼', { at: true });
    await place.calm();
    expect(place.greetings(group)).toHaveLength(1);
    expect(place.chat(group)).toMatchObject({ name: '第一支部' });

    await sim.uninstallCoolApp(group, user);
    await place.calm();
    expect(place.chat(group)?.goneAt).not.toBeNull();
    place.clock.set(place.clock.now() + 60_000);
    sim.addBotTo(group);
    await user.say(group, '帮助', { at: true });
    await place.calm();
    expect(place.chat(group)?.goneAt).toBeNull();
    expect(place.greetings(group)).toHaveLength(2);
    expect(sim.complaints).toEqual([]);
  });

  it('knows the secretary by the name in the directory, and lets him claim the group with his first word', async () => {
    const place = await createPlace(way);
    const { sim } = place;
    await place.row('贺立', ['党员', '书记']);
    const secretary = sim.addUser({ name: '贺立' });
    const group = sim.addGroup({ name: '第一支部工作群', members: [secretary], withBot: true });
    await secretary.say(group, '绑定 第一支部 工作群', { at: true });
    await place.calm();
    expect(place.nameOf(secretary)).toBe('贺立');
    expect(place.chat(group)).toMatchObject({ orgId: place.branch, purpose: 'work' });
    expect(place.greetings(group)).toEqual([]);
    expect(sim.group(group).texts().join()).toContain('本群已认领为“第一支部”的工作群');
    expect(sim.complaints).toEqual([]);
  });

  it('takes nobody for the secretary whose name he only gives himself', async () => {
    const place = await createPlace(way);
    const { sim } = place;
    await place.row('贺立', ['党员', '书记']);
    const impostor = sim.addUser({ name: '罗健' });
    const group = sim.addGroup({ name: '第一支部工作群', members: [impostor], withBot: true });
    await impostor.say(group, '绑定 第一支部 工作群', {
      at: true,
      twist: (body) => ({ ...body, senderNick: '贺立' }),
    });
    await place.calm();
    place.clock.set(place.clock.now() + 3_000);
    await place.calm();
    expect(place.nameOf(impostor)).toBeUndefined();
    expect(place.chat(group)).toMatchObject({ orgId: null });
  });

  it('asks whoever may admit him where the directory tells nothing, and names him as he calls himself', async () => {
    const place = await createPlace(way);
    const { sim } = place;
    sim.withhold('qyapi_get_member');
    await place.row('贺立', ['党员', '书记']);
    const secretary = sim.addUser({ name: '贺立' });
    const group = sim.addGroup({ name: '第一支部工作群', members: [secretary], withBot: true });
    await secretary.say(group, '绑定 第一支部', { at: true });
    await place.calm();
    place.clock.set(place.clock.now() + 3_000);
    await place.calm();
    expect(place.nameOf(secretary)).toBeUndefined();
    expect(sim.private(place.administrator).texts().join()).toContain('贺立');
  });

  it('matches who speaks and who joins with the roster', async () => {
    const place = await createPlace(way);
    const { sim } = place;
    await place.row('贺立', ['党员', '书记']);
    await place.row('石小红');
    await place.row('李梅');
    const [secretary, speaks, joins, nobody] = ['贺立', '石小红', '李梅', '罗健'].map((name) =>
      sim.addUser({ name }),
    ) as [SimUser, SimUser, SimUser, SimUser];
    const group = sim.addGroup({ name: '第一支部工作群', members: [secretary, speaks], withBot: true });
    await secretary.say(group, '绑定 第一支部 工作群', { at: true });
    await place.calm();
    place.clock.set(place.clock.now() + 60_000);
    await speaks.say(group, '走访 3号楼2单元501 张某 一切都好', { at: true });
    await place.calm();
    expect(place.nameOf(speaks)).toBe('石小红');
    expect(sim.group(group).texts().join()).toContain('已记');
    place.clock.set(place.clock.now() + 60_000);
    await sim.addMembers(group, [joins, nobody]);
    await place.calm();
    expect(place.nameOf(joins)).toBe('李梅');
    expect(place.nameOf(nobody)).toBeUndefined();
    expect(sim.complaints).toEqual([]);
  });

  it('takes a press on the group’s greeting for one in that group', async () => {
    const place = await createPlace(way);
    const { sim } = place;
    await place.row('贺立', ['党员', '书记']);
    const secretary = sim.addUser({ name: '贺立' });
    const group = sim.addGroup({ name: '第一支部工作群', members: [secretary], withBot: true });
    await secretary.say(group, '在吗', { at: true });
    await place.calm();
    const card = sim.group(group).lastCard();
    if (!card) throw new Error('no greeting');
    await secretary.press(card, '我是书记，认领本群');
    await place.calm();
    expect(place.nameOf(secretary)).toBe('贺立');
    expect(sim.private(secretary).lastText()).toContain('认领“第一支部工作群”');
    expect(sim.complaints).toEqual([]);
  });

  it('does the same push once', async () => {
    const place = await createPlace(way);
    const { sim } = place;
    await place.row('贺立', ['党员', '书记']);
    const secretary = sim.addUser({ name: '贺立' });
    const group = sim.addGroup({ name: '第一支部工作群', members: [secretary], withBot: true });
    await secretary.say(group, '绑定 第一支部 工作群', { at: true });
    await place.calm();
    const said = await secretary.say(group, '走访 3号楼2单元501 张某 一切都好', { at: true });
    await place.calm();
    const before = sim.messages.length;
    expect(await sim.repush(said)).toMatchObject({ acked: true });
    await place.calm();
    expect(sim.messages).toHaveLength(before);
  });
});

describe('the three addresses', () => {
  it('prove themselves to the console and take events', async () => {
    const { sim, calm, chat } = await createPlace('webhook');
    expect(await sim.checkUrl()).toMatchObject({ ok: true, status: 200 });
    const user = sim.addUser({ name: '石小红' });
    const group = sim.addGroup({ name: '第一支部工作群', members: [user], withBot: true });
    await user.say(group, '在吗', { at: true });
    expect(await sim.dissolve(group, user)).toMatchObject({ acked: true });
    await calm();
    expect(chat(group)?.goneAt).not.toBeNull();
    expect(sim.complaints).toEqual([]);
  });

  it('refuse what is forged, stale or no message, and keep nothing of it', async () => {
    const { sim, office, calm } = await createPlace('webhook');
    const body = { msgtype: 'text', text: { content: '帮助' }, msgId: 'msgForged', conversationType: '1' };
    const old = String(sim.now() - 3_600_001);
    const status = async (what: Record<string, string>, url?: string, said: string | typeof body = body) =>
      (await sim.rawPost(said, what, url)).status;
    expect(await status(sim.robotHeaders({ secret: 'another' }))).toBe(401);
    expect(await status(sim.robotHeaders({ timestamp: old }))).toBe(401);
    expect(await status({})).toBe(401);
    expect(await status(sim.robotHeaders(), undefined, 'no json')).toBe(400);
    expect(await status(sim.cardHeaders(), `${BASE}/card`)).toBe(401);
    expect(await status(sim.cardHeaders({ secret: sim.clientSecret }), `${BASE}/card`)).toBe(401);
    expect(await status(sim.robotHeaders(), `${BASE}/card`)).toBe(401);
    expect(await status(sim.robotHeaders(), `${BASE}/event`)).toBe(400);
    const stranger = sim.pack({ EventType: 'chat_disband' }, { owner: 'dingother' });
    expect(await status({}, `${BASE}/event?${stranger.query}`, stranger.body)).toBe(401);
    await calm();
    expect(office.q.inbox.seen('msg:msgForged')).toBeUndefined();
    expect(sim.messages).toEqual([]);
  });
});
