import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayOf } from '../../src/lib/day.ts';
import { type Desk, openDesk, PLAIN } from '../issue/desk.ts';

/** What a line has said already stands in the form that opens for the rest. */
let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  await desk.say('石小红', PLAIN);
});
afterEach(async () => {
  expect(desk.world.sim.complaints).toEqual([]);
  await desk.close();
});

/** Presses the submit of the form as it stands, with nothing filled in but this. */
async function submit(name: string, label: string, form: Record<string, string> = {}): Promise<void> {
  await desk.world.users[name]?.press(desk.card(name), label, { form });
  await desk.world.settle();
}
const dueDay = () => dayOf(desk.state().dueAt ?? 0);

describe('a line that says half of it', () => {
  it('keeps the day of 改期, and asks for the reason', async () => {
    await desk.tell('贺立', '按建议办 1');
    await desk.tell('贺立', '改期 1 12-2');
    expect(desk.text('贺立')).toContain('改期 · 第1号');
    await submit('贺立', '改期', { reason: '缺配件' });
    expect(dueDay()).toBe('2026-12-02');
  });

  it('keeps the reason of 申请延期, and asks for the day', async () => {
    await desk.tell('贺立', '按建议办 1');
    await desk.tell('石小红', '办 1 延期 缺配件，厂家说要等');
    await submit('石小红', '送书记定', { day: '2026-12-04' });
    expect(desk.state()).toMatchObject({ laterDay: '2026-12-04' });
    expect(desk.text('贺立')).toContain('缺配件，厂家说要等');
  });

  it('keeps a day that was typed as 明天, also when the form is sent the day after', async () => {
    await desk.tell('贺立', '按建议办 1');
    await desk.tell('贺立', '改期 1 下周五前');
    desk.later(24 * 3_600_000);
    await submit('贺立', '改期', { reason: '缺配件' });
    expect(dueDay()).toBe('2026-11-27');
  });

  it('keeps the day of 派, and shows what fits nowhere', async () => {
    await desk.tell('贺立', '研判 1 派 没有的单位 12-2');
    expect(desk.text('贺立')).toContain('您还写了“没有的单位”，这里没有地方记。');
    await submit('贺立', '派单', { unit: `u${desk.world.orgs.物业办}` });
    expect(desk.state()).toMatchObject({ handlerOrgId: desk.world.orgs.物业办 });
    expect(dueDay()).toBe('2026-12-02');
  });

  it('keeps whom 转交 was for, and asks how the resident was told', async () => {
    await desk.tell('贺立', '研判 1 上报');
    await desk.tell('赵书记', '研判 1 转交 区信访局');
    expect(desk.text('赵书记')).toContain('转交别处 · 第1号');
    await submit('赵书记', '转交', { channel: 'face' });
    expect(desk.group()).toContain('已转交');
  });

  it('keeps the day of 转办, and asks to whom', async () => {
    await desk.tell('贺立', '研判 1 转办 12-2');
    await submit('贺立', '记下', { whom: '市路灯管理处' });
    expect(desk.state()).toMatchObject({ state: 'outside' });
    expect(dueDay()).toBe('2026-12-02');
  });

  it('keeps the resident’s sentence when how he was asked is not said', async () => {
    await desk.tell('贺立', '按建议办 1');
    await desk.tell('石小红', '办 1 换了灯泡，电话告诉了她');
    await desk.tell('李梅', '评 1 不满意 电话 明天晚上还是闪');
    expect(desk.text('李梅')).toContain('群众说：不满意');
    await submit('李梅', '记下', { answerer: 'self' });
    expect(desk.state()).toMatchObject({ state: 'rework' });
    expect(desk.text('贺立')).toContain('明天晚上还是闪');
  });

  it('opens empty for who typed nothing, and nothing that was typed waits in clear', async () => {
    await desk.tell('贺立', '按建议办 1');
    await desk.tell('石小红', '办 1 延期 陈奶奶家缺配件');
    await desk.tell('石小红', '办 1 延期');
    expect(desk.text('石小红')).not.toContain('陈奶奶家缺配件');
    const rows = desk.world.store.db.all<{ payload: string }>('select payload from outbox');
    expect(rows.some(({ payload }) => payload.includes('"typed"'))).toBe(true);
    expect(JSON.stringify(rows)).not.toContain('缺配件');
  });
});
