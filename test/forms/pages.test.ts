import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hide } from '../../src/office/page-model.ts';
import { type Desk, openDesk, PLAIN } from '../issue/desk.ts';
import { BASE, behind, filled, type Walk, walkIn } from './walk.ts';

const HOUR = 3_600_000;

let desk: Desk;
let walk: Walk;
beforeEach(async () => {
  desk = await openDesk({ publicUrl: BASE });
  walk = walkIn(desk.world);
  for (const name of ['石小红', '贺立', '李梅']) await desk.tell(name, '/文字版');
});
afterEach(async () => {
  expect(desk.world.sim.complaints).toEqual([]);
  await desk.close();
});

const texts = (name: string): string[] => desk.world.sim.private(desk.world.users[name] as never).texts();
const link: Walk['link'] = (name) => walk.link(name);
const open: Walk['open'] = (path) => walk.open(path);
const send: Walk['send'] = (...what) => walk.send(...what);
const press: Walk['press'] = (page, label) => walk.press(page, label);
const fill: Walk['fill'] = (...what) => walk.fill(...what);
const rows = (table: string): number =>
  desk.world.store.db.all<{ n: number }>(`select count(*) as n from ${table}`)[0]?.n ?? 0;

describe('the whole job on pages', () => {
  it('goes from the decision to the resident’s word', async () => {
    await desk.say('石小红', PLAIN);
    let page = await open(link('贺立'));
    expect(page.html).toContain('请您研判');
    page = await press(page, '换人或改期');
    expect(page.html).toContain('由谁来办');
    page = await fill(page, '就这样办', {});
    expect(page.html).toContain('已交石小红，11月27日前。');
    page = await press(page, '收回');
    expect(desk.state().state).toBe('reported');
    page = await press(page, '按建议办');
    expect(desk.state()).toMatchObject({ state: 'handling', handlerId: desk.world.members.石小红 });

    page = await press(await open(link('石小红')), '申请延期');
    page = await fill(page, '送书记定', { day: '2026-12-04', reason: '缺配件\n厂家周五发货' });
    expect(desk.state()).toMatchObject({ laterDay: '2026-12-04' });
    page = await press(await open(link('贺立')), '同意延期');
    page = await press(await open(link('石小红')), '办好了');
    page = await fill(page, '记下', { result: '换了声控灯', kind: 'solved', told: 'call' });
    expect(desk.state()).toMatchObject({ state: 'awaitingSignOff', result: '换了声控灯' });
    page = await press(await open(link('李梅')), '满意');
    page = await fill(page, '记下', { channel: 'call', answerer: 'self' });
    expect(page.html).toContain('记下了，谢谢您帮忙问这一句。');
    expect(desk.state()).toMatchObject({ state: 'closed', satisfaction: 'good' });
  });

  it('changes and withdraws a visit', async () => {
    await desk.tell('石小红', '走访 3号楼 张某 低保咨询');
    let page = await press(await open(link('石小红')), '修改');
    page = await fill(page, '保存', { note: '问了<b>低保</b>怎么办' });
    expect(page.html).toContain('已改好。');
    expect(page.html).toContain('问了&lt;b&gt;低保&lt;/b&gt;怎么办');
    page = await press(page, '撤销这条记录');
    expect(page.html).toContain('已撤销');
    page = await press(page, '恢复这条');
    expect(desk.world.office.q.visits.latestBy(desk.world.members.石小红 ?? 0)).toMatchObject({
      note: '问了<b>低保</b>怎么办',
      withdrawnAt: null,
    });
  });
});

