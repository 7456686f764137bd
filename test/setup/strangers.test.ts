import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SimUser } from '../simulators/feishu/index.ts';
import { createTown, type Town } from './town.ts';

let town: Town;
let secretary: SimUser;
let group: string;
beforeEach(async () => {
  town = await createTown();
  secretary = town.person('贺立', '第一支部', ['党员', '书记']);
  group = town.sim.addGroup({ name: '第一支部工作群', members: [secretary], withBot: true });
  await secretary.say(group, '/绑定 第一支部 工作群');
  await town.calm();
});
afterEach(async () => {
  expect(town.sim.complaints).toEqual([]);
  await town.close();
});

async function newcomer(name: string): Promise<SimUser> {
  const user = town.sim.addUser({ name });
  await town.sim.addMembers(group, [user], secretary);
  return user;
}
const visitsOf = (user: SimUser) => {
  const member = town.office.q.members.byIdentity(town.connection, user.openId)?.member;
  return member ? town.office.q.visits.diary(member.id, { limit: 10, offset: 0 }) : [];
};

it('keeps a stranger’s line, and on admission records it at its own time', async () => {
  const stranger = await newcomer('吕晓');
  await stranger.say(group, '/走访 3号楼 张某 低保咨询');
  await stranger.say(group, '/走访 3号楼 马大爷 昨天去的，挺好');
  await town.later();
  const replies = town.sim.private(stranger).texts();
  expect(replies).toHaveLength(1);
  expect(replies[0]).toContain(
    '您还不在第一支部的名册里。这条我先存着，书记确认后自动记上，不用重发。居民反映问题请打社区电话0000-8001。',
  );
  expect(
    town.sim
      .chat(group)
      .texts()
      .some((text) => text.startsWith('已记')),
  ).toBe(false);

  town.clock.set(town.clock.now() + 2 * 86_400_000);
  const card = town.sim
    .private(secretary)
    .cards()
    .findLast((each) => town.sim.cardText(each).includes('吕晓还没对上名册'));
  if (!card) throw new Error('no card');
  expect(town.sim.cardText(card)).toContain('发来2条');
  expect(town.sim.cardText(card)).not.toContain('低保');
  await secretary.press(card, '确认', { form: { who: '新来的网格员' } });
  await town.calm();
  const visits = visitsOf(stranger);
  expect(visits.map((visit) => visit.happenedDay).sort()).toEqual(['2026-11-17', '2026-11-18']);
  expect(
    town.sim
      .chat(group)
      .texts()
      .filter((text) => text.startsWith('已记')),
  ).toHaveLength(2);
  await stranger.say(group, '/走访 3号楼 张某 又去了一次');
  await town.calm();
  expect(visitsOf(stranger)).toHaveLength(3);
});

it('links somebody whose name is in the roster once, and runs his line', async () => {
  const user = town.sim.addUser({ name: '石小红' });
  const other = town.sim.addGroup({ name: '别处', members: [user] });
  expect(other).not.toBe(group);
  await town.sim.addMembers(group, [user], secretary);
  await town.calm();
  expect(town.said(secretary)).toContain('石小红');
  town.row('石小红', '第一支部');
  await user.say(group, '/走访 3号楼 张某 低保咨询');
  await town.later();
  expect(visitsOf(user)).toHaveLength(1);
  expect(town.sim.private(user).texts().join()).not.toContain('还不在');
});

it('fetches the name when the line carries none, and drops the reply that is no longer true', async () => {
  town.row('周强', '第一支部');
  const user = town.sim.addUser({ name: '周强' });
  // Came in while the bot was not told.
  const silent = town.sim.addGroup({ name: '第一支部二群', members: [secretary, user], withBot: true });
  const chat = town.office.q.chats.seen({
    connection: town.connection,
    externalId: silent,
    name: '第一支部二群',
  });
  town.office.q.chats.bind(chat.id, {
    purpose: 'work',
    orgId: town.orgs.第一支部 ?? 0,
    by: null,
    now: town.clock.now(),
  });
  await user.say(silent, '/走访 3号楼 张某 低保咨询');
  await town.later();
  expect(visitsOf(user)).toHaveLength(1);
  expect(town.said(user)).not.toContain('还不在');
  expect(town.said(user)).toContain('走访已记');
});

it('tells who is not ours, kindly and once, and keeps nothing of his', async () => {
  const stranger = await newcomer('路人甲');
  await stranger.say(group, '/走访 3号楼 张某 低保咨询');
  await town.later();
  const card = town.sim
    .private(secretary)
    .cards()
    .findLast((each) => town.sim.cardText(each).includes('路人甲还没对上名册'));
  if (!card) throw new Error('no card');
  await secretary.press(card, '确认', { form: { who: '不是我们这儿的' } });
  await town.calm();
  expect(town.said(stranger)).toContain('有事请打社区电话0000-8001，一样有人管');
  expect(town.office.q.strangers.waiting(town.connection, stranger.openId)).toEqual([]);
  const cards = town.sim.private(secretary).cards().length;
  town.clock.set(town.clock.now() + 86_400_000 * 2);
  await stranger.say(group, '/走访 3号楼 张某 又来');
  await town.later();
  expect(town.sim.private(secretary).cards()).toHaveLength(cards);
});

it('asks a stranger in private for his name, and the administrator to check it', async () => {
  town.row('石小红', '第一支部');
  const stranger = town.sim.addUser({ name: '小红' });
  await stranger.sayPrivately('走访 3号楼 张某 低保咨询');
  await town.calm();
  expect(town.said(stranger)).toContain('请再发一句“我是”加您的姓名');
  await stranger.sayPrivately('我是石小红');
  await town.calm();
  expect(visitsOf(stranger)).toEqual([]);
  const card = town.card(secretary);
  expect(town.sim.cardText(card)).toContain('姓名是自己报的，请核实');
  await secretary.press(card, '确认', { form: { who: '石小红 · 党员 · 第一支部' } });
  await town.calm();
  expect(visitsOf(stranger)).toHaveLength(1);
  expect(town.said(stranger)).toContain('走访已记 · 3号楼 张某');
});

it('admits only where the presser may, and only once', async () => {
  const stranger = await newcomer('吕晓');
  const member = town.person('李梅', '第一支部');
  const bound = town.office.q.chats.find(town.connection, group);
  await stranger.say(group, '/走访 3号楼 张某 低保咨询');
  await town.later();
  const card = town.sim
    .private(secretary)
    .cards()
    .findLast((each) => town.sim.cardText(each).includes('吕晓还没对上名册'));
  if (!card) throw new Error('no card');
  const forged = await town.office.deliver({
    kind: 'action',
    connection: town.connection,
    dedupeKey: 'evt:forged',
    at: town.clock.now(),
    chat: { id: '', type: 'p2p' },
    messageId: 'om_forged',
    sender: { id: member.openId },
    action: 'roster.admit',
    value: { connection: town.connection, person: stranger.openId, chat: bound?.id ?? 0 },
    form: { who: 'new:党员' },
  });
  expect(forged.toast?.text).toBe('这由书记或管理员来确认。');
  await secretary.press(card, '确认', { form: { who: '新来的党员' } });
  await town.calm();
  expect(visitsOf(stranger)).toHaveLength(1);
});
