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

describe('a line becomes a matter', () => {
  it('stands in the group without name or words, and in private with both', async () => {
    await desk.say('石小红', PLAIN);
    expect(desk.group()).toContain('第1号 · 6号楼 · 公共设施 · 11月19日（周四）17:30前');
    expect(desk.group()).not.toMatch(/陈奶奶|楼道灯|石小红|贺立/);
    expect(desk.world.sim.chat(desk.world.group).messages).toHaveLength(1);
    expect(desk.world.sim.buttons(desk.groupCard()).map((button) => button.label)).toEqual([
      '当场已解决',
      '本支部办',
      '派给单位',
      '上报',
      '解释疏导',
      '线下转办',
    ]);
    expect(desk.text('石小红')).toContain('诉求已记 · 第1号 · 6号楼楼道灯坏了三天没人修');
    expect(desk.text('石小红')).toContain('已送贺立研判');
    const secretary = desk.text('贺立');
    expect(secretary).toContain('请您研判 · 第1号 · 6号楼楼道灯坏了三天没人修 · 11月19日（周四）17:30前');
    expect(secretary).toContain('陈奶奶 · 6号楼 · 石小红 11月18日15:00代为反映');
    expect(secretary).toContain('建议：本支部办，石小红，11月27日（周五）前');
    expect(desk.buttons('贺立').slice(0, 3)).toEqual(['按建议办', '换人或改期', '派给单位']);
    expect(desk.world.sim.private(desk.world.users.李梅 as never).messages).toEqual([]);
  });

  it('keeps the words frozen, sealed, and numbered per branch and year', async () => {
    await desk.say('石小红', PLAIN);
    await desk.say('李梅', '反映 3号楼 垃圾没人收 /x');
    const raw = JSON.stringify(desk.world.store.db.all('select * from issue') as unknown[]);
    expect(raw).not.toMatch(/楼道灯|陈奶奶/);
    expect(desk.state(1)).toMatchObject({
      year: 2026,
      number: 1,
      words: '楼道灯坏了三天没人修',
      person: '陈奶奶',
      place: '6号楼',
    });
  });

  it('comes from a visit with one tap, once', async () => {
    await desk.say('石小红', '/走访 6号楼 陈奶奶 楼道灯坏了，晚上不敢下楼');
    expect(await desk.press('石小红', '转为诉求')).toBe('已转为第1号。');
    expect(desk.state()).toMatchObject({ words: '楼道灯坏了，晚上不敢下楼', person: '陈奶奶' });
    expect(await desk.press('石小红', '转为诉求')).toBe('已经转过了，是第1号。');
  });

  it('asks for what the resident said when only place and name were typed', async () => {
    await desk.tell('石小红', '/诉求 6号楼 陈奶奶');
    expect(
      desk.world.sim
        .private(desk.world.users.石小红 as never)
        .texts()
        .at(-1),
    ).toContain('请把群众说的事也写上');
  });
});

describe('the category', () => {
  it('is changed by one tap to what the words might also mean', async () => {
    await desk.say('石小红', PLAIN);
    const other = desk.buttons('贺立').find((label) => label.startsWith('是“')) ?? '';
    await desk.press('贺立', other);
    expect(`是“${desk.state().topic}”`).toBe(other);
    expect(desk.group()).toContain(desk.state().topic);
    expect(desk.state()).toMatchObject({
      state: 'reported',
      alternatives: expect.not.arrayContaining(['公共设施']),
    });
  });
});

describe('the whole job', () => {
  it('goes from a line to the resident’s word', async () => {
    await desk.say('石小红', PLAIN);
    expect(await desk.press('贺立', '按建议办')).toBe('已交石小红，11月27日前。10分钟内可以收回。');
    expect(desk.text('贺立')).toContain('已交石小红，11月27日前。');
    expect(desk.group()).toContain('办理中');
    expect(desk.group()).toContain('本支部');
    expect(desk.text('石小红')).toContain(
      '可以这样告诉陈奶奶：“您说的楼道灯坏了三天没人修，已经安排人办了，最晚11月27日给您回话。',
    );
    await desk.press('石小红', '已告诉群众', { channel: 'call' });
    await desk.press('石小红', '办好了', { result: '换了声控灯', kind: 'solved', told: 'no' });
    expect(desk.state().state).toBe('resolved');
    expect(desk.text('石小红')).toContain('“您说的楼道灯坏了三天没人修，办好了：换了声控灯。');
    await desk.press('石小红', '已告诉群众', { channel: 'face' });
    const asker = desk.text('李梅');
    expect(asker).toContain('请您帮忙问一句 · 第1号');
    expect(asker).toContain('您没有经手这件事，所以请您来问。');
    expect(await desk.press('李梅', '满意', CALL)).toBe('记下了，谢谢您帮忙问这一句。');
    expect(desk.state()).toMatchObject({ state: 'closed', closeKind: 'solved', satisfaction: 'good' });
    expect(desk.group()).toContain('已解决');
    expect(desk.text('贺立')).toContain('已解决 · 满意');
    expect(desk.world.office.q.audit.verify()).toBeNull();
  });

  it('can be typed from end to end', async () => {
    await desk.tell('石小红', '诉求 6号楼 陈奶奶 楼道灯坏了三天没人修');
    await desk.tell('贺立', '研判 1 李梅 12-2');
    expect(desk.state()).toMatchObject({ state: 'handling', dueAt: Date.parse('2026-12-02T17:30+08:00') });
    await desk.tell('李梅', '告知 1 电话');
    await desk.tell('李梅', '办 1 换了声控灯，电话告诉了她');
    expect(desk.state()).toMatchObject({ state: 'awaitingSignOff', result: '换了声控灯，电话告诉了她' });
    const asker = desk.state();
    // Neither handler, logger nor their secretary may ask: the parent's does.
    expect(asker.askerId).toBe(desk.world.members.赵书记);
    await desk.tell('赵书记', '评 1 基本满意 电话 家属');
    expect(desk.state()).toMatchObject({ state: 'closed', satisfaction: 'fair' });
    await desk.tell('贺立', '1');
    expect(desk.text('贺立')).toContain('第1号');
  });

  it('sends the dissatisfied to another one level up, and the second time a third way', async () => {
    await desk.say('石小红', PLAIN);
    await desk.press('贺立', '按建议办');
    await desk.press('石小红', '办好了', { result: '换了灯泡', kind: 'solved', told: 'face' });
    expect(await desk.press('李梅', '不满意，原因…', { ...CALL, sentence: ' ' })).toContain('写一句原因');
    await desk.press('李梅', '返回');
    await desk.press('李梅', '不满意，原因…', { ...CALL, sentence: '晚上还是不亮' });
    expect(desk.state()).toMatchObject({ state: 'rework', handlerId: desk.world.members.贺立 });
    expect(desk.buttons('贺立')).toContain('办好了');
    await desk.press('贺立', '办好了', { result: '换了线路', kind: 'solved', told: 'call' });
    expect(desk.state()).toMatchObject({ state: 'awaitingSignOff', askerId: desk.world.members.李梅 });
    await desk.press('李梅', '不满意，原因…', { ...CALL, sentence: '又灭了' });
    expect(desk.state().state).toBe('thirdPath');
    expect(desk.text('贺立')).toContain('接访、专题会议或评理');
    await desk.press('贺立', '定办法', { path: 'hearing', day: '2026-11-26' });
    expect(desk.state()).toMatchObject({
      state: 'thirdPath',
      thirdPath: 'hearing',
      dueAt: Date.parse('2026-11-26T17:30+08:00'),
    });
  });
});