describe('a link', () => {
  beforeEach(() => desk.say('石小红', PLAIN));

  it('acts by being sent, never by being opened', async () => {
    const page = await open(link('贺立'));
    const path = behind(page, '按建议办');
    for (let times = 0; times < 3; times += 1) expect((await open(path)).status).toBe(200);
    expect(desk.state().state).toBe('reported');
    await send(path);
    expect(desk.state().state).toBe('handling');
  });

  it('acts once: the second time it says what came of the first', async () => {
    const path = behind(await open(link('贺立')), '按建议办');
    await send(path);
    const version = desk.state().version;
    const events = rows('inbox');
    const again = await send(path);
    expect(again.html).toContain('这一步已经办过。');
    expect([desk.state().version, rows('inbox')]).toEqual([version, events]);
  });

  it('is of the version that stood there: what moved on meanwhile is not undone by it', async () => {
    const page = await open(link('贺立'));
    await desk.tell('贺立', '研判 1 李梅 12-2');
    const late = await press(page, '按建议办');
    expect(late.status).toBe(422);
    expect(desk.state()).toMatchObject({ handlerId: desk.world.members.李梅 });
  });

  it('keeps what was typed when it is refused, and takes it the next time, once', async () => {
    await desk.tell('贺立', '按建议办 1');
    const form = await press(await open(link('石小红')), '申请延期');
    const path = behind(form, '送书记定');
    const empty = await send(path, filled(form, '送书记定', { reason: '  ' }));
    expect(empty.status).toBe(422);
    expect(empty.html).toContain('还差“为什么”。');
    const past = await send(path, filled(empty, '送书记定', { day: '2026-11-01', reason: '缺“配件”' }));
    expect(past.status).toBe(422);
    expect(past.html).toContain('缺“配件”');
    const good = filled(past, '送书记定', { day: '2026-12-04' });
    expect((await send(path, good)).status).toBe(200);
    expect(desk.state()).toMatchObject({ laterDay: '2026-12-04' });
    const version = desk.state().version;
    expect((await send(path, good)).html).toContain('这一步已经办过。');
    expect(desk.state().version).toBe(version);
  });

  it('ends after 24 hours, and with the person’s place in the roster', async () => {
    const path = link('贺立');
    desk.later(23 * HOUR);
    expect((await open(path)).status).toBe(200);
    desk.later(2 * HOUR);
    const old = await open(path);
    expect(old.status).toBe(410);
    expect(old.html).not.toMatch(/楼道灯|陈奶奶|第1号/u);
    await desk.tell('贺立', '1');
    const fresh = link('贺立');
    desk.world.store.db.all("update member set status = '停用' where name = '贺立' returning id");
    const left = await open(fresh);
    expect(left.status).toBe(403);
    expect(left.html).not.toMatch(/楼道灯|陈奶奶|第1号/u);
    expect((await send(fresh)).status).toBe(403);
  });

  it.each(['/f/x', '/f/v1.AAAA', '/f/%E4%BD%A0', `/f/${'A'.repeat(9000)}`])(
    'forged shows nothing: %s',
    async (path) => {
      for (const page of [await open(path), await send(path)]) {
        expect(page.status).toBe(404);
        expect(page.html).toContain('打不开这个链接');
      }
    },
  );

  it('with one character changed is forged, and no other sealed thing is a link', async () => {
    const path = link('贺立');
    const at = path.length - 5;
    const changed = `${path.slice(0, at)}${path[at] === 'A' ? 'B' : 'A'}${path.slice(at + 1)}`;
    expect((await open(changed)).status).toBe(404);
    const [sealed] = desk.world.store.db.all<{ words_sealed: string }>('select words_sealed from issue');
    expect((await open(`/f/${sealed?.words_sealed}`)).status).toBe(404);
  });

  it('sends a form only with its own seal', async () => {
    const form = await press(await open(link('贺立')), '解释疏导');
    const path = behind(form, '记下');
    const other = await press(await open(link('贺立')), '当场已解决');
    const foreign = filled(other, '记下', {}).find(([name]) => name === '~') ?? ['~', ''];
    for (const fields of [[['reason', '按规定']], [foreign, ['reason', '按规定']]] as [string, string][][])
      await send(path, fields);
    expect(desk.state().state).toBe('reported');
  });

  it.each([
    [{ origin: 'https://elsewhere.example' }, 403],
    [{ 'sec-fetch-site': 'cross-site', origin: 'null' }, 403],
    [{ 'sec-fetch-site': 'same-origin', origin: 'null' }, 200],
    [{ origin: BASE, host: 'office.test' }, 200],
  ])('from another site is not sent: %j', async (headers, status) => {
    const path = behind(await open(link('贺立')), '按建议办');
    expect((await send(path, [], headers as Record<string, string>)).status).toBe(status);
    expect(desk.state().state).toBe(status === 200 ? 'handling' : 'reported');
  });

  it('takes no body that is too large, and none that is no form', async () => {
    const form = await press(await open(link('贺立')), '解释疏导');
    const path = behind(form, '记下');
    expect((await send(path, filled(form, '记下', { reason: '长'.repeat(30_000) }))).html).toContain(
      '写得太长',
    );
    expect((await send(path, [['reason', 'x']], { 'content-type': 'text/plain' })).status).toBe(200);
    expect(desk.state().state).toBe('reported');
  });
});

