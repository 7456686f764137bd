import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { standIns } from '../../src/jobs/stand-ins.ts';
import { createWorld, type World } from '../helpers/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld({ jobs: [standIns] });
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
const tell = async (name: string, line: string) => {
  await user(name).sayPrivately(line);
  await world.settle();
};
const report = async (building: number) => {
  await user('石小红').say(world.group, `/诉求 ${building}号楼 陈奶奶 楼道里堆了杂物没人清`);
  await world.settle();
};

describe('the leave of a secretary', () => {
  beforeEach(() => {
    world.person('周敏', '第一支部', ['党员', '副书记']);
  });

  it('brings what waits to the deputies on its first working morning, once', async () => {
    await report(6);
    await report(7);
    // Saturday until Tuesday.
    await tell('贺立', '/请假 11-21至11-24 出差');
    await world.moveTo('2026-11-23T08:05');
    expect(cards('周敏')).toEqual([]);
    await world.moveTo('2026-11-23T08:15');
    expect(cards('周敏')).toHaveLength(2);
    expect(cards('周敏')[0]).toContain('请您研判');
    const answer = await user('周敏').press(last('周敏'), '按建议办');
    expect(answer.toast?.content).toContain('10分钟内可以收回');
    await world.settle();
    await world.moveTo('2026-11-25T12:00');
    expect(cards('周敏')).toHaveLength(2);
    expect(world.sim.chat(world.group).texts().join()).not.toContain('请假');
  });

  it('brings it at once when it starts today, and not again when the leave is entered anew or grows', async () => {
    await report(6);
    await tell('贺立', '/请假 今天到周五 培训');
    expect(cards('周敏')).toEqual([]);
    await world.moveTo('2026-11-18T15:01');
    expect(cards('周敏')).toHaveLength(1);
    await user('贺立').press(last('贺立'), '取消请假');
    await tell('贺立', '/请假 今天到周五 培训');
    await world.moveTo('2026-11-18T16:00');
    await tell('贺立', '/请假 11-20至11-24 出差');
    await world.moveTo('2026-11-25T12:00');
    expect(cards('周敏')).toHaveLength(1);
  });

  it('waits for working hours', async () => {
    await report(6);
    world.clock.set(Date.parse('2026-11-18T22:30:00+08:00'));
    await tell('贺立', '/请假 今天到周五 生病');
    await world.moveTo('2026-11-19T07:55');
    expect(cards('周敏')).toEqual([]);
    await world.moveTo('2026-11-19T08:01');
    expect(cards('周敏')).toHaveLength(1);
  });

  it('is one list where more than three wait, and each opens from it', async () => {
    for (const building of [3, 4, 5, 6]) await report(building);
    await tell('贺立', '/请假 明天 出差');
    await world.moveTo('2026-11-19T08:15');
    expect(cards('周敏')).toHaveLength(1);
    expect(cards('周敏')[0]).toContain('贺立请假，待研判的4件请您来定');
    await user('周敏').press(last('周敏'), '第2号');
    await world.settle();
    expect(cards('周敏').at(-1)).toContain('请您研判');
  });

  it('brings nothing when it was cancelled, when all is decided, or when another secretary is there', async () => {
    await report(6);
    await tell('贺立', '/请假 明天 出差');
    await tell('贺立', '/销假');
    await world.moveTo('2026-11-19T12:00');
    expect(cards('周敏')).toEqual([]);
    world.person('林涛', '第一支部', ['党员', '书记']);
    await tell('贺立', '/请假 明天 出差');
    await world.moveTo('2026-11-20T12:00');
    expect([...cards('周敏'), ...cards('林涛')]).toEqual([]);
    await user('贺立').sayPrivately('/研判 1 石小红');
    await world.settle();
    world.office.q.members.revoke(world.members.林涛 ?? 0, world.orgs.第一支部 ?? 0, '书记', '2026-11-19');
    await tell('贺立', '/请假 11-23 出差');
    await world.moveTo('2026-11-24T12:00');
    expect(cards('周敏')).toEqual([]);
  });
});

describe('a secretary without deputies', () => {
  it('hands over to the level above', async () => {
    world.person('沈立新', '梧桐社区', ['书记']);
    await report(6);
    await tell('贺立', '/请假 明天 出差');
    await world.moveTo('2026-11-19T08:15');
    expect(cards('沈立新')).toHaveLength(1);
    expect(cards('沈立新')[0]).toContain('请您研判');
  });
});
