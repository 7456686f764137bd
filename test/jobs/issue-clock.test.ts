import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askers } from '../../src/jobs/askers.ts';
import { issueClock } from '../../src/jobs/issue-clock.ts';
import { createWorld, type World } from '../helpers/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld({ jobs: [issueClock, askers] });
  world.person('周敏', '第一支部', ['党员', '副书记']);
  world.person('沈立新', '梧桐社区', ['书记']);
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
/** Cards of a matter that a person was sent, oldest first, as they stand. */
const cards = (name: string) =>
  world.sim
    .private(user(name))
    .cards()
    .map((card) => world.sim.cardText(card));
const counts = () =>
  Object.fromEntries(['贺立', '周敏', '沈立新', '李梅'].map((name) => [name, cards(name).length]));
const last = (name: string) => {
  const card = world.sim.private(user(name)).lastCard();
  if (!card) throw new Error('no card');
  return card;
};
const report = async (words: string) => {
  await user('石小红').say(world.group, `/诉求 ${words}`);
  await world.settle();
};
const ORDINARY = '6号楼 陈奶奶 楼道里堆了杂物没人清';

describe('a decision that waits', () => {
  it('reaches the deputies one working day late, the level above another day later, each once', async () => {
    await report(ORDINARY);
    expect(counts()).toEqual({ 贺立: 1, 周敏: 0, 沈立新: 0, 李梅: 0 });
    await world.moveTo('2026-11-20T17:25');
    expect(counts()).toMatchObject({ 贺立: 1, 周敏: 0 });
    await world.moveTo('2026-11-20T17:35');
    expect(counts()).toEqual({ 贺立: 1, 周敏: 1, 沈立新: 0, 李梅: 0 });
    expect(cards('周敏')[0]).toContain('请您研判');
    // A weekend lies between.
    await world.moveTo('2026-11-23T17:25');
    expect(counts()).toMatchObject({ 周敏: 1, 沈立新: 0 });
    await world.moveTo('2026-12-04T12:00');
    expect(counts()).toEqual({ 贺立: 1, 周敏: 1, 沈立新: 1, 李梅: 0 });
    expect(cards('沈立新')[0]).toContain('请您研判');
  });

  it('reaches nobody else once it is decided', async () => {
    await report(ORDINARY);
    await user('贺立').press(last('贺立'), '按建议办');
    await world.moveTo('2026-11-24T12:00');
    expect(counts()).toMatchObject({ 周敏: 0, 沈立新: 0 });
  });

  it('is made up for after downtime, and waits for working hours', async () => {
    await report(ORDINARY);
    world.clock.set(Date.parse('2026-11-21T10:00:00+08:00'));
    await world.office.tick(world.clock.now(), 10_000);
    expect(counts()).toMatchObject({ 周敏: 0 });
    await world.moveTo('2026-11-23T08:05');
    expect(counts()).toMatchObject({ 周敏: 1 });
  });
});

describe('the hour grades', () => {
  it('danger climbs by the wall clock at night', async () => {
    world.clock.set(Date.parse('2026-11-21T23:00:00+08:00'));
    await report('3号楼 燃气泄漏，楼道里全是煤气味');
    expect(counts()).toEqual({ 贺立: 1, 周敏: 1, 沈立新: 0, 李梅: 0 });
    await world.moveTo('2026-11-22T00:05');
    expect(counts()).toEqual({ 贺立: 2, 周敏: 2, 沈立新: 0, 李梅: 0 });
    await world.moveTo('2026-11-22T01:05');
    expect(counts()).toEqual({ 贺立: 2, 周敏: 2, 沈立新: 1, 李梅: 0 });
    await world.moveTo('2026-11-23T12:00');
    expect(counts()).toEqual({ 贺立: 2, 周敏: 2, 沈立新: 1, 李梅: 0 });
  });

  it('a failed supply has a day', async () => {
    await report('5号楼 整栋楼停水了');
    const [head] = world.office.q.issues.openHourGrades();
    expect(head?.grade).toBe('utility');
    await world.moveTo('2026-11-19T02:55');
    expect(counts()).toMatchObject({ 贺立: 1, 周敏: 0 });
    await world.moveTo('2026-11-19T03:05');
    expect(counts()).toMatchObject({ 贺立: 2, 周敏: 1, 沈立新: 0 });
    await world.moveTo('2026-11-19T15:05');
    expect(counts()).toMatchObject({ 沈立新: 1 });
  });
});

