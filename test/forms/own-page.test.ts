import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pinyinOf } from '../../src/domain/names.ts';
import { asRead } from '../helpers/read.ts';
import { type Desk, openDesk } from '../issue/desk.ts';

const BASE = 'http://office.test';
const DAY = 24 * 3_600_000;
const PHONE = '13800000000';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk({ publicUrl: BASE });
  add('王军', '第一支部');
});
afterEach(async () => {
  expect(desk.world.sim.complaints).toEqual([]);
  await desk.close();
});

/** In the roster, and on no platform. */
function add(name: string, org: string, role: '党员' | '领导' = '党员'): number {
  const { world } = desk;
  const { q } = world.office;
  const member = q.members.create({
    name,
    pinyin: pinyinOf(name),
    orgId: world.orgs[org] ?? 0,
    communityId: world.orgs.梧桐社区,
    day: '2026-01-01',
    now: world.clock.now(),
  });
  q.members.grant(member.id, member.orgId, role, '2026-01-01');
  world.members[name] = member.id;
  return member.id;
}

const texts = (name: string): string[] => desk.world.sim.private(desk.world.users[name] as never).texts();
const links = (name: string): string[] =>
  texts(name).flatMap((text) =>
    [...text.matchAll(/http:\/\/office\.test(\S+)/gu)].map((found) => found[1] ?? ''),
  );

/** The link that the secretary is given. */
async function given(name = '王军'): Promise<string> {
  await desk.tell('贺立', `/专页 ${name}`);
  const link = links('贺立').at(-1);
  if (!link) throw new Error(`no link: ${texts('贺立').at(-1)}`);
  return link;
}

interface Seen {
  status: number;
  html: string;
}
const seen = async (response: Response): Promise<Seen> => ({
  status: response.status,
  html: await response.text(),
});
const open = async (path: string): Promise<Seen> => seen(await desk.world.get(path));

function behind(page: Seen, label: string): { path: string; part: string } {
  const part = page.html
    .split(/(?=<form|<a )/u)
    .find((each) => new RegExp(`>${label}</(?:button|a)>`, 'u').test(each));
  const path = part && /(?:action|href)="([^"]+)"/u.exec(part)?.[1];
  if (!part || !path) throw new Error(`no ${label} on: ${page.html}`);
  return { path: `/f/${path}`, part };
}
/** Sends the form of that button with these fields and its seal, as a browser does. */
async function send(page: Seen, label: string, fields: Record<string, string> = {}): Promise<Seen> {
  const { path, part } = behind(page, label);
  const seal = /name="~" value="([^"]*)"/u.exec(part)?.[1];
  const all = { ...(seal ? { '~': seal } : {}), ...fields };
  const answer = await seen(await desk.world.post(path, Object.entries(all)));
  await desk.world.settle();
  return answer;
}
const say = (page: Seen, line: string): Promise<Seen> => send(page, '发出', { line });
const rows = (table: string): number =>
  desk.world.store.db.all<{ n: number }>(`select count(*) as n from ${table}`)[0]?.n ?? 0;

