import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPolicy } from '../../src/policies/index.ts';
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
const last = (name: string) => {
  const card = world.sim.private(user(name)).lastCard();
  if (!card) throw new Error('no card');
  return card;
};
const mine = async (name: string, line = '/我的') => {
  await user(name).sayPrivately(line);
  await world.settle();
  return world.sim.cardText(last(name));
};
/** A press with values that no card of ours offered. */
const forged = (
  name: string,
  action: string,
  value: Record<string, string | number>,
  form: Record<string, string> = {},
) =>
  world.office.deliver({
    kind: 'action',
    connection: world.connection,
    dedupeKey: `evt:forged-${action}`,
    at: world.clock.now(),
    chat: { id: 'oc_forged', type: 'p2p' },
    messageId: 'om_forged',
    sender: { id: user(name).openId },
    action,
    value,
    form,
  });
const adopt = (system: string) =>
  world.office.q.work.adopt({
    system,
    orgId: world.orgs.梧桐街道 ?? 0,
    policy: findPolicy(system),
    fromDay: '2026-10-01',
    by: null,
    now: world.clock.now(),
  });

describe('/我的', () => {
  it('has one warm line when nothing waits', async () => {
    expect(await mine('李梅')).toContain('手头没有要办的事，辛苦了。');
  });

  it.each(['待办', '待我办', '还差几户'])('is also %s', async (word) => {
    expect(await mine('李梅', word)).toContain('手头没有要办的事');
  });

  it('says what is owed, until when, by which clause, and what was seen already', async () => {
    adopt('xian');
    adopt('rugang');
    const { q } = world.office;
    const id = world.members.石小红 ?? 0;
    q.members.joinCohort(id, '重点选派党员', '2026-01-01');
    q.households.addContactPoint({ memberId: id, name: '第一网格', kind: '网格', day: '2026-01-01' });
    world.household('3号楼', '张某', '石小红');
    world.household('5号楼', '李某', '石小红');
    await user('石小红').sayPrivately('/走访 3号楼 张某 低保咨询');
    await world.settle();
    const text = await mine('石小红');
    expect(text).toContain('本季度2户，已见1户 · 12月31日（周四）前 · 二、(三)2');
    expect(text).toContain('5号楼 李某');
    expect(text).not.toContain('3号楼 张某');
    expect(text).toContain('11月联系点2次，已去0次 · 11月30日（周一）前 · 四、2');
    // October began with the adoption and nobody went: it may be made up until the end of November.
    expect(text).toContain('10月还差2次，11月30日（周一）前补上也算');
  });

  it('lists what waits for whom, each with a button, and opens it without losing the list', async () => {
    await user('石小红').say(world.group, '/诉求 6号楼 陈奶奶 楼道里堆了杂物没人清');
    await world.settle();
    const secretary = await mine('贺立');
    expect(secretary).toContain('我的：等您办1件');
    expect(secretary).toContain('第1号 · 6号楼');
    expect(secretary).toContain('请您研判');
    const list = last('贺立');
    await user('贺立').press(list, '第1号');
    await world.settle();
    await user('贺立').press(last('贺立'), '按建议办');
    await world.settle();
    expect(await mine('贺立')).toContain('手头没有要办的事');
    expect(await mine('石小红')).toContain('您在办');
  });

  it('answers in private when it is typed in the group', async () => {
    await user('李梅').say(world.group, '/我的');
    await world.settle();
    expect(world.sim.chat(world.group).texts()).toEqual(['在私聊里回您了。']);
    expect(world.sim.cardText(last('李梅'))).toContain('手头没有要办的事');
  });

  it('says that one is away', async () => {
    await user('李梅').sayPrivately('/请假 11-25至11-28 出差');
    await world.settle();
    expect(await mine('李梅')).toContain('请假：11月25日—28日（出差）');
  });

  it('records a visit for what is still open, from a form that knows the households', async () => {
    adopt('xian');
    world.office.q.members.joinCohort(world.members.石小红 ?? 0, '重点选派党员', '2026-01-01');
    const household = world.household('3号楼2单元501', '张某', '石小红');
    await mine('石小红');
    const card = last('石小红');
    await user('石小红').press(card, '去过了，补记');
    const early = await user('石小红').press(card, '记上', {
      form: { target: `h:${household}`, day: '2026-11-19' },
    });
    expect(early.toast?.content).toBe('这一天还没到，去过再记。');
    await user('石小红').press(card, '记上', {
      form: { target: `h:${household}`, day: '2026-11-17', note: '送药' },
    });
    await world.settle();
    expect(world.sim.cardText(card)).toContain('补记');
    expect(await mine('石小红')).toContain('本季度1户，已见1户，做完了');
  });

  it('does not record at a household that is not one’s own', async () => {
    adopt('xian');
    world.office.q.members.joinCohort(world.members.石小红 ?? 0, '重点选派党员', '2026-01-01');
    world.household('3号楼', '张某', '石小红');
    const other = world.household('5号楼', '李某', '李梅');
    const answer = await forged(
      '石小红',
      'mine.went',
      { at: 0, mode: 'home' },
      { target: `h:${other}`, day: '2026-11-17' },
    );
    expect(answer.toast?.text).toContain('不在您的联系户里');
    expect(world.office.q.visits.diary(world.members.石小红 ?? 0, { limit: 5, offset: 0 })).toEqual([]);
  });
});
