import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { labelMeant, labelsAcross } from '../../src/domain/text/spoken-labels.ts';
import { type Desk, openDesk, PLAIN } from '../issue/desk.ts';

/** A word that says no is never taken for the step that it forbids, nor the other way round. */
let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(async () => {
  expect(desk.world.sim.complaints).toEqual([]);
  await desk.close();
});

const DANGER = '/诉求 6号楼 陈奶奶 家里煤气味很重，一直漏气';
const last = (name: string): string =>
  desk.world.sim
    .private(desk.world.users[name] as never)
    .texts()
    .at(-1) ?? '';

describe('a label and its opposite', () => {
  it.each([
    ['是急事', '不是急事'],
    ['不同意延期', '同意延期'],
    ['未告诉群众', '已告诉群众'],
    ['已联系上', '没联系上'],
    ['别撤销这条记录', '撤销这条记录'],
    ['撤销这条记录', '不撤销这条记录'],
    ['上报不了', '上报'],
  ])('%s is not %s', (typed, label) => {
    expect(labelMeant(typed, [label, '退回'], { exact: false })).toBe(-1);
  });

  it('still reads a misspelt no as no', () => {
    expect(labelMeant('不是急是', ['不是急事', '退回'], { exact: false })).toBe(0);
    expect(labelMeant('未联系上', ['没联系上', '退回'], { exact: false })).toBe(0);
  });

  it('knows what it was like', () => {
    expect(labelsAcross('不同意延期', ['同意延期', '不延期', '退回'])).toEqual(['同意延期', '不延期']);
    expect(labelsAcross('没人管', ['同意延期', '没联系上'])).toEqual([]);
  });
});

describe('a typed line that says the opposite', () => {
  it('leaves a danger one, and an ordinary matter ordinary', async () => {
    await desk.say('石小红', DANGER);
    expect(desk.state().grade).toBe('danger');
    await desk.tell('贺立', '是急事 1');
    expect(desk.state().grade).toBe('danger');
    await desk.say('石小红', PLAIN);
    const before = desk.state(2).grade;
    await desk.tell('贺立', '不是急事 2');
    expect(desk.state(2).grade).toBe(before);
  });

  it('does not agree to what was refused', async () => {
    await desk.say('石小红', PLAIN);
    await desk.tell('贺立', '按建议办 1');
    await desk.tell('石小红', '办 1 延期 12-4 缺配件');
    const due = desk.state().dueAt;
    await desk.tell('贺立', '不同意延期 1');
    expect(desk.text('贺立')).toContain('没有“不同意延期”这个说法，什么也没动。');
    expect(desk.text('贺立')).toContain('第1号现在可以发：同意延期 1、不延期 1。');
    expect(desk.state()).toMatchObject({ dueAt: due, laterDay: '2026-12-04' });
    await desk.tell('贺立', '不延期 1');
    expect(desk.state()).toMatchObject({ dueAt: due, laterDay: null });
  });

  it('does not say that somebody was told, or not reached', async () => {
    await desk.say('石小红', PLAIN);
    await desk.tell('贺立', '按建议办 1');
    for (const typed of ['未告诉群众 1 电话', '/未告诉群众 1 电话', '不告诉 1 电话', '告知 1 没打通电话'])
      await desk.tell('石小红', typed);
    expect(desk.state().toldAt).toBeNull();
    await desk.tell('石小红', '办 1 换了灯泡，电话告诉了她');
    const before = desk.state().version;
    await desk.tell('李梅', '已联系上 1');
    expect(desk.state().version).toBe(before);
    expect(desk.text('李梅')).toContain('没有“已联系上”这个说法');
  });

  it('withdraws nothing that was not to be withdrawn', async () => {
    await desk.tell('石小红', '/文字版');
    await desk.tell('石小红', '走访 3号楼 张某 低保咨询');
    const code = /撤销这条记录 (K\w+)/u.exec(last('石小红'))?.[1] ?? '';
    for (const typed of [`别撤销这条记录 ${code}`, '别撤销', '/别撤销 3号楼 张某', '不撤销 张某']) {
      await desk.tell('石小红', typed);
      expect(desk.world.office.q.visits.latestBy(desk.world.members.石小红 ?? 0)).toBeDefined();
    }
    await desk.tell('石小红', `别撤销这条记录 ${code}`);
    expect(last('石小红')).toContain('现在没有“别撤销这条记录”这一步');
  });

  it('records no visit that was not made', async () => {
    await desk.tell('石小红', '没走访 3号楼 张某');
    expect(desk.world.office.q.visits.latestBy(desk.world.members.石小红 ?? 0)).toBeUndefined();
  });
});