describe('who has it in hand', () => {
  it('is reminded once, the working day before, in private', async () => {
    await report(ORDINARY);
    await user('贺立').press(last('贺立'), '按建议办');
    await world.settle();
    const [issue] = world.office.q.issues.openOf([world.orgs.第一支部 ?? 0]);
    expect(issue).toMatchObject({ state: 'handling', handlerId: id('石小红') });
    const before = cards('石小红').length;
    // Due 27 November, Friday: seven working days after the 18th.
    await world.moveTo('2026-11-26T08:55');
    expect(cards('石小红')).toHaveLength(before);
    await world.moveTo('2026-11-26T09:05');
    expect(cards('石小红')).toHaveLength(before + 1);
    await world.moveTo('2026-12-04T12:00');
    expect(cards('石小红')).toHaveLength(before + 1);
  });

  it('the contacts of a unit are reminded of what nobody took, and the secretary hears it when it is due', async () => {
    world.person('物业小周', '物业办', ['承办联系人']);
    await report(ORDINARY);
    const [head] = world.office.q.issues.openOf([world.orgs.第一支部 ?? 0]);
    await user('贺立').sayPrivately(`派 ${head?.number} 物业办`);
    await world.settle();
    expect(cards('物业小周')).toHaveLength(1);
    const secretary = cards('贺立').length;
    await world.moveTo('2026-11-26T09:05');
    expect(cards('物业小周')).toHaveLength(2);
    await world.moveTo('2026-11-27T17:35');
    expect(cards('贺立')).toHaveLength(secretary + 1);
  });
});

describe('a matter without an asker', () => {
  it('gets one on the first working morning when there is somebody', async () => {
    const { q } = world.office;
    await report(ORDINARY);
    const [head] = q.issues.openOf([world.orgs.第一支部 ?? 0]);
    const issue = head && q.issues.get(head.id);
    if (!issue) throw new Error('no issue');
    q.issues.apply(issue, {
      act: 'told',
      patch: {
        state: 'awaitingSignOff',
        handlerId: id('石小红'),
        askerId: null,
        stepAt: world.clock.now(),
        dueAt: null,
      },
      actorId: id('石小红'),
      now: world.clock.now(),
    });
    await world.moveTo('2026-11-19T08:45');
    const asker = q.issues.get(issue.id)?.askerId;
    expect(asker).not.toBeNull();
    expect([id('石小红'), id('贺立')]).not.toContain(asker);
  });

  it('gets another when who was named is on leave and its day has passed, not before', async () => {
    const { q } = world.office;
    world.person('王军', '第一支部');
    await report(ORDINARY);
    const [head] = q.issues.openOf([world.orgs.第一支部 ?? 0]);
    const issue = head && q.issues.get(head.id);
    if (!issue) throw new Error('no issue');
    const now = world.clock.now();
    q.issues.apply(issue, {
      act: 'told',
      patch: {
        state: 'awaitingSignOff',
        handlerId: id('石小红'),
        askerId: id('李梅'),
        stepAt: now,
        dueAt: Date.parse('2026-11-20T17:30+08:00'),
      },
      actorId: id('石小红'),
      now,
    });
    await user('李梅').sayPrivately('/请假 11-19至11-27 出差');
    await world.moveTo('2026-11-20T09:00');
    expect(q.issues.get(issue.id)?.askerId).toBe(id('李梅'));
    await world.moveTo('2026-11-23T09:00');
    const asker = q.issues.get(issue.id)?.askerId ?? 0;
    expect([id('王军'), id('周敏')]).toContain(asker);
    expect(cards(asker === id('王军') ? '王军' : '周敏').join()).toContain('请您帮忙问一句');
  });
});
