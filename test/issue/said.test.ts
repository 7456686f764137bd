import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addMemberForm } from '../../cards/roster-forms.ts';
import { CALL, type Desk, openDesk, PLAIN } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(async () => {
  expect(desk.world.sim.complaints).toEqual([]);
  await desk.close();
});
const DONE = { result: '换了灯泡', kind: 'solved', told: 'face' };

describe('what the resident said', () => {
  it('of 又坏了 is shown to who does it again, and at 第1号', async () => {
    await desk.say('石小红', PLAIN);
    await desk.press('贺立', '按建议办');
    await desk.press('石小红', '办好了', DONE);
    await desk.press('李梅', '满意', CALL);
    await desk.tell('石小红', '又坏了 1 修好三天又不亮了');
    expect(desk.text('贺立')).toContain('群众说又坏了：修好三天又不亮了');
    await desk.tell('石小红', '第1号');
    expect(desk.text('石小红')).toContain('群众说又坏了：修好三天又不亮了');
    await desk.press('贺立', '办好了', DONE);
    await desk.press('李梅', '不满意，原因…', { ...CALL, sentence: '晚上还是闪' });
    expect(desk.text('贺立')).toContain('群众不满意：晚上还是闪');
    expect(desk.text('贺立')).not.toContain('又坏了：');
  });
});

describe('only what is true', () => {
  it('is promised at a second 不满意: it waits for the next way', async () => {
    await desk.say('石小红', PLAIN);
    await desk.press('贺立', '按建议办');
    await desk.press('石小红', '办好了', DONE);
    expect(await desk.press('李梅', '不满意，原因…', { ...CALL, sentence: '还是不亮' })).toBe(
      '记下了，这件事会换人再给群众办。',
    );
    await desk.press('贺立', '办好了', DONE);
    expect(await desk.press('李梅', '不满意，原因…', { ...CALL, sentence: '又灭了' })).toBe(
      '记下了，等书记定下一步：接访、专题会议或评理。',
    );
  });

  it('is said of a term in hours: the hour, in toast and card', async () => {
    await desk.say('石小红', '/诉求 5号楼 有股煤气味，敲门没人应');
    const unit = desk.world.orgs.物业办;
    expect(await desk.press('贺立', '派给单位', { unit: `u${unit}` })).toBe(
      '已派给物业办，今天17:00前。10分钟内可以收回。',
    );
    expect(desk.text('贺立')).toContain('已派给物业办，今天17:00前。');
  });
});

describe('whom it names', () => {
  it('is never the unit that has just sent it back', async () => {
    await desk.say('石小红', '/诉求 6号楼 陈奶奶 暖气不热');
    expect(desk.text('贺立')).toContain('建议：派给物业办');
    await desk.press('贺立', '按建议办');
    await desk.press('周强', '退回', { reason: '归热力公司管' });
    expect(desk.text('贺立')).toContain('退回：归热力公司管');
    expect(desk.text('贺立')).not.toContain('建议：派给物业办');
    await desk.press('贺立', '按建议办');
    expect(desk.state().handlerOrgId).toBeNull();
  });

  it('is to be rung at his own office', async () => {
    const { orgs } = desk.world.office.q;
    orgs.setPhone(desk.world.orgs.梧桐社区 ?? 0, '0000-8001');
    await desk.say('石小红', PLAIN);
    await desk.tell('贺立', '派 1 物业办');
    await desk.press('周强', '我来办');
    expect(desk.text('周强')).toContain('想问就打0000-8001，找周强');
    orgs.setPhone(desk.world.orgs.物业办 ?? 0, '0000-9002');
    await desk.tell('周强', '第1号');
    expect(desk.text('周强')).toContain('想问就打0000-9002，找周强');
  });

  it('is who received a complaint about a unit, not the unit itself', async () => {
    const { orgs } = desk.world.office.q;
    orgs.setPhone(desk.world.orgs.梧桐社区 ?? 0, '0000-8001');
    orgs.setPhone(desk.world.orgs.物业办 ?? 0, '0000-9002');
    await desk.say('石小红', '/投诉 6号楼 陈奶奶 物业半年没打扫楼梯');
    await desk.tell('贺立', '派 1 物业办');
    await desk.press('周强', '我来办');
    await desk.press('周强', '办好了', { result: '打扫了', kind: 'solved', told: 'no' });
    expect(desk.text('石小红')).toContain('想问就打0000-8001，找石小红');
    expect(desk.text('石小红')).not.toContain('0000-9002');
  });
});

describe('what is read out and filled in', () => {
  it('names all who can see it', async () => {
    await desk.tell('石小红', '走访 3号楼 张某 低保咨询');
    await desk.press('石小红', '念一遍告知');
    const notice = desk.text('石小红');
    expect(notice).toContain('只有联系您家的同志、支部和上级的书记委员、给您办事的人看得到');
    expect(notice).not.toMatch(/只有我和|办完按规定/u);
    expect(/“?我是第一支部[^\n]+/u.exec(notice)?.[0].length).toBeLessThanOrEqual(120);
  });

  it('says 可不填 once: the frame of the form says it', () => {
    const form = addMemberForm({ org: 1, roles: [], orgs: [] });
    expect(JSON.stringify(form)).not.toContain('（可不填）');
  });
});
