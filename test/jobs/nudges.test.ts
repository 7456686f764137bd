import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/domain/policy.ts';
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
const adopt = (policy: unknown, system: string, from = '2026-10-01') =>
  world.office.q.work.adopt({
    system,
    orgId: world.orgs.梧桐街道 ?? 0,
    policy,
    fromDay: from,
    by: null,
    now: world.clock.now(),
  });
const point = (name: string) =>
  world.office.q.households.addContactPoint({
    memberId: id(name),
    name: '第一网格',
    kind: '网格',
    day: '2026-01-01',
  });
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

describe('a reminder by 联系点制度', () => {
  beforeEach(() => {
    adopt(findPolicy('rugang'), 'rugang', '2026-11-01');
    point('石小红');
  });

  it('comes at 18:10 on the 7th and the 2nd working day before the end, in private, with the clause', async () => {
    await user('石小红').sayPrivately('/补记 11月6日 第一网格 张某 谈心');
    await world.settle();
    const before = cards('石小红').length;
    await world.moveTo('2026-11-19T18:05');
    expect(cards('石小红')).toHaveLength(before);
    await world.moveTo('2026-11-19T18:15');
    expect(cards('石小红')).toHaveLength(before + 1);
    const text = world.sim.cardText(last('石小红'));
    expect(text).toContain('11月还可以去联系点1次，上次是11月6日');
    expect(text).toContain('第一网格。11月30日（周一）当天去也算。');
    expect(text).toContain(
      '依据：《党员干部联系点制度》四、2“党员干部原则上每月到联系点两次……过后要及时弥补，或通过电话、手机等方式保持联系”',
    );
    await world.moveTo('2026-11-26T18:15');
    expect(cards('石小红')).toHaveLength(before + 2);
    await world.moveTo('2026-12-01T12:00');
    expect(cards('石小红')).toHaveLength(before + 2);
    expect(world.sim.chat(world.group).texts()).toEqual([]);
    expect(cards('李梅')).toEqual([]);
  });

  it('does not come to who met all', async () => {
    await user('石小红').sayPrivately('/补记 11月6日 第一网格 张某 谈心');
    await user('石小红').sayPrivately('/补记 11月12日 第一网格 张某 谈心');
    await world.settle();
    const before = cards('石小红').length;
    await world.moveTo('2026-12-01T12:00');
    expect(cards('石小红')).toHaveLength(before);
  });

  it.each(['我来安排', '去不了：出差'])('%s cancels the second', async (label) => {
    await world.moveTo('2026-11-19T18:15');
    await user('石小红').press(last('石小红'), label);
    await world.moveTo('2026-12-20T12:00');
    expect(cards('石小红')).toHaveLength(1);
  });

  it('moves the date by an excuse, and takes the excuse back', async () => {
    await world.moveTo('2026-11-19T18:15');
    const card = last('石小红');
    const answer = await user('石小红').press(card, '去不了：出差');
    expect(answer.toast?.content).toBe('记下了，时间顺延到12月12日（周六）。');
    expect(world.office.q.work.excuses(id('石小红'))).toMatchObject([
      { duty: 'rugang/contact-point', reason: '出差', fromDay: '2026-11-19', toDay: '2026-11-30' },
    ]);
    await user('石小红').press(card, '点错了');
    expect(world.office.q.work.excuses(id('石小红'))).toEqual([]);
    await world.moveTo('2026-11-26T18:15');
    expect(cards('石小红')).toHaveLength(2);
  });

  it('records the visit from the card, and counts it', async () => {
    await world.moveTo('2026-11-19T18:15');
    const card = last('石小红');
    await user('石小红').press(card, '去过了，补记');
    const answer = await user('石小红').press(card, '记上', {
      form: { target: 'p:1', day: '2026-11-18', note: '张某 低保咨询' },
    });
    expect(answer.toast?.content).toBe('记上了。');
    const [visit] = world.office.q.visits.diary(id('石小红'), { limit: 5, offset: 0 });
    expect(visit).toMatchObject({
      place: '第一网格',
      note: '张某 低保咨询',
      kind: 'late',
      mode: 'home',
      happenedDay: '2026-11-18',
    });
    await world.settle();
    await user('石小红').sayPrivately('/我的');
    await world.settle();
    expect(world.sim.cardText(last('石小红'))).toContain('11月联系点2次，已去1次');
  });

  it('takes a telephone call as making up (S4-30)', async () => {
    await world.moveTo('2026-11-19T18:15');
    const card = last('石小红');
    await user('石小红').press(card, '已电话联系');
    await user('石小红').press(card, '记上', {
      form: { target: 'p:1', day: '2026-11-19', note: '问了近况' },
    });
    const [visit] = world.office.q.visits.diary(id('石小红'), { limit: 5, offset: 0 });
    expect(visit).toMatchObject({ mode: 'phone', outcome: 'met' });
    await user('石小红').sayPrivately('/我的');
    await world.settle();
    expect(world.sim.cardText(last('石小红'))).toContain('已去1次');
  });

  it('says nothing to who is on leave, and comes by the moved date', async () => {
    await user('石小红').sayPrivately('/请假 11-19至11-27 出差');
    await world.settle();
    const before = cards('石小红').length;
    await world.moveTo('2026-11-28T12:00');
    expect(cards('石小红')).toHaveLength(before);
    // Nine days lost: due 9 December, so the 30th and the 7th are its days.
    await world.moveTo('2026-11-30T18:15');
    expect(cards('石小红')).toHaveLength(before + 1);
    expect(world.sim.cardText(last('石小红'))).toContain('12月9日（周三）当天去也算。');
    await world.moveTo('2026-12-08T12:00');
    expect(cards('石小红')).toHaveLength(before + 2);
  });

  it("comes at one's own time", async () => {
    await user('石小红').sayPrivately('/我的');
    await world.settle();
    const card = last('石小红');
    await user('石小红').press(card, '几点提醒我');
    await user('石小红').press(card, '就这个时间', { form: { time: '08:30' } });
    await world.moveTo('2026-11-19T08:25');
    expect(cards('石小红')).toHaveLength(1);
    await world.moveTo('2026-11-19T18:15');
    expect(cards('石小红')).toHaveLength(2);
  });

  it('waits in quiet hours, and is dropped when all was met meanwhile', async () => {
    world.clock.set(Date.parse('2026-11-19T22:30:00+08:00'));
    await world.office.tick(world.clock.now(), 10_000);
    expect(cards('石小红')).toEqual([]);
    await user('石小红').sayPrivately('/补记 11月6日 第一网格 张某 谈心');
    await user('石小红').sayPrivately('/补记 11月12日 第一网格 张某 谈心');
    await world.settle();
    const before = cards('石小红').length;
    await world.moveTo('2026-11-20T09:00');
    expect(cards('石小红')).toHaveLength(before);
  });

  it('is held until the next working morning, not lost', async () => {
    world.clock.set(Date.parse('2026-11-19T22:30:00+08:00'));
    await world.office.tick(world.clock.now(), 10_000);
    await world.moveTo('2026-11-20T07:55');
    expect(cards('石小红')).toEqual([]);
    await world.moveTo('2026-11-20T08:01');
    expect(cards('石小红')).toHaveLength(1);
  });
});

