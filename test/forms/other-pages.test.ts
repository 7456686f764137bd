import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nudges } from '../../src/jobs/nudges.ts';
import { findPolicy } from '../../src/policies/index.ts';
import { createWorld, type World } from '../helpers/world.ts';
import { BASE, choicesOf, type Walk, walkIn } from './walk.ts';

let world: World;
let walk: Walk;
beforeEach(async () => {
  world = await createWorld({ jobs: [nudges], publicUrl: BASE });
  walk = walkIn(world);
  world.person('于洋', '梧桐街道', ['管理员']);
  for (const name of ['石小红', '贺立', '李梅', '于洋']) await tell(name, '/文字版');
});
afterEach(async () => {
  expect(world.sim.complaints).toEqual([]);
  await world.close();
});

const user = (name: string) => {
  const found = world.users[name];
  if (!found) throw new Error(`no ${name}`);
  return found;
};
async function tell(name: string, text: string): Promise<void> {
  await user(name).sayPrivately(text);
  await world.settle();
}
/** What stands behind the newest link of this person. */
const page = (name: string) => walk.open(walk.link(name));
const id = (name: string) => world.members[name] ?? 0;
const diary = (name: string) => world.office.q.visits.diary(id(name), { limit: 5, offset: 0 });
const pairedNow = (name: string) =>
  world.office.q.households.pairingsOf(id(name)).filter((each) => each.toDay === null);

describe('a reminder on a page', () => {
  beforeEach(async () => {
    const { q } = world.office;
    q.work.adopt({
      system: 'rugang',
      orgId: world.orgs.梧桐街道 ?? 0,
      policy: findPolicy('rugang'),
      fromDay: '2026-11-01',
      by: null,
      now: world.clock.now(),
    });
    q.households.addContactPoint({
      memberId: id('石小红'),
      name: '第一网格',
      kind: '网格',
      day: '2026-01-01',
    });
    await world.moveTo('2026-11-19T18:15');
  });

  it('is answered with a visit', async () => {
    const form = await walk.press(await page('石小红'), '去过了，补记');
    expect(form.html).toContain('去了哪儿');
    const done = await walk.fill(form, '记上', { day: '2026-11-18', note: '张某 低保咨询' });
    expect(done.status).toBe(200);
    expect(diary('石小红')).toMatchObject([{ happenedDay: '2026-11-18' }]);
    expect(diary('石小红')[0]?.note).toContain('低保咨询');
  });

  it('is not answered by looking and turning back', async () => {
    const form = await walk.press(await page('石小红'), '去过了，补记');
    const back = await walk.press(form, '不记了');
    expect(back.html).toContain('我来安排');
    expect(diary('石小红')).toEqual([]);
  });

  it('is arranged, taken back, excused', async () => {
    let shown = await walk.press(await page('石小红'), '我来安排');
    expect(shown.html).toContain('这一期不再提醒');
    shown = await walk.press(shown, '点错了');
    shown = await walk.press(shown, '去不了：出差');
    expect(shown.html).toContain('记下了：出差');
  });

  it('comes at another time', async () => {
    await tell('石小红', '我的');
    const form = await walk.press(await page('石小红'), '几点提醒我');
    const at = choicesOf(form, 'time');
    expect(Object.keys(at).length).toBeGreaterThan(1);
    await walk.fill(form, '就这个时间', { time: at['12:10'] ?? '12:10' });
    expect(world.office.q.members.get(id('石小红'))?.nudgeAt).toBe('12:10');
  });
});

