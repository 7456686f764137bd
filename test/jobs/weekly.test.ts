import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { groupText } from '../../cards/group-text.ts';
import { makeCalendar } from '../../src/domain/calendar.ts';
import { weekly } from '../../src/jobs/weekly.ts';
import { findPolicy } from '../../src/policies/index.ts';
import { weeklyFacts } from '../../src/work/weekly.ts';
import { createWorld, type World } from '../helpers/world.ts';

let world: World;
const open = async (at?: string) => {
  world = await createWorld({ jobs: [weekly], ...(at ? { at: Date.parse(`${at}+08:00`) } : {}) });
};
beforeEach(() => open());
afterEach(async () => {
  expect(world.sim.complaints).toEqual([]);
  await world.close();
});

const user = (name: string) => {
  const found = world.users[name];
  if (!found) throw new Error(`no ${name}`);
  return found;
};
/** Monday's cards in the group, as they stand. */
const posted = () =>
  world.sim
    .chat(world.group)
    .cards()
    .filter((card) => world.sim.cardText(card).includes('本周清单'));
const texts = () => posted().map((card) => world.sim.cardText(card));
/** The machine was off until then: one tick, no stepping through what fell due. */
const wakeAt = async (time: string) => {
  world.clock.set(Date.parse(`${time}+08:00`));
  await world.office.tick(world.clock.now(), 10_000);
};
const visit = (
  day: string,
  household: number,
  outcome: 'met' | 'attempt' = 'met',
  recordedAt = world.clock.now(),
) =>
  world.office.q.visits.create({
    orgId: world.orgs.第一支部 ?? 0,
    householdId: household,
    batch: `test-${day}-${household}-${outcome}`,
    typistId: world.members.石小红 ?? 0,
    happenedDay: day,
    recordedAt,
    mode: 'home',
    outcome,
    kind: 'visit',
    building: '3号楼',
    place: '3号楼',
    person: '张某',
    note: null,
    chatId: null,
    messageId: null,
    visitors: [{ memberId: world.members.石小红 ?? 0, name: '石小红', paired: true, contactPointIds: [] }],
  });

describe("Monday's card", () => {
  it('is one card, summary and list in one, however often it is started', async () => {
    world.household('3号楼', '张某', '石小红');
    await user('石小红').say(world.group, '/走访 3号楼 张某 低保咨询');
    await user('石小红').say(world.group, '/未遇 5号楼 李某 没人');
    await user('石小红').say(world.group, '/诉求 6号楼 陈奶奶 楼道灯不亮三天了');
    await world.moveTo('2026-11-23T08:25');
    expect(texts()).toEqual([]);
    await world.moveTo('2026-11-23T08:35');
    for (const again of [1, 2, 3]) await world.office.tick(world.clock.now() + again, 10_000);
    await world.moveTo('2026-11-27T17:00');
    expect(texts()).toEqual([
      [
        '第一支部本周清单：待研判1，超期1',
        '（统计到今天8:30）',
        '上周：走访2次，见到1户，未遇1次；诉求新增1',
        '1. 第1号 · 6号楼 · 公共设施 · 待研判 · 超期2个工作日 · 书记',
        '[看全部1件]',
      ].join('\n'),
    ]);
  });

  it('opens its list in private, by the right of who presses', async () => {
    await user('石小红').say(world.group, '/诉求 6号楼 陈奶奶 楼道灯不亮三天了');
    await world.moveTo('2026-11-23T08:35');
    const [card] = posted();
    if (!card) throw new Error('no card');
    for (const name of ['石小红', '贺立', '李梅']) await user(name).press(card, '看全部1件');
    await world.settle();
    const last = (name: string) => world.sim.cardText(world.sim.private(user(name)).lastCard() ?? card);
    expect(last('贺立')).toContain('第1号 · 6号楼 · 公共设施 · 待研判');
    expect(last('石小红')).toContain('[第1号]');
    expect(last('李梅')).toContain('没有要您看的');
    expect(world.sim.chat(world.group).texts().join()).not.toContain('陈奶奶');
  });

  it('is not sent when there is nothing to show, and the week is settled', async () => {
    await world.moveTo('2026-11-23T09:00');
    await user('石小红').say(world.group, '/走访 3号楼 张某 低保咨询');
    await world.moveTo('2026-11-27T17:00');
    expect(texts()).toEqual([]);
    expect(world.office.q.work.hasRun('weekly', '2026-11-23', 'chat:1')).toBe(true);
    await world.moveTo('2026-11-30T09:00');
    expect(texts()).toHaveLength(1);
  });

  it('says what was entered late', async () => {
    const household = world.household('3号楼', '张某', '石小红');
    visit('2026-11-16', household);
    await world.moveTo('2026-11-23T07:00');
    visit('2026-11-17', household);
    await world.moveTo('2026-11-23T08:35');
    expect(texts()[0]).toContain('上周：走访2次，见到1户，补记上周1次');
  });

  it('goes to the secretary when the group is gone', async () => {
    visit('2026-11-17', world.household('3号楼', '张某', '石小红'));
    await world.sim.removeBotFrom(world.group, user('贺立'));
    await world.moveTo('2026-11-23T08:35');
    expect(texts()).toEqual([]);
    const card = world.sim.private(user('贺立')).lastCard();
    expect(card && world.sim.cardText(card)).toContain('“第一支部工作群”里没有我了，这周的清单先发给您');
    expect(world.sim.private(user('石小红')).cards()).toEqual([]);
  });
});

