import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nudges } from '../../src/jobs/nudges.ts';
import { findPolicy } from '../../src/policies/index.ts';
import { createWorld, type World } from '../helpers/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld({ jobs: [nudges] });
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
const cards = (name: string) =>
  world.sim
    .private(user(name))
    .cards()
    .map((card) => world.sim.cardText(card));
const last = (name: string) => {
  const card = world.sim.private(user(name)).lastCard();
  if (!card) throw new Error('no card');
  return card;
};

describe('a reminder that stands', () => {
  beforeEach(async () => {
    const { work, households } = world.office.q;
    work.adopt({
      system: 'rugang',
      orgId: world.orgs.梧桐街道 ?? 0,
      policy: findPolicy('rugang'),
      fromDay: '2026-11-01',
      by: null,
      now: world.clock.now(),
    });
    households.addContactPoint({
      memberId: id('石小红'),
      name: '第一网格',
      kind: '网格',
      day: '2026-01-01',
    });
    await world.moveTo('2026-11-19T18:15');
  });
  const reminder = () => cards('石小红')[0];
  const type = async (name: string, line: string) => {
    await user(name).sayPrivately(line);
    await world.settle();
  };

  it('follows what is typed elsewhere, taken back, put right and restored', async () => {
    expect(reminder()).toContain('11月还可以去联系点2次');
    await type('石小红', '/补记 11月6日 第一网格 张某 谈心');
    expect(reminder()).toContain('11月还可以去联系点1次，上次是11月6日');
    await type('石小红', '/补记 11月12日 第一网格 张某 谈心');
    expect(reminder()).toContain('这一项做完了，谢谢您。');
    expect(reminder()).not.toContain('还可以去');
    await type('石小红', '/撤销');
    expect(reminder()).toContain('11月还可以去联系点1次');
    await user('石小红').press(last('石小红'), '恢复这条');
    await world.settle();
    expect(reminder()).toContain('这一项做完了');
    await type('石小红', '/更正 10月12日');
    expect(reminder()).toContain('11月还可以去联系点1次');
    // The reminder and four answers: nothing was sent beside them.
    expect(cards('石小红')).toHaveLength(5);
  });

  it('follows what somebody else typed for both', async () => {
    await type('贺立', '/走访 第一网格 张某 谈心，和石小红一起');
    expect(reminder()).toContain('11月还可以去联系点1次');
  });

  it('can be answered as it stands then', async () => {
    await type('石小红', '/补记 11月6日 第一网格 张某 谈心');
    const [card] = world.sim.private(user('石小红')).cards();
    if (!card) throw new Error('no card');
    const answer = await user('石小红').press(card, '我来安排');
    expect(answer.toast?.content).toBe('好，您来安排，这一期不再提醒。');
  });

  it('does not disturb who is filling in its form', async () => {
    const card = last('石小红');
    await user('石小红').press(card, '去过了，补记');
    await type('石小红', '/补记 11月6日 第一网格 张某 谈心');
    expect(reminder()).toContain('补记一次走访');
    await user('石小红').press(card, '记上', {
      form: { target: 'p:1', day: '2026-11-18', note: '张某 低保咨询' },
    });
    expect(world.office.q.visits.diary(id('石小红'), { limit: 5, offset: 0 })).toHaveLength(2);
  });
});
