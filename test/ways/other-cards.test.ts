import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nudges } from '../../src/jobs/nudges.ts';
import { findPolicy } from '../../src/policies/index.ts';
import { createWorld, type World } from '../helpers/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld({ jobs: [nudges] });
  for (const name of ['石小红', '贺立', '李梅']) await tell(name, '/文字版');
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
const texts = (name: string): string[] => world.sim.private(user(name)).texts();
const last = (name: string): string => texts(name).at(-1) ?? '';
async function tell(name: string, text: string): Promise<string> {
  await user(name).sayPrivately(text);
  await world.settle();
  return last(name);
}
/** Types what the newest message that has such a line tells, and `rest` behind it. */
async function type(name: string, word: string, rest = ''): Promise<string> {
  const lines = [...texts(name)].reverse().flatMap((text) => text.split(/\n|；|：/u));
  const line = lines.find((each) => new RegExp(`^${word} (?:\\d|K)`, 'u').test(each));
  if (!line) throw new Error(`no line for ${word} in: ${last(name)}`);
  return tell(name, `${line.replace(/ 〔.*$/u, '')} ${rest}`.trim());
}
const id = (name: string) => world.members[name] ?? 0;
const pairedNow = (name: string) =>
  world.office.q.households.pairingsOf(id(name)).filter((each) => each.toDay === null);

describe('a reminder', () => {
  beforeEach(async () => {
    world.office.q.work.adopt({
      system: 'rugang',
      orgId: world.orgs.梧桐街道 ?? 0,
      policy: findPolicy('rugang'),
      fromDay: '2026-11-01',
      by: null,
      now: world.clock.now(),
    });
    world.office.q.households.addContactPoint({
      memberId: id('石小红'),
      name: '第一网格',
      kind: '网格',
      day: '2026-01-01',
    });
    await world.moveTo('2026-11-19T18:15');
    expect(last('石小红')).toContain('去过了 K');
  });

  it('is answered with a visit', async () => {
    await type('石小红', '去过了');
    await type('石小红', '记上', '第一网格 昨天 张某 低保咨询');
    const [visit] = world.office.q.visits.diary(id('石小红'), { limit: 1, offset: 0 });
    expect(visit).toMatchObject({ happenedDay: '2026-11-18' });
    expect(visit?.note).toContain('低保咨询');
  });

  it('is arranged, taken back, excused', async () => {
    expect(await type('石小红', '我来安排')).toContain('好，您来安排，这一期不再提醒。');
    expect(await type('石小红', '点错了')).toContain('收回了。');
    expect(await type('石小红', '去不了出差')).toContain('记下了：出差。');
  });

  it('comes at another time', async () => {
    await tell('石小红', '我的');
    await type('石小红', '几点提醒我');
    await type('石小红', '就这个时间', '12:10');
    expect(world.office.q.members.get(id('石小红'))?.nudgeAt).toBe('12:10');
  });
});

describe('a group', () => {
  const bound = () => world.office.q.chats.find(world.connection, world.group);

  it('is bound anew, asked for twice', async () => {
    await user('贺立').say(world.group, '/绑定');
    await world.settle();
    expect(last('贺立')).toContain('认领 K');
    await type('贺立', '认领', '第一支部 居民群');
    expect(bound()).toMatchObject({ purpose: 'work' });
    expect(last('贺立')).toContain('要改吗');
    expect(await type('贺立', '改')).toContain('已认领。');
    expect(bound()).toMatchObject({ purpose: 'residents' });
  });

  it('is let go only after a second word', async () => {
    await user('贺立').say(world.group, '/解绑');
    await world.settle();
    const asked = await type('贺立', '解除');
    expect(asked).toContain('确定就发：确定 解除 K');
    expect(bound()?.orgId).not.toBeNull();
    await tell('贺立', /确定就发：(.+)$/u.exec(asked)?.[1] ?? '');
    expect(bound()?.orgId).toBeNull();
  });
});

describe('the roster', () => {
  it('admits a stranger, and his line is replayed', async () => {
    const stranger = world.sim.addUser({ name: '王芳' });
    await world.sim.addMembers(world.group, [stranger], user('贺立'));
    await stranger.say(world.group, '/走访 3号楼 张某 低保咨询');
    await world.settle();
    world.clock.set(world.clock.now() + 3_000);
    await world.settle();
    expect(last('贺立')).toContain('王芳');
    await type('贺立', '确认', '新来的网格员');
    for (let turn = 0; turn < 20; turn += 1) {
      await world.settle();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    const known = world.office.q.members.byIdentity(world.connection, stranger.openId);
    expect(known?.member.name).toBe('王芳');
    expect(world.office.q.visits.diary(known?.member.id ?? 0, { limit: 1, offset: 0 })).toHaveLength(1);
  });

  it('takes somebody in, gives him a post', async () => {
    await tell('贺立', '名册');
    await type('贺立', '加人');
    await type('贺立', '加进名册', '王芳 网格员 13800000000');
    const [member] = world.office.q.members.named('王芳');
    expect(member).toBeDefined();
    expect(last('贺立')).toContain('王芳');
    await type('贺立', '任职免职');
    expect(last('贺立')).toContain('〔做什么〕');
  });

  it('changes a pairing', async () => {
    world.household('3号楼2单元501', '张某', '石小红');
    await tell('贺立', '/结对 石小红');
    await type('贺立', '保存', '1 李梅');
    expect(pairedNow('石小红')).toHaveLength(0);
    expect(pairedNow('李梅')).toHaveLength(1);
  });
});

describe('the rest', () => {
  it('takes leave in one line', async () => {
    await tell('石小红', '请假');
    expect(await type('石小红', '记下', '11-25至11-28 出差')).toContain('11月25日');
    expect(world.office.q.members.leaves(id('石小红'))).toMatchObject([
      { fromDay: '2026-11-25', toDay: '2026-11-28' },
    ]);
    await type('石小红', '取消请假');
    expect(last('石小红')).toContain('已取消请假');
  });

  it('says what a line was meant for', async () => {
    await tell('石小红', '3号楼张大爷家水管又漏了');
    await type('石小红', '记成走访');
    expect(world.office.q.visits.diary(id('石小红'), { limit: 1, offset: 0 })).toHaveLength(1);
  });

  it('turns pages', async () => {
    for (let turn = 0; turn < 12; turn += 1) await tell('石小红', `走访 ${turn + 1}号楼 张某 第${turn}件`);
    await tell('石小红', '日记');
    expect(await type('石小红', '下一页')).toContain('第2页');
    expect(await type('石小红', '上一页')).toContain('第1页');
  });
});