describe('one card with all that is short', () => {
  it('names each duty with its own clause, and a household may be away', async () => {
    adopt(findPolicy('rugang'), 'rugang');
    adopt(findPolicy('xian'), 'xian');
    point('石小红');
    world.office.q.members.joinCohort(id('石小红'), '重点选派党员', '2026-01-01');
    world.household('3号楼', '张某', '石小红');
    world.household('5号楼', '李某', '石小红');
    await world.moveTo('2026-12-22T18:15');
    expect(cards('石小红').filter((text) => text.includes('12月还可以去联系点2次'))).toHaveLength(1);
    const card = last('石小红');
    const text = world.sim.cardText(card);
    expect(text).toContain('联系群众还有2项可以去做 · 12月31日（周四）前');
    expect(text).toContain('第四季度还有2户没见到');
    expect(text).toContain(
      '依据：《西安区健全党员干部直接联系服务群众常态工作机制实施方案》二、（三）2“有针对性地为每人分别安排3户作为联系服务对象，每季度深入各户至少1次”',
    );
    await user('石小红').press(card, '联系户外出');
    const household = world.office.q.households.pairingsOf(id('石小红'))[0]?.householdId;
    await user('石小红').press(card, '记下', { form: { household: `xian/paired-households#${household}` } });
    expect(world.office.q.work.excuses(id('石小红'))).toMatchObject([
      { duty: `xian/paired-households#${household}`, reason: '联系户外出' },
    ]);
    await world.settle();
    await world.moveTo('2026-12-29T18:15');
    const second = world.sim.cardText(last('石小红'));
    expect(second).toContain('12月还可以去联系点2次');
    expect(second).not.toContain('没见到');
  });
});

describe('a policy of other units, as data', () => {
  it('is spoken of without a line of src', async () => {
    adopt(
      parsePolicy({
        system: 'own',
        title: '机关干部蹲点制度',
        issuer: null,
        docNo: '测试〔2026〕1号',
        clauses: [
          {
            id: 'days',
            rule: 'own-1',
            place: '第三条',
            title: '每年蹲点不少于3天',
            quote: ['机关干部每年到村蹲点不少于3天'],
            cohort: { name: '机关干部' },
            obligation: { count: 3, unit: 'days', per: 'year', distinct: 'days' },
          },
          {
            id: 'rank',
            rule: 'own-2',
            place: '第四条',
            title: '按级别走访',
            quote: ['支部书记每年走访2户'],
            cohort: { name: '书记' },
            obligation: {
              count: null,
              byRank: { 书记: 2 },
              unit: 'households',
              per: 'year',
              distinct: 'households',
            },
          },
        ],
      }),
      'own',
      '2026-01-01',
    );
    world.office.q.members.joinCohort(id('李梅'), '机关干部', '2026-01-01');
    await user('李梅').sayPrivately('/走访 3号楼 张某 低保咨询');
    await user('李梅').sayPrivately('/我的');
    await user('贺立').sayPrivately('/我的');
    await world.settle();
    expect(world.sim.cardText(last('李梅'))).toContain('2026年3天，已');
    expect(world.sim.cardText(last('贺立'))).toContain('2026年2户');
    await world.moveTo('2026-12-22T18:15');
    expect(world.sim.cardText(last('李梅'))).toContain('每年蹲点不少于3天：2026年还差2天');
    expect(world.sim.cardText(last('李梅'))).toContain(
      '依据：《机关干部蹲点制度》第三条“机关干部每年到村蹲点不少于3天”',
    );
    expect(world.sim.cardText(last('贺立'))).toContain('按级别走访：2026年还差2户');
  });
});

describe('without adoption', () => {
  it('nobody owes and nobody is reminded', async () => {
    point('石小红');
    await world.moveTo('2026-12-31T20:00');
    expect(cards('石小红')).toEqual([]);
    expect(world.office.nextDue(world.clock.now())).toBeNull();
  });
});
