import { afterEach, beforeEach, expect, it } from 'vitest';
import { CALL, type Desk, openDesk, PLAIN } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(async () => {
  expect(desk.world.sim.complaints).toEqual([]);
  await desk.close();
});
const asked = async () => {
  await desk.say('石小红', PLAIN);
  await desk.press('贺立', '按建议办');
  await desk.press('石小红', '办好了', { result: '换了灯泡', kind: 'solved', told: 'face' });
};

it('the first 不满意 after 又坏了 is the first: it is done again by another (decision 36)', async () => {
  await asked();
  await desk.press('李梅', '满意', CALL);
  await desk.tell('石小红', '又坏了 1 又不亮了');
  await desk.tell('贺立', '办 1 换了整套灯，当面告诉了她');
  expect(desk.state().state).toBe('awaitingSignOff');
  await desk.press('李梅', '不满意，原因…', { ...CALL, sentence: '还是不亮' });
  expect(desk.state().state).toBe('rework');
});

it('who failed at it may not end it by withdrawing it (decision 19)', async () => {
  await asked();
  await desk.press('李梅', '不满意，原因…', { ...CALL, sentence: '还是不亮' });
  expect(desk.state()).toMatchObject({ state: 'rework', former: [desk.world.members.石小红] });
  await desk.tell('石小红', '撤诉 1 群众说不用了');
  expect(desk.state().state).toBe('rework');
});

it('诉求中心 sees what waits in its subtree', async () => {
  desk.world.person('秦岚', '梧桐社区', ['诉求中心']);
  await desk.say('石小红', PLAIN);
  await desk.tell('秦岚', '研判');
  expect(desk.text('秦岚')).toContain('待研判1件');
});