describe('the roster on a page', () => {
  it('admits a stranger, whose line is then written down', async () => {
    const stranger = world.sim.addUser({ name: '王芳' });
    await world.sim.addMembers(world.group, [stranger], user('贺立'));
    await stranger.say(world.group, '/走访 3号楼 张某 低保咨询');
    await world.settle();
    world.clock.set(world.clock.now() + 3_000);
    await world.settle();
    const card = await page('贺立');
    expect(card.html).toContain('王芳');
    const empty = await walk.fill(card, '确认', {});
    expect(empty.status).toBe(422);
    expect(empty.html).toContain('还差“是哪一位”。');
    const done = await walk.fill(empty, '确认', { who: 'new:网格员' });
    expect(done.html).toContain('已对上，他发过的自动记上。');
    for (let turn = 0; turn < 20; turn += 1) {
      await world.settle();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    const known = world.office.q.members.byIdentity(world.connection, stranger.openId);
    expect(known?.member.name).toBe('王芳');
    expect(world.office.q.visits.diary(known?.member.id ?? 0, { limit: 1, offset: 0 })).toHaveLength(1);
  });

  it('takes somebody in', async () => {
    await tell('贺立', '名册');
    const form = await walk.press(await page('贺立'), '加人');
    expect(form.html).toContain('加进名册');
    const roles = choicesOf(form, 'role');
    await walk.fill(form, '加进名册', { name: '王芳', role: roles.网格员 ?? '' });
    expect(world.office.q.members.named('王芳')).toHaveLength(1);
  });

  it('changes a pairing', async () => {
    world.household('3号楼2单元501', '张某', '石小红');
    await tell('贺立', '/结对 石小红');
    const card = await page('贺立');
    expect(card.html).not.toContain('2单元501');
    const [pairing = ''] = Object.values(choicesOf(card, 'pairing')).filter(Boolean);
    const to = choicesOf(card, 'to');
    await walk.fill(card, '保存', { pairing, to: to.交给李梅 ?? '' });
    expect([pairedNow('石小红').length, pairedNow('李梅').length]).toEqual([0, 1]);
  });
});

describe('a group on a page', () => {
  const bound = () => world.office.q.chats.find(world.connection, world.group);

  it('is bound anew, asked for twice', async () => {
    await user('贺立').say(world.group, '/绑定');
    await world.settle();
    const form = await page('贺立');
    const ask = await walk.fill(form, '认领', { purpose: 'residents' });
    expect(ask.html).toContain('要改吗');
    expect(bound()).toMatchObject({ purpose: 'work' });
    expect((await walk.press(ask, '改')).html).toContain('已认领');
    expect(bound()).toMatchObject({ purpose: 'residents' });
  });

  it('is let go', async () => {
    await user('贺立').say(world.group, '/解绑');
    await world.settle();
    const asked = await page('贺立');
    expect(asked.html).toContain('解除认领');
    await walk.press(asked, '不解除');
    expect(bound()?.orgId).not.toBeNull();
    await walk.press(asked, '解除');
    expect(bound()?.orgId).toBeNull();
  });
});

describe('the rest on pages', () => {
  it('takes leave, and takes it back', async () => {
    await tell('石小红', '请假');
    const form = await page('石小红');
    const wrong = await walk.fill(form, '记下', { from: '2026-11-28', to: '2026-11-25', reason: '出差' });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('结束那天不能早于开始那天。');
    const done = await walk.fill(wrong, '记下', { from: '2026-11-25', to: '2026-11-28', reason: '出差' });
    expect(done.html).toContain('11月25日—28日（出差）');
    const leaves = () => world.office.q.members.leaves(id('石小红'));
    expect(leaves()).toMatchObject([{ fromDay: '2026-11-25', toDay: '2026-11-28', reason: '出差' }]);
    expect((await walk.press(done, '取消请假')).html).toContain('已取消请假');
    expect(world.office.q.members.onLeave(id('石小红'), '2026-11-26')).toBe(false);
  });

  it('changes every field of a visit, and its household', async () => {
    world.household('3号楼2单元501', '张某', '石小红');
    world.household('3号楼1单元101', '孙某', '石小红');
    await tell('石小红', '走访 3号楼 张某 低保咨询');
    const receipt = await page('石小红');
    expect(receipt.html).not.toContain('2单元501');
    const form = await walk.press(receipt, '修改');
    const mode = choicesOf(form, 'mode');
    const changed = await walk.fill(form, '保存', {
      day: '2026-11-17',
      mode: mode.电话 ?? 'phone',
      note: '问了低保，送了材料',
    });
    expect(changed.html).toContain('已改好。');
    expect(diary('石小红')).toMatchObject([
      { happenedDay: '2026-11-17', mode: 'phone', note: '问了低保，送了材料' },
    ]);
    const pick = await walk.press(changed, '不是这户');
    const [, other = ''] =
      Object.entries(choicesOf(pick, 'household')).find(([label]) => label.includes('孙某')) ?? [];
    await walk.fill(pick, '记到这户', { household: other });
    expect(diary('石小红')[0]?.householdId).toBe(Number(other));
  });

  it('shows a check-up to an administrator, without a secret', async () => {
    await tell('于洋', '/体检');
    await world.sim.waitFor(() =>
      world.sim
        .private(user('于洋'))
        .texts()
        .some((text) => text.startsWith('体检')),
    );
    const found = world.sim.private(user('于洋')).texts().at(-1) ?? '';
    expect(found).toContain('怎么办：');
    expect(found).toContain(BASE);
    expect(found).not.toContain(world.sim.appSecret);
  });

  it('sends again what was not sent', async () => {
    world.sim.setReachable(user('石小红'), 'unavailable');
    await user('石小红').say(world.group, '/走访 3号楼 张某 低保咨询');
    await world.settle();
    const list = await page('于洋');
    expect(list.html).toContain('有1条消息没发成');
    expect(list.html).not.toMatch(/张某|低保|石小红/u);
    world.sim.setReachable(user('石小红'), 'ok');
    const done = await walk.fill(list, '确定', { message: 'all', how: 'resend' });
    expect(done.html).toContain('消息都发出去了');
    expect(world.sim.private(user('石小红')).texts().join()).toContain('走访已记 · 3号楼 张某');
  });

  it('runs again what has failed', async () => {
    world.store.db.run('alter table visitor rename to visitor_away');
    await tell('石小红', '/走访 3号楼 张某 低保咨询');
    world.store.db.run('alter table visitor_away rename to visitor');
    const failed = await page('石小红');
    expect(failed.html).toContain('原话已存好');
    await walk.press(failed, '再试一次');
    expect(diary('石小红')).toMatchObject([{ note: '低保咨询' }]);
    await walk.press(failed, '再试一次');
    expect(diary('石小红')).toHaveLength(1);
  });
});
