import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTwoPlatforms } from './kit.ts';

let at: Awaited<ReturnType<typeof createTwoPlatforms>>;
beforeEach(async () => {
  at = await createTwoPlatforms();
});
afterEach(() => at.close());

const answers = () => at.sim.private(at.xiaohong).texts();

describe('DingTalk’s month', () => {
  it('is counted as DingTalk counts it', async () => {
    await at.xiaohong.say(at.group, '/走访 3号楼 张某 低保咨询', { at: true });
    await at.office.settle();
    await at.xiaohong.sayPrivately('/帮助');
    await at.office.settle();
    expect(at.sim.used.calls + at.sim.used.pushes).toBeGreaterThan(4);
    expect(at.counted()).toMatchObject(at.sim.used);
    expect(at.sim.complaints).toEqual([]);
  });

  it('refused for want of calls: held, told over the other connection, sent when there are some again', async () => {
    at.sim.use({ calls: 5000 });
    await at.xiaohong.sayPrivately('/帮助');
    await at.office.settle();
    expect(answers()).toEqual([]);
    const told = at.other.private(at.onFeishu).texts();
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^钉钉额度提醒：平台说本月额度已用完（本助手用了\d+次，额度由全单位的应用共用）/);
    const calls = at.sim.used.calls;
    await at.xiaohong.sayPrivately('/帮助');
    await at.moveTo('2026-11-18T18:00');
    expect(answers()).toEqual([]);
    expect(at.other.private(at.onFeishu).texts()).toHaveLength(1);
    // Nothing was tried in between: the platform's word holds for the day.
    expect(at.sim.used.calls).toBe(calls);
    // More was bought.
    at.sim.use({ calls: 0 });
    await at.moveTo('2026-11-19T09:00');
    expect(answers()).toHaveLength(2);
    expect(at.sim.complaints).toEqual([]);
  });
});