describe('the link', () => {
  it('is handed over by the secretary, in private, with a card that says what it is and ends it', async () => {
    await desk.say('贺立', '/专页 王军');
    const text = texts('贺立').find((each) => each.includes(BASE)) ?? '';
    expect(text).toMatch(/^王军同志，这是您的连心专页，12月18日前有效/u);
    expect(desk.text('贺立')).toContain('王军的专页 · 12月18日前有效');
    expect(desk.buttons('贺立')).toEqual(expect.arrayContaining(['换新链接', '作废']));
    const group = desk.world.sim.chat(desk.world.group).messages.map((each) => JSON.stringify(each));
    expect(group.filter((each) => each.includes('/f/') || each.includes('专页 ·'))).toEqual([]);
    // Asked again it is the same page.
    await desk.tell('贺立', '/专页 王军');
    expect((await open(links('贺立')[0] ?? '')).status).toBe(200);
    expect(rows("identity where connection = 'page'")).toBe(1);
  });

  it('holds no personal data, and stands in no table in clear', async () => {
    const link = await given();
    expect(link).toMatch(/^\/f\/v1\.[\w-]+$/u);
    expect(Buffer.from(link.slice('/f/v1.'.length), 'base64url').toString('utf8')).not.toContain('王军');
    for (const table of ['inbox', 'outbox', 'live_card', 'audit', 'setting', 'identity'])
      expect(JSON.stringify(desk.world.store.db.all(`select * from ${table}`))).not.toContain(link.slice(3));
  });

  it.each([
    ['石小红', '/专页 王军', '“/专页”这项您暂时用不上'],
    ['贺立', '/专页', '请写上给谁'],
    ['贺立', '/专页 张三', '您的名册里没有“张三”'],
    ['贺立', '/专页 李梅', '李梅有账号，我够得着'],
    ['贺立', '/专页 周强', '您的名册里没有“周强”'],
  ])('%s sends “%s”: %s', async (who, line, answer) => {
    await desk.tell(who, line);
    expect(texts(who).at(-1)).toContain(answer);
    expect(links(who)).toEqual([]);
    expect(rows("identity where connection = 'page'")).toBe(0);
  });

  it('is no key to powers that the secretary could not grant', async () => {
    add('钱进', '第一支部', '领导');
    await desk.tell('贺立', '/专页 钱进');
    expect(texts('贺立').at(-1)).toContain('他的专页请管理员来发');
    expect(links('贺立')).toEqual([]);
  });

  it('needs a public address', async () => {
    await desk.close();
    desk = await openDesk();
    add('王军', '第一支部');
    await desk.tell('贺立', '/专页 王军');
    expect(texts('贺立').at(-1)).toContain('还没有公网地址');
    expect(rows("identity where connection = 'page'")).toBe(0);
  });
});

describe('the page', () => {
  it('only shows when it is opened, however often', async () => {
    const link = await given();
    const before = ['inbox', 'outbox', 'visit', 'audit', 'setting'].map(rows);
    const page = await open(link);
    await open(link);
    expect(page.html).toContain('王军同志的专页');
    expect(page.html).toContain('12月18日前有效');
    expect(['inbox', 'outbox', 'visit', 'audit', 'setting'].map(rows)).toEqual(before);
  });

  it('takes a visit, once, to the credit of its person, and shows the receipt without room and number', async () => {
    const household = desk.world.household('3号楼2单元501', '张某', '王军');
    desk.world.office.q.households.setPhone(household, PHONE);
    const link = await given();
    const form = await open(link);
    const page = await say(form, '走访 3号楼2单元501 张某 低保咨询');
    expect(page.html).toContain('发出了，回话在下面。');
    expect(page.html).toContain('低保咨询');
    for (const word of ['2单元', '501', PHONE]) expect(page.html).not.toMatch(asRead(word));
    const visit = desk.world.office.q.visits.latestBy(desk.world.members.王军 ?? 0);
    expect(visit).toMatchObject({ building: '3号楼', outcome: 'met' });
    const [visitor] = desk.world.store.db.all<{ member_id: number }>('select member_id from visitor');
    expect(visitor?.member_id).toBe(desk.world.members.王军);

    expect((await say(form, '走访 3号楼2单元501 张某 低保咨询')).html).toContain('这句已经发过了');
    expect(rows('visit')).toBe(1);
    // It is there at the next visit, with everything on it, which leads back.
    const changed = await send(await open(link), '撤销这条记录');
    expect(changed.html).toContain('已撤销');
    const back = await open(behind(changed, '回到我的专页，看有没有新消息').path);
    expect(back.html).toContain('王军同志的专页');
    expect((await open(link)).html).toContain('已撤销');
  });

  it('keeps what was typed when it cannot be taken, and answers a line that it does not understand', async () => {
    const form = await open(await given());
    const empty = await say(form, '  ');
    expect([empty.status, rows('inbox')]).toEqual([422, 1]);
    const long = await say(form, `走访 ${'很'.repeat(1000)}`);
    expect(long.status).toBe(422);
    expect(long.html).toContain('很很很');
    await say(form, '你好');
    expect((await open(links('贺立')[0] ?? '')).html).toContain('给您的消息');
  });

  it('brings him what is handed to him, and takes 办好了 there; who made the page is told of it', async () => {
    const link = await given();
    await desk.say('石小红', '/诉求 6号楼 陈奶奶 楼道灯坏了三天没人修');
    await desk.tell('贺立', '派单 1 王军');
    expect(desk.state()).toMatchObject({ state: 'handling', handlerId: desk.world.members.王军 });
    expect(texts('贺立').filter((text) => text.includes('王军的专页上有新消息'))).toHaveLength(1);

    const page = await open(link);
    expect(page.html).toContain('给您的消息');
    expect(page.html).toContain('楼道灯坏了三天没人修');
    const form = await send(page, '办好了');
    await send(form, '记下', { result: '换了声控灯', kind: 'solved', told: 'call' });
    expect(desk.state()).toMatchObject({ state: 'awaitingSignOff', result: '换了声控灯' });
    // Nothing is left lying, and nothing went to a platform in his name.
    expect(desk.world.office.q.outbox.inState(['dead', 'uncertain', 'pending', 'leased'])).toEqual([]);
  });

  it('does by a typed line what a chat does', async () => {
    const link = await given();
    await desk.say('石小红', '/诉求 6号楼 陈奶奶 楼道灯坏了三天没人修');
    await desk.tell('贺立', '派单 1 王军');
    await say(await open(link), '办好了 1 换了声控灯');
    expect(desk.state()).toMatchObject({ result: '换了声控灯' });
  });

  it('is written to only where there is nothing better', async () => {
    const id = desk.world.members.王军 ?? 0;
    const link = await given();
    await say(await open(link), '/我的');
    const { q } = desk.world.office;
    const user = desk.world.sim.addUser({ name: '王军' });
    await desk.world.office.write(() => q.members.link(desk.world.connection, user.openId, id));
    expect(q.members.reachable(id).map((each) => each.connection)).toEqual([desk.world.connection, 'page']);
  });
});

