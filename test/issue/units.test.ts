import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CALL, type Desk, openDesk, PLAIN } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(async () => {
  expect(desk.world.sim.complaints).toEqual([]);
  await desk.close();
});
const HOUR = 3600_000;

describe('dispatched to a unit (S2-61…63)', () => {
  it('shows it to all contacts; the first to press takes it', async () => {
    await desk.say('石小红', PLAIN);
    const unit = desk.world.orgs.物业办;
    expect(await desk.press('贺立', '派给单位', { unit: `u${unit}`, day: '2026-11-25' })).toBe(
      '已派给物业办，11月25日前。10分钟内可以收回。',
    );
    expect(desk.group()).toContain('物业办');
    for (const name of ['周强', '吴敏'])
      expect(desk.text(name)).toContain('请接单 · 第1号 · 6号楼楼道灯坏了三天没人修 · 11月25日（周三）前');
    expect(await desk.press('周强', '我来办')).toBe('好的，这件由您来办。');
    expect(desk.buttons('周强')).toContain('办好了');
    expect(desk.buttons('吴敏')).not.toContain('我来办');
    expect(desk.text('贺立')).toContain('物业办周强在办');
    expect(desk.group()).not.toContain('周强');
  });

  it('lets nobody of another unit or of the branch see the words by its number', async () => {
    desk.world.orgs.城管队 = desk.world.office.q.orgs.create({
      parentId: desk.world.orgs.梧桐社区 ?? null,
      name: '城管队',
      kind: '承办单位',
      now: 0,
    }).id;
    desk.world.person('郑工', '城管队', ['承办联系人']);
    await desk.say('石小红', PLAIN);
    await desk.tell('贺立', '派 1 物业办');
    await desk.tell('郑工', '第1号');
    await desk.tell('李梅', '第1号');
    for (const name of ['郑工', '李梅']) {
      const texts = desk.world.sim.private(desk.world.users[name] as never).texts();
      expect(texts).toEqual(['没有找到您能看的第1号。']);
    }
    await desk.tell('吴敏', '第1号');
    expect(desk.text('吴敏')).toContain('楼道灯');
  });

  it('may be given back once within a working day, the clock running', async () => {
    await desk.say('石小红', PLAIN);
    await desk.tell('贺立', '派 1 物业办');
    const due = desk.state();
    desk.later(2 * HOUR);
    expect(await desk.press('周强', '退回', { reason: '这段灯归市政管' })).toBe(
      '已退回，请书记再定。时间接着算。',
    );
    expect(desk.state()).toMatchObject({ state: 'reported', dueAt: due.dueAt, handlerOrgId: null });
    expect(desk.text('周强')).toBe('第1号已经不在您这里了，谢谢您');
    expect(desk.text('贺立')).toContain('请您研判 · 第1号');
    await desk.tell('贺立', '派 1 物业');
    await desk.tell('周强', '办 1 退回 真的不归我们');
    expect(desk.state().state).toBe('dispatched');
    expect(
      desk.world.sim
        .private(desk.world.users.周强 as never)
        .texts()
        .at(-1),
    ).toContain('退回只能用一次');
  });

  it('asks for more time of somebody else, and corrects the date to the resident (decision 35)', async () => {
    await desk.say('石小红', PLAIN);
    await desk.tell('贺立', '派 1 物业办');
    await desk.press('周强', '我来办');
    await desk.press('周强', '已告诉群众', { channel: 'call' });
    expect(await desk.press('周强', '申请延期', { day: '2026-12-02', reason: '缺配件' })).toBe(
      '已送书记定，定下前日期不变。',
    );
    expect(desk.text('贺立')).toContain('周强申请延到12月2日（周三）：缺配件');
    expect(await desk.press('贺立', '同意延期')).toBe('同意延到12月2日，请经办人告诉群众。');
    expect(desk.text('周强')).toContain('“更正：原定11月27日，改为12月2日，因为缺配件。');
    await desk.press('周强', '已告诉群众', { channel: 'call' });
    expect(desk.state()).toMatchObject({
      promisedDay: '2026-12-02',
      dueAt: Date.parse('2026-12-02T17:30+08:00'),
    });
    await desk.tell('周强', '改期 1 12-4 还是没到货');
    await desk.press('贺立', '不延期');
    expect(desk.state()).toMatchObject({ laterDay: null, promisedDay: '2026-12-02' });
  });

  it('is proposed the next time, when it has done such matters before', async () => {
    for (let number = 1; number <= 2; number++) {
      await desk.say('石小红', PLAIN);
      await desk.tell('贺立', `派 ${number} 物业办`);
    }
    await desk.say('石小红', PLAIN);
    expect(desk.text('贺立')).toContain('建议：派给物业办，11月27日（周五）前');
    await desk.press('贺立', '按建议办');
    expect(desk.state(3)).toMatchObject({ state: 'dispatched', handlerOrgId: desk.world.orgs.物业办 });
  });
});

