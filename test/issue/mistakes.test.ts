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
const MINUTES = 60_000;

describe('a way out of every mistake (decision 20)', () => {
  it('takes a decision back within ten minutes; the handler’s card empties itself', async () => {
    await desk.say('李梅', PLAIN);
    await desk.press('贺立', '换人或改期', { handler: `m${desk.world.members.石小红}`, day: '2026-12-02' });
    expect(desk.text('石小红')).toContain('楼道灯');
    desk.later(9 * MINUTES);
    expect(await desk.press('贺立', '收回')).toBe('收回了。');
    expect(desk.state().state).toBe('reported');
    expect(desk.buttons('贺立')).toContain('按建议办');
    expect(desk.text('石小红')).toBe('第1号已经不在您这里了，谢谢您');
  });

  it('refuses after ten minutes and says what helps', async () => {
    await desk.say('石小红', PLAIN);
    await desk.press('贺立', '按建议办');
    desk.later(11 * MINUTES);
    expect(await desk.press('贺立', '收回')).toBe('已过10分钟，收不回了。要改请用“改派”。');
    await desk.press('贺立', '改派', { to: `m${desk.world.members.李梅}` });
    expect(desk.state()).toMatchObject({ state: 'handling', handlerId: desk.world.members.李梅 });
    expect(desk.text('李梅')).toContain('可以这样告诉陈奶奶');
  });

  it('lets the asker correct a slip for a day', async () => {
    await desk.say('石小红', PLAIN);
    await desk.press('贺立', '按建议办');
    await desk.press('石小红', '办好了', { result: '换了灯泡', kind: 'solved', told: 'face' });
    await desk.press('李梅', '满意', CALL);
    desk.later(60 * MINUTES);
    await desk.press('李梅', '点错了');
    expect(desk.state()).toMatchObject({ state: 'awaitingSignOff', satisfaction: null });
    await desk.press('李梅', '基本满意', CALL);
    expect(desk.state()).toMatchObject({ state: 'closed', satisfaction: 'fair' });
  });

  it('takes the same matter up when it broke again, one level up', async () => {
    await desk.say('石小红', PLAIN);
    await desk.press('贺立', '按建议办');
    await desk.press('石小红', '办好了', { result: '换了灯泡', kind: 'solved', told: 'face' });
    await desk.press('李梅', '满意', CALL);
    desk.later(5 * 24 * 60 * MINUTES);
    await desk.say('石小红', '/又坏了 1 又不亮了');
    expect(desk.state()).toMatchObject({ state: 'rework', handlerId: desk.world.members.贺立, number: 1 });
    desk.later(40 * 24 * 60 * MINUTES);
    expect(desk.text('贺立')).toContain('再给您办一次');
  });

  it('ends by the resident’s wish from any open state, but not by the handler’s hand', async () => {
    await desk.say('石小红', PLAIN);
    await desk.press('贺立', '按建议办');
    await desk.tell('石小红', '撤诉 1 自己修好了');
    expect(desk.state().state).toBe('handling');
    await desk.tell('贺立', '撤诉 1 她自己修好了');
    expect(desk.state()).toMatchObject({ state: 'closed', closeKind: 'withdrawn' });
    expect(desk.group()).toContain('已撤回');
  });
});

describe('who presses what', () => {
  it('tells the wrong person whose it is, and reminds nobody', async () => {
    await desk.say('石小红', PLAIN);
    const before = desk.world.sim.messages.length;
    const outcome = await desk.pressOn('李梅', desk.groupCard(), '本支部办');
    expect(outcome.toast?.content).toBe('这件事由书记研判。');
    expect(desk.world.sim.messages.length).toBe(before);
    expect(desk.state()).toMatchObject({ state: 'reported', version: 1 });
  });

  it('opens the group’s forms in private only', async () => {
    await desk.say('石小红', PLAIN);
    const outcome = await desk.pressOn('贺立', desk.groupCard(), '派给单位');
    expect(outcome.toast?.content).toBe('已发到您的私聊。');
    expect(desk.text('贺立')).toContain('派给单位 · 第1号');
    expect(desk.group()).not.toContain('最晚哪天');
  });

  it('lets the first of two win and tells the other what happened', async () => {
    desk.world.person('孙副', '第一支部', ['副书记']);
    await desk.say('石小红', PLAIN);
    await desk.tell('孙副', '研判 1');
    const late = desk.card('孙副');
    const seen = JSON.parse(JSON.stringify(late.content)) as unknown;
    await desk.tell('贺立', '派 1 物业办');
    // The card is pressed as it stood before the update reached the telephone.
    late.content = seen as typeof late.content;
    const outcome = await desk.pressOn('孙副', late, '按建议办');
    expect(outcome.toast?.content).toBe('贺立刚刚已派给物业办，11月27日前。');
    expect(desk.world.sim.cardText(late)).toContain('已派单');
    expect(desk.state()).toMatchObject({ state: 'dispatched', version: 2 });
  });

  it('does nothing on a card that was forgotten for a week', async () => {
    await desk.say('石小红', PLAIN);
    const group = desk.groupCard();
    const seen = JSON.parse(JSON.stringify(group.content)) as unknown;
    await desk.press('贺立', '按建议办');
    desk.later(7 * 24 * 60 * MINUTES);
    group.content = seen as typeof group.content;
    const outcome = await desk.pressOn('贺立', group, '本支部办');
    expect(outcome.toast?.content).toMatch(/^您.*已交石小红，11月27日前。$/u);
    expect(desk.state()).toMatchObject({ state: 'handling', version: 2 });
    expect(desk.world.sim.buttons(desk.groupCard())).toEqual([]);
  });
});
