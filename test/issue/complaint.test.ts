import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openDesk } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  desk.world.person('孟飞', '第一支部', ['网格员']);
});
afterEach(async () => {
  expect(desk.world.sim.complaints).toEqual([]);
  await desk.close();
});
const cardsOf = (name: string) => desk.world.sim.private(desk.world.users[name] as never).messages;

describe('a complaint about a worker (care 11)', () => {
  it('is known by its words, without 投诉: nobody can give it to whom it is about', async () => {
    await desk.say('石小红', '/反映 3号楼 张某 网格员孟飞半年没来过我家');
    expect(desk.state()).toMatchObject({ complaint: true, subjects: [desk.world.members.孟飞] });
    expect(desk.group()).toBe('已记');
    await desk.tell('贺立', '研判 1 孟飞 办');
    expect(desk.state().handlerId).not.toBe(desk.world.members.孟飞);
    await desk.tell('孟飞', '第1号');
    expect(JSON.stringify(cardsOf('孟飞').map((each) => each.content))).not.toContain('没来过');
  });

  it('goes round a secretary who is called by surname and post', async () => {
    await desk.say('石小红', '/投诉 3号楼501 张桂芳 说贺书记态度差，不办事');
    expect(desk.state()).toMatchObject({ complaint: true, subjects: [desk.world.members.贺立] });
    expect(cardsOf('贺立')).toEqual([]);
    expect(desk.text('赵书记')).toContain('请您研判 · 第1号');
    expect(desk.text('赵书记')).toContain('张桂芳');
    expect(desk.group()).toBe('已记');
  });

  it('keeps the name among the words, and makes no resident of him', async () => {
    await desk.say('石小红', '/投诉 贺立 办事推诿 态度不好');
    expect(desk.state()).toMatchObject({ person: null, words: '贺立 办事推诿 态度不好' });
    expect(desk.text('赵书记')).toContain('贺立 办事推诿 态度不好');
    await desk.say('石小红', '/投诉 孟网格员 从不上门');
    expect(desk.state(2)).toMatchObject({ person: null, words: '孟网格员 从不上门' });
    await desk.say('石小红', '/投诉 3号楼501 孟飞 从不上门，也不接电话');
    expect(desk.state(3)).toMatchObject({ place: '3号楼501', words: '孟飞 从不上门，也不接电话' });
  });
});