describe('other decisions', () => {
  it('settles on the spot: the visitor records the word, every fifth is called back', async () => {
    for (let number = 1; number <= 5; number++) await desk.say('石小红', PLAIN);
    await desk.tell('贺立', '研判 4 当场 换了灯泡');
    await desk.tell('贺立', '研判 5 当场 换了灯泡');
    expect(await desk.press('石小红', '满意')).toContain('抽到回访');
    expect(desk.state(5)).toMatchObject({ state: 'awaitingSignOff', askerId: desk.world.members.李梅 });
    await desk.tell('石小红', '评 4 满意');
    expect(desk.state(4)).toMatchObject({ state: 'closed', closeKind: 'solved', satisfaction: 'good' });
  });

  it('explains: who received it tells the resident, another asks', async () => {
    await desk.say('石小红', PLAIN);
    await desk.press('贺立', '解释疏导', { reason: '这盏灯下周统一改造' });
    expect(desk.text('石小红')).toContain('我来给您说清楚：这盏灯下周统一改造');
    await desk.press('石小红', '已告诉群众', { channel: 'face' });
    await desk.press('李梅', '满意', CALL);
    expect(desk.state()).toMatchObject({ state: 'closed', closeKind: 'explained' });
  });

  it('goes outside the system and is followed by who sent it there (decision 27)', async () => {
    await desk.say('石小红', PLAIN);
    await desk.press('贺立', '线下转办', { whom: '市路灯管理处', number: 'LD-77', day: '2026-11-27' });
    expect(desk.text('贺立')).toContain('市路灯管理处');
    expect(desk.group()).toContain('线下转办');
    expect(desk.group()).not.toContain('市路灯管理处');
    await desk.press('贺立', '办好了', { result: '路灯处换了灯', kind: 'solved', told: 'call' });
    expect(desk.state()).toMatchObject({
      state: 'awaitingSignOff',
      outside: { whom: '市路灯管理处', number: 'LD-77' },
    });
  });

  it('is reported up and decided there', async () => {
    await desk.say('石小红', PLAIN);
    expect(await desk.press('贺立', '上报')).toBe('已上报，请上级来定。');
    expect(desk.text('赵书记')).toContain('请您研判 · 第1号');
    expect(desk.group()).toContain('上级党组织');
    expect(desk.buttons('贺立')).toEqual(['收回']);
    await desk.tell('赵书记', '研判 1 石小红');
    expect(desk.state()).toMatchObject({ state: 'handling', handlerId: desk.world.members.石小红 });
  });

  it('is transferred, which is a close kind of its own', async () => {
    await desk.say('石小红', PLAIN);
    await desk.press('贺立', '转交别处', { whom: '区信访局', number: '', channel: 'face' });
    expect(desk.state()).toMatchObject({ state: 'closed', closeKind: 'transferred' });
    expect(desk.group()).toContain('已转交');
  });
});

describe('without anybody above', () => {
  it('has no 上报 button, and a matter nobody can be named for waits', async () => {
    await desk.close();
    desk = await openDesk({ without: ['赵书记'] });
    await desk.say('石小红', PLAIN);
    expect(desk.buttons('贺立')).not.toContain('上报');
    expect(desk.world.sim.buttons(desk.groupCard()).map((button) => button.label)).not.toContain('上报');
    await desk.tell('贺立', '研判 1 李梅');
    await desk.tell('李梅', '办 1 换了灯，当面告诉了她');
    expect(desk.state()).toMatchObject({ state: 'awaitingSignOff', askerId: null });
    expect(desk.text('李梅')).toContain('还没有合适的人去问群众');
    expect(desk.world.office.q.issues.unaskedCount([desk.world.orgs.第一支部 ?? 0])).toBe(1);
  });
});
