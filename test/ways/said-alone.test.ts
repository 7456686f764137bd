import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayOf } from '../../src/lib/day.ts';
import { type Desk, openDesk, PLAIN } from '../issue/desk.ts';

/** What people type for a button, in the words in which they say it. */
let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(async () => {
  expect(desk.world.sim.complaints).toEqual([]);
  await desk.close();
});

const last = (name: string): string =>
  desk.world.sim
    .private(desk.world.users[name] as never)
    .texts()
    .at(-1) ?? '';
const MINUTE = 60_000;

describe('接单', () => {
  beforeEach(async () => {
    await desk.say('石小红', PLAIN);
    await desk.tell('贺立', '派 1 物业办');
  });

  it('takes what was sent to the unit', async () => {
    await desk.tell('周强', '接单 1 马上去');
    expect(desk.state()).toMatchObject({ handlerId: desk.world.members.周强 });
  });

  it('is not for somebody else', async () => {
    await desk.tell('石小红', '接单 1');
    expect(desk.state().handlerId).toBeNull();
  });

  it('keeps 办 1 接单', async () => {
    await desk.tell('周强', '办 1 接单');
    expect(desk.state()).toMatchObject({ handlerId: desk.world.members.周强 });
  });
});

describe('收回', () => {
  beforeEach(async () => {
    await desk.say('石小红', PLAIN);
    await desk.say('石小红', '/诉求 9号楼 王大爷 下水道堵了');
    await desk.tell('贺立', '研判 2 李梅 12-2');
    await desk.tell('贺立', '研判 1 李梅 12-2');
  });

  it('takes back one’s last decision, then the one before', async () => {
    await desk.tell('贺立', '收回');
    expect([desk.state(1).state, desk.state(2).state]).toEqual(['reported', 'handling']);
    await desk.tell('贺立', '/收回');
    expect(desk.state(2).state).toBe('reported');
    await desk.tell('贺立', '收回');
    expect(last('贺立')).toContain('最近10分钟里没有可以收回的决定');
  });

  it('is over after ten minutes, and is nobody else’s', async () => {
    await desk.tell('李梅', '收回');
    expect(last('李梅')).toContain('没有可以收回的决定');
    desk.later(11 * MINUTE);
    await desk.tell('贺立', '收回');
    expect(desk.state(1).state).toBe('handling');
    expect(last('贺立')).toContain('没有可以收回的决定');
    await desk.tell('贺立', '收回 1');
    expect(desk.state(1).state).toBe('handling');
  });

  it('goes by number as well', async () => {
    await desk.tell('贺立', '收回 2');
    expect([desk.state(1).state, desk.state(2).state]).toEqual(['handling', 'reported']);
  });
});

describe('研判 as it is said', () => {
  it.each(['研判 第一号 周强 下周三之前', '研判第一号，周强，下个星期三前'])('%s', async (line) => {
    await desk.say('石小红', PLAIN);
    await desk.tell('贺立', line);
    expect(desk.state()).toMatchObject({ state: 'dispatched', handlerOrgId: desk.world.orgs.物业办 });
    expect(dayOf(desk.state().dueAt ?? 0)).toBe('2026-11-25');
  });

  it('opens by 第一号, and gives back by it', async () => {
    await desk.say('石小红', PLAIN);
    await desk.tell('贺立', '按建议办第一号');
    expect(desk.state().state).toBe('handling');
    await desk.tell('贺立', '第一号');
    expect(desk.text('贺立')).toContain('第1号');
  });
});

describe('解释, 转出, 取消请假', () => {
  it('解释 6 does what the button does', async () => {
    await desk.say('石小红', PLAIN);
    await desk.tell('贺立', '/解释 1 已经跟她讲清楚了');
    expect(desk.state().state).toBe('explained');
  });

  it('解释 6 says whose it is to somebody else', async () => {
    await desk.say('石小红', PLAIN);
    await desk.tell('石小红', '/解释 1 已经跟她讲清楚了');
    expect(desk.state().state).toBe('reported');
    expect(last('石小红')).toBe('这件事由书记研判。');
  });

  it.each(['转出 李梅', '名册 李梅 转出', '名册 转出李梅', '名册 李梅'])(
    '%s opens her card',
    async (line) => {
      await desk.tell('贺立', line);
      expect(desk.text('贺立')).toContain('李梅');
      expect(desk.buttons('贺立')).toContain('转出');
    },
  );

  it('转出 alone asks whom, and others are told that it is not theirs', async () => {
    await desk.tell('贺立', '转出');
    expect(last('贺立')).toContain('请写上是谁');
    await desk.tell('石小红', '转出 李梅');
    expect(last('石小红')).toContain('您暂时用不上');
  });

  it('取消请假 does', async () => {
    await desk.tell('石小红', '请假 11-25至11-28 出差');
    await desk.tell('石小红', '取消请假');
    expect(desk.text('石小红')).toContain('已取消');
    await desk.tell('石小红', '取消请假');
    expect(last('石小红')).toContain('您没有记着的请假');
  });
});

describe('an answer that says half of it', () => {
  it('opens the form with all that was said', async () => {
    await desk.say('石小红', PLAIN);
    await desk.tell('贺立', '按建议办 1');
    await desk.tell('石小红', '办 1 换了灯泡，电话告诉了她');
    await desk.tell('李梅', '满意 1 当面 邻居说的');
    expect(desk.state().state).toBe('awaitingSignOff');
    expect(desk.text('李梅')).toContain('邻居说的');
    await desk.tell('李梅', '满意 1 当面 家属 邻居说的');
    expect(desk.state()).toMatchObject({ state: 'closed', satisfaction: 'good' });
  });
});
