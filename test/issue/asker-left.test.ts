import { afterEach, beforeEach, expect, it } from 'vitest';
import { CALL, type Desk, openDesk, PLAIN } from './desk.ts';

/** The system names who asks a resident (decision 19): when that person leaves, it names another. */
let desk: Desk;
const start = async (options: Parameters<typeof openDesk>[0] = {}) => {
  desk = await openDesk(options);
  await desk.say('石小红', PLAIN);
  await desk.press('贺立', '按建议办');
  await desk.press('石小红', '办好了', { result: '换了灯泡', kind: 'solved', told: 'face' });
  expect(desk.state()).toMatchObject({ state: 'awaitingSignOff', askerId: desk.world.members.李梅 });
};
beforeEach(() => start());
afterEach(async () => {
  expect(desk.world.sim.complaints).toEqual([]);
  await desk.close();
});

async function leave(name: string, status: '转出' | '停用'): Promise<void> {
  await desk.tell('贺立', `/名册 ${name}`);
  await desk.press('贺立', status, { heir: 'none' });
}

it.each(['转出', '停用'] as const)(
  'asks another at once when the asker is %s, on the same clock',
  async (status) => {
    const due = desk.state().dueAt;
    const old = desk.card('李梅');
    desk.world.person('王军', '第一支部');
    await leave('李梅', status);
    expect(desk.state()).toMatchObject({
      state: 'awaitingSignOff',
      askerId: desk.world.members.王军,
      dueAt: due,
    });
    expect(desk.text('王军')).toContain('请您帮忙问一句 · 第1号');
    expect(desk.world.sim.buttons(old)).toEqual([]);
    expect(await desk.press('王军', '满意', CALL)).toBe('记下了，谢谢您帮忙问这一句。');
    expect(desk.state()).toMatchObject({ state: 'closed', satisfaction: 'good' });
  },
);

it('goes a level up where nobody of the branch is left to ask', async () => {
  await leave('李梅', '转出');
  expect(desk.state().askerId).toBe(desk.world.members.赵书记);
  expect(desk.text('赵书记')).toContain('请您帮忙问一句 · 第1号');
});

it('waits without an asker where there is nobody at all, for Monday’s list to say so', async () => {
  await desk.close();
  await start({ without: ['赵书记'] });
  await leave('李梅', '转出');
  expect(desk.state()).toMatchObject({ state: 'awaitingSignOff', askerId: null });
  expect(desk.world.office.q.issues.unaskedCount([desk.world.orgs.第一支部 ?? 0])).toBe(1);
});

it('leaves nothing of the matter on the card of who has left, nor of who has given it on (decision 15)', async () => {
  const asked = desk.card('李梅');
  await leave('李梅', '转出');
  expect(desk.world.sim.cardText(asked)).not.toMatch(/陈奶奶|楼道灯/);
  expect(desk.world.sim.cardText(asked)).toContain('已经收起');
  expect(desk.world.sim.buttons(asked)).toEqual([]);
  await desk.say('石小红', '/诉求 7号楼 孙某 下水道堵了');
  desk.world.person('王军', '第一支部');
  await desk.tell('贺立', '研判 2 王军');
  const handled = desk.card('王军');
  expect(desk.world.sim.cardText(handled)).toContain('下水道');
  await desk.tell('贺立', '改派 2 石小红');
  expect(desk.state(2).handlerId).toBe(desk.world.members.石小红);
  expect(desk.world.sim.cardText(handled)).not.toMatch(/孙某|下水道/);
  const shown = desk.world.sim.cardText(handled);
  await desk.tell('石小红', '办 2 疏通了，当面说了');
  expect(desk.world.sim.cardText(handled)).toBe(shown);
});