describe('where somebody is chosen', () => {
  it('whoever only has a page is not the one who asks the resident', async () => {
    await given();
    const { q } = desk.world.office;
    await desk.world.office.write(() => q.members.change(desk.world.members.李梅 ?? 0, { status: '停用' }));
    await desk.say('石小红', '/诉求 6号楼 陈奶奶 楼道灯坏了三天没人修');
    await desk.press('贺立', '按建议办');
    await desk.press('石小红', '办好了', { result: '换了声控灯', kind: 'solved', told: 'call' });
    expect(desk.state()).toMatchObject({ state: 'awaitingSignOff', askerId: desk.world.members.赵书记 });
  });
});

describe('its end', () => {
  const refused = async (link: string, why: string): Promise<void> => {
    const page = await open(link);
    expect([403, 404, 410]).toContain(page.status);
    expect(page.html).toContain(why);
    expect(page.html).not.toMatch(/王军|发出/u);
  };

  it('comes with 作废, for the link and for everything that it has opened', async () => {
    const link = await given();
    const page = await open(link);
    const inside = behind(page, '发出').path;
    await desk.press('贺立', '作废');
    expect(desk.text('贺立')).toContain('王军现在没有专页');
    await refused(link, '这个链接作废了');
    await refused(inside, '这个链接作废了');
    expect((await say(page, '走访 3号楼 张某 低保咨询')).status).toBe(410);
    expect(rows('visit')).toBe(0);
    expect(desk.world.office.q.members.reachable(desk.world.members.王军 ?? 0)).toEqual([]);
  });

  it('comes with a new link', async () => {
    const link = await given();
    await desk.press('贺立', '换新链接');
    await refused(link, '这个链接作废了');
    const newer = links('贺立').at(-1) ?? '';
    expect(newer).not.toBe(link);
    expect((await open(newer)).html).toContain('王军同志的专页');
  });

  it('comes after thirty days', async () => {
    const link = await given();
    desk.later(30 * DAY - 1);
    expect((await open(link)).status).toBe(200);
    desk.later(1);
    await refused(link, '链接过期了');
  });

  it('comes when he is suspended', async () => {
    const link = await given();
    const { q } = desk.world.office;
    await desk.world.office.write(() => q.members.change(desk.world.members.王军 ?? 0, { status: '停用' }));
    await refused(link, '现在不能用这个链接');
  });

  it('a link that was changed, or is another office’s, opens nothing', async () => {
    const link = await given();
    for (const other of [`${link}A`, link.slice(0, -2), '/f/v1.AAAA']) await refused(other, '打不开这个链接');
    const { sealToken, pageVault } = await import('../../src/office/page-token.ts');
    const member = desk.world.members.王军 ?? 0;
    const token = {
      member,
      connection: 'page',
      externalId: `m${member}.1`,
      at: { view: 'mine', params: {} },
    };
    const foreign = sealToken(
      pageVault('the secret of another office, as long'),
      token,
      desk.world.clock.now(),
    );
    await refused(`/f/${foreign}`, '打不开这个链接');
  });
});
