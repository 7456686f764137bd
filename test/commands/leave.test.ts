import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorld, type World } from '../helpers/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld({ jobs: [] });
});
afterEach(async () => {
  expect(world.sim.complaints).toEqual([]);
  await world.close();
});

const user = (name: string) => {
  const found = world.users[name];
  if (!found) throw new Error(`no ${name}`);
  return found;
};
const id = (name: string) => world.members[name] ?? 0;
const last = (name: string) => {
  const card = world.sim.private(user(name)).lastCard();
  if (!card) throw new Error('no card');
  return card;
};
const type = async (name: string, line: string) => {
  await user(name).sayPrivately(line);
  await world.settle();
};

describe('/请假', () => {
  it('is one line, and one tap takes it back', async () => {
    await type('李梅', '/请假 11-25至11-28 出差');
    expect(world.sim.cardText(last('李梅'))).toContain('请假已记 · 11月25日—28日（出差）');
    expect(world.office.q.members.onLeave(id('李梅'), '2026-11-28')).toBe(true);
    const answer = await user('李梅').press(last('李梅'), '取消请假');
    expect(JSON.stringify(answer.card)).toContain('已取消请假');
    expect(world.office.q.members.onLeave(id('李梅'), '2026-11-28')).toBe(false);
  });

  it('keeps the kind of a reason and not its story', async () => {
    await type('李梅', '/请假 明天 家里老人住院');
    expect(world.office.q.members.leaves(id('李梅'))).toMatchObject([
      { fromDay: '2026-11-19', toDay: '2026-11-19', reason: '生病' },
    ]);
    const stored = JSON.stringify(world.office.q.members.leaves(id('李梅')));
    expect(stored).not.toContain('住院');
  });

  it('tells who decides meanwhile, and deputies do', async () => {
    world.person('周敏', '第一支部', ['党员', '副书记']);
    await type('贺立', '/请假 今天到周五 培训');
    expect(world.sim.cardText(last('贺立'))).toContain('这几天的研判先找：周敏。');
    await user('石小红').say(world.group, '/诉求 6号楼 陈奶奶 楼道里堆了杂物没人清');
    await world.settle();
    expect(world.sim.cardText(last('周敏'))).toContain('请您研判');
    expect(world.sim.private(user('贺立')).cards()).toHaveLength(1);
  });

  it('says so when there is nobody to step in', async () => {
    await type('贺立', '/请假 明天 出差');
    expect(world.sim.cardText(last('贺立'))).toContain('请和上级党组织说一声');
  });

  it('is entered by the secretary for another, who sees it', async () => {
    await type('贺立', '/请假 李梅 11-25至11-28 出差');
    expect(world.office.q.members.leaves(id('李梅'))).toHaveLength(1);
    expect(world.office.q.members.leaves(id('贺立'))).toEqual([]);
    expect(world.sim.cardText(last('李梅'))).toContain('请假已记 · 11月25日—28日（出差）');
    expect(world.sim.cardText(last('贺立'))).toContain('李梅 · 11月25日');
  });

  it('is not entered by a member for another', async () => {
    await type('石小红', '/请假 李梅 11-25至11-28 出差');
    expect(world.office.q.members.leaves(id('李梅'))).toEqual([]);
    expect(world.office.q.members.leaves(id('石小红'))).toEqual([]);
    expect(world.sim.private(user('石小红')).texts().at(-1)).toContain('由本人或他的书记来记');
  });

  it('without days is a form, and the form is one tap less', async () => {
    await type('李梅', '/请假');
    const card = last('李梅');
    const wrong = await user('李梅').press(card, '记下', {
      form: { from: '2026-11-28', to: '2026-11-25', reason: '出差' },
    });
    expect(wrong.toast?.content).toBe('结束那天不能早于开始那天。');
    await user('李梅').press(card, '记下', {
      form: { from: '2026-11-25', to: '2026-11-28', reason: '出差' },
    });
    expect(world.office.q.members.leaves(id('李梅'))).toHaveLength(1);
  });

  it('ends by 销假', async () => {
    await type('李梅', '/请假 今天起5天 出差');
    await type('李梅', '/销假');
    expect(world.office.q.members.leaves(id('李梅'))).toEqual([]);
    await type('李梅', '/销假');
    expect(world.sim.private(user('李梅')).texts().at(-1)).toBe('您没有记着的请假。');
  });

  it('shows the group nothing of it', async () => {
    await user('李梅').say(world.group, '/请假 11-25至11-28 生病');
    await world.settle();
    expect(world.sim.chat(world.group).texts()).toEqual(['在私聊里回您了。']);
  });
});