describe('a shifted week', () => {
  it('waits for the first working day after National Day', async () => {
    await world.close();
    await open('2026-09-29T10:00');
    visit('2026-09-30', world.household('3号楼', '张某', '石小红'));
    await world.moveTo('2026-10-08T08:20');
    expect(texts()).toEqual([]);
    await world.moveTo('2026-10-08T08:35');
    expect(texts()).toHaveLength(1);
    await world.moveTo('2026-10-12T09:00');
    expect(texts()).toHaveLength(1);
  });

  it('is one card for two weeks after Spring Festival', async () => {
    await world.close();
    await open('2026-02-12T10:00');
    const household = world.household('3号楼', '张某', '石小红');
    visit('2026-02-12', household);
    visit('2026-02-18', household);
    await world.moveTo('2026-02-24T08:20');
    expect(texts()).toEqual([]);
    await world.moveTo('2026-02-27T17:00');
    expect(texts()).toHaveLength(1);
    expect(texts()[0]).toContain('前2周：走访2次，见到1户');
  });
});

describe('after downtime', () => {
  beforeEach(() => void visit('2026-11-17', world.household('3号楼', '张某', '石小红')));

  it('posts a missed Monday on Tuesday, once', async () => {
    await wakeAt('2026-11-24T10:00');
    await world.moveTo('2026-11-27T17:30');
    expect(texts()).toHaveLength(1);
    expect(texts()[0]).toContain('（统计到今天10:00）');
  });

  it('never posts after 18:00: the next morning', async () => {
    await wakeAt('2026-11-23T19:00');
    expect(texts()).toEqual([]);
    await wakeAt('2026-11-24T08:35');
    expect(texts()).toHaveLength(1);
  });

  it('never posts later than Friday', async () => {
    await wakeAt('2026-11-27T18:30');
    await world.moveTo('2026-11-29T12:00');
    expect(texts()).toEqual([]);
  });

  it('makes up for the newest week only', async () => {
    visit('2026-11-24', world.household('4号楼', '李某', '石小红'));
    await wakeAt('2026-12-01T10:00');
    await world.moveTo('2026-12-04T17:00');
    expect(texts()).toHaveLength(1);
    expect(texts()[0]).toContain('走访1次');
  });
});

describe('coverage', () => {
  const branch = (people: number, seen: number) => {
    const { q } = world.office;
    q.work.adopt({
      system: 'xian',
      orgId: world.orgs.梧桐街道 ?? 0,
      policy: findPolicy('xian'),
      fromDay: '2026-10-01',
      by: null,
      now: world.clock.now(),
    });
    for (let at = 0; at < people; at++) {
      const name = `组员${'甲乙丙丁戊己庚'[at]}`;
      world.person(name, '第一支部');
      q.members.joinCohort(world.members[name] ?? 0, '重点选派党员', '2026-01-01');
      const household = world.household(`${at + 1}号楼`, '张某', name);
      if (at < seen)
        q.visits.create({
          orgId: world.orgs.第一支部 ?? 0,
          householdId: household,
          batch: `c${at}`,
          typistId: world.members[name] ?? 0,
          happenedDay: '2026-11-17',
          recordedAt: world.clock.now(),
          mode: 'home',
          outcome: 'met',
          kind: 'visit',
          building: '',
          place: null,
          person: null,
          note: null,
          chatId: null,
          messageId: null,
          visitors: [{ memberId: world.members[name] ?? 0, name, paired: true, contactPointIds: [] }],
        });
    }
  };

  it.each([
    [6, 4, '本季度应访6户，已见面4户'],
    [6, 6, '本季度应访6户，已见面6户'],
  ])('of %i people with %i met is a line', async (people, seen, line) => {
    branch(people, seen);
    await world.moveTo('2026-11-23T08:35');
    expect(texts()[0]).toContain(line);
  });

  it.each([
    ['fewer than five', 4, 2],
    ['one missing', 6, 5],
  ])('is left out for %s', async (_why, people, seen) => {
    branch(people, seen);
    await world.moveTo('2026-11-23T08:35');
    expect(texts()[0]).toContain('走访');
    expect(texts()[0]).not.toContain('应访');
  });
});

it('lets nothing hostile into the group', () => {
  const { q } = world.office;
  const evil = '<at id=all></at>13800001111';
  const orgId = q.orgs.create({ parentId: null, name: evil, kind: '党支部', now: 0 }).id;
  q.issues.create({
    orgId,
    year: 2026,
    householdId: null,
    visitId: null,
    building: '3号楼501室陈某癌症',
    place: '501室',
    person: '陈某',
    words: `${evil} **上访**`,
    topic: '医疗医保',
    alternatives: [],
    subjects: [],
    complaint: false,
    grade: 'ordinary',
    state: 'dispatched',
    loggerId: 1,
    ownerId: 1,
    triageOrgId: orgId,
    deciderId: null,
    handlerId: null,
    handlerOrgId: orgId,
    former: [],
    returned: [],
    stepAt: 0,
    dueAt: world.clock.now(),
    promisedDay: null,
    toldAt: null,
    laterDay: null,
    closeKind: null,
    askerId: null,
    satisfaction: null,
    signedAt: null,
    rework: 0,
    thirdPath: null,
    closedAt: null,
    now: world.clock.now(),
  });
  const calendar = makeCalendar();
  const facts = weeklyFacts({ q, now: world.clock.now(), calendar }, { id: 1, orgId }, '2026-11-16');
  const shown = JSON.stringify(facts && groupText(facts));
  expect(shown).toContain('第1号');
  expect(shown).not.toMatch(/138|501|陈|癌|上访|<at|\*\*/);
});