describe('a page', () => {
  it('is for a phone, without script, and nobody keeps it', async () => {
    await desk.say('石小红', PLAIN);
    const page = await press(await open(link('贺立')), '换人或改期');
    const { headers } = page.response;
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-robots-tag')).toContain('noindex');
    expect(headers.get('content-security-policy')).toContain("form-action 'self'");
    expect(page.html).not.toMatch(/<script|style="|\son\w+=/u);
    expect(page.html).toContain('width=device-width');
    const labelled = [...page.html.matchAll(/<(?:input|select|textarea)[^>]*\bid="([^"]+)"/gu)].map(
      (m) => m[1],
    );
    for (const id of labelled) expect(page.html).toContain(`for="${id}"`);
    const style = await desk.world.get('/f/style.css');
    expect(style.headers.get('content-type')).toContain('text/css');
    const sizes = [...(await style.text()).matchAll(/font(?:-size)?: (\d+)px/gu)].map((m) => Number(m[1]));
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(17);
  });

  it('shows no telephone and no address, and leaves them as they are', async () => {
    const id = desk.world.household('3号楼2单元501', '张某', '石小红');
    desk.world.office.q.households.setPhone(id, '13800000000');
    await desk.tell('石小红', '户 3号楼 张某');
    const household = await open(link('石小红'));
    expect(household.html).not.toMatch(/13800000000|2单元501/u);
    const form = await press(household, '补电话、人口');
    expect(form.html).not.toContain('13800000000');
    await fill(form, '保存', { size: '3' });
    const kept = desk.world.office.q.households.get(id);
    expect(kept && [kept.size, desk.world.office.q.households.phone(kept)]).toEqual([3, '13800000000']);
  });

  it('sends a telephone that was asked for to the chat, not to the page', async () => {
    const id = desk.world.household('6号楼1单元101', '陈奶奶', '石小红');
    desk.world.office.q.households.setPhone(id, '13800000000');
    await desk.say('石小红', '/诉求 6号楼1单元101 陈奶奶 楼道灯坏了三天没人修');
    await desk.tell('贺立', '按建议办 1');
    await desk.tell('石小红', '办 1 换了灯，电话告诉了她');
    const page = await press(await open(link('李梅')), '看电话');
    expect(page.html).toContain('已发到您的私聊。');
    expect(page.html).not.toContain('13800000000');
    expect(texts('李梅').at(-1)).toBe('13800000000');
  });

  it('is nowhere without a public address, and in no group', async () => {
    await desk.say('石小红', PLAIN);
    expect(desk.group()).not.toContain('http');
    const without = await openDesk();
    await without.tell('贺立', '/文字版');
    await without.say('石小红', PLAIN);
    expect(
      without.world.sim
        .private(without.world.users.贺立 as never)
        .texts()
        .join(),
    ).not.toContain('http');
    await without.close();
  });
});

describe('words on a page', () => {
  it.each([
    ['陈奶奶 · 6号楼1单元101 · 石小红', '陈奶奶 · 6号楼 · 石小红'],
    ['3号楼501室 张某', '3号楼 张某'],
    ['3-2-501 张某', '3号楼 张某'],
    ['12栋二单元 张某 13800000000', '12栋 张某 （电话不在网页上显示）'],
    ['11月24日（周二）17:30前，第128号', '11月24日（周二）17:30前，第128号'],
    ['2026-11-27 前，3号楼 12户', '2026-11-27 前，3号楼 12户'],
  ])('keep the building and lose the room: %s', (text, shown) => {
    expect(hide(text)).toBe(shown);
  });
});
