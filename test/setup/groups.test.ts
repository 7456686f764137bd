import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SimUser } from '../simulators/feishu/index.ts';
import { createTown, type Town } from './town.ts';

let town: Town;
beforeEach(async () => {
  town = await createTown();
});
afterEach(async () => {
  expect(town.sim.complaints).toEqual([]);
  await town.close();
});

async function join(name: string, members: SimUser[], external = false): Promise<string> {
  const group = town.sim.addGroup({ name, members, external });
  await town.sim.addBotTo(group, members[0] as SimUser);
  await town.calm();
  return group;
}

const joined = (group: string) => {
  const card = town.sim.chat(group).lastCard();
  if (!card) throw new Error('no card');
  return card;
};
const memberOf = (user: SimUser) =>
  town.office.q.members.byIdentity(town.connection, user.openId)?.member.name;
const bound = (group: string) => town.office.q.chats.find(town.connection, group);

describe('a group is joined and claimed', () => {
  it('greets, is claimed by the secretary whom only the roster knows, and matches the people by name', async () => {
    town.row('贺立', '第一支部', ['党员', '书记']);
    town.row('石小红', '第一支部');
    town.row('李梅', '第一支部');
    town.row('李梅', '梧桐社区', ['网格员']);
    const [secretary, member, double, nobody] = ['贺立', '石小红', '李梅', '吕晓'].map((name) =>
      town.sim.addUser({ name }),
    ) as [SimUser, SimUser, SimUser, SimUser];
    const group = await join('第一支部工作群', [secretary, member, double, nobody]);
    expect(town.sim.cardText(joined(group))).toContain('看到“已记”才算记上');

    const press = await secretary.press(joined(group), '我是书记，认领本群');
    expect(press.toast?.content).toContain('正在和名册核对');
    await town.later();
    expect(memberOf(secretary)).toBe('贺立');
    expect(town.said(secretary)).not.toContain('还不在');
    const form = town.card(secretary);
    expect(town.sim.cardText(form)).toContain('认领“第一支部工作群”');
    const done = await secretary.press(form, '认领', { form: { org: '第一支部' } });
    expect(JSON.stringify(done.card)).toContain('已认领');
    await town.calm();
    expect(bound(group)).toMatchObject({ orgId: town.orgs.第一支部, purpose: 'work' });
    expect(town.sim.chat(group).texts().at(-1)).toContain('本群已认领为“第一支部”的工作群');
    expect(memberOf(member)).toBe('石小红');

    const people = town.card(secretary);
    expect(town.sim.cardText(people)).toContain('第一支部工作群有2人没对上名册');
    expect(town.sim.cardText(people)).not.toContain('石小红 ·');
    const saved = await secretary
      .press(people, '保存', { form: { p0: '李梅 · 网格员 · 梧桐社区', p1: '居民志愿者' } })
      .catch((error: Error) => error);
    expect(saved).not.toBeInstanceOf(Error);
    await town.calm();
    expect(memberOf(nobody)).toBe('吕晓');
    expect(
      town.office.q.roster.held(
        town.office.q.members.byIdentity(town.connection, nobody.openId)?.member.id ?? 0,
      ),
    ).toMatchObject([{ role: '居民志愿者' }]);
  });

  it('tells the administrator when a name alone gave somebody a say, and he can undo it', async () => {
    town.row('贺立', '第一支部', ['党员', '书记']);
    const secretary = town.sim.addUser({ name: '贺立' });
    const group = await join('第一支部工作群', [secretary]);
    await secretary.say(group, '/绑定');
    await town.later();
    const { 于洋: administrator } = town.users;
    if (!administrator) throw new Error('nobody');
    expect(town.sim.cardText(town.card(administrator))).toContain(
      '贺立 · 党员、书记 · 第一支部的账号已对上名册',
    );
    await administrator.press(town.card(administrator), '不是本人，取消');
    expect(memberOf(secretary)).toBeUndefined();
  });

  it('does not take a member of the same name for a secretary', async () => {
    town.row('石小红', '第一支部');
    const member = town.sim.addUser({ name: '石小红' });
    const group = await join('第一支部工作群', [member]);
    await member.press(joined(group), '我是书记，认领本群');
    await town.later();
    expect(memberOf(member)).toBeUndefined();
    expect(town.said(member)).toContain('您还不在名册里。这条我先存着');
    expect(bound(group)?.orgId).toBeNull();
  });

  it('is not claimed by a member without the right', async () => {
    const member = town.person('石小红', '第一支部');
    const group = await join('第一支部工作群', [member]);
    const press = await member.press(joined(group), '我是书记，认领本群');
    expect(press.toast?.content).toBe('认领本群请书记或管理员来点。');
  });
});

describe('binding', () => {
  it('refuses an external group', async () => {
    const secretary = town.person('贺立', '第一支部', ['党员', '书记']);
    const group = await join('街坊群', [secretary], true);
    expect(town.sim.chat(group).texts()).toEqual([expect.stringContaining('这是外部群')]);
    await secretary.say(group, '/绑定');
    await town.calm();
    expect(bound(group)?.orgId).toBeNull();
    expect(town.sim.chat(group).texts()).toHaveLength(1);
  });

  it('of a residents’ group gets no worker card and does not look its people up', async () => {
    const secretary = town.person('贺立', '第一支部', ['党员', '书记']);
    town.row('田桂兰', '第一支部');
    const resident = town.sim.addUser({ name: '田桂兰' });
    const group = await join('梧桐家园居民群', [secretary, resident]);
    await secretary.say(group, '/绑定 第一支部 居民群');
    await town.calm();
    expect(town.sim.chat(group).texts().at(-1)).toContain('本群已登记为居民群');
    expect(memberOf(resident)).toBeUndefined();
    const before = town.sim.chat(group).messages.length;
    await resident.say(group, '/诉求 3号楼 楼道灯不亮', { mentionBot: true });
    await secretary.say(group, '/诉求 6号楼 陈奶奶 楼道灯不亮');
    await town.calm();
    expect(town.sim.chat(group).messages).toHaveLength(before);
    expect(town.said(resident)).toContain('请打社区电话0000-8001');
    expect(town.office.q.strangers.waiting(town.connection, resident.openId)).toEqual([]);
  });

  it('asks before a bound group changes hands, and unbinding too', async () => {
    const secretary = town.person('贺立', '第一支部', ['党员', '书记']);
    const above = town.person('唐慧', '梧桐社区', ['书记']);
    const group = await join('工作群', [secretary, above]);
    await secretary.say(group, '/绑定 第一支部 工作群');
    await above.say(group, '/绑定');
    await town.calm();
    await above.press(town.card(above), '认领', { form: { org: '梧桐社区' } });
    expect(bound(group)?.orgId).toBe(town.orgs.第一支部);
    expect(town.sim.cardText(town.card(above))).toContain('要改吗');
    await above.press(town.card(above), '改');
    expect(bound(group)?.orgId).toBe(town.orgs.梧桐社区);
    await secretary.say(group, '/绑定 第一支部');
    await town.calm();
    expect(town.said(secretary)).toContain('本群已由梧桐社区认领，请先让那边解绑。');
    await above.say(group, '/解绑');
    await town.calm();
    await above.press(town.card(above), '解除');
    await town.calm();
    expect(bound(group)?.purpose).toBeNull();
    expect(town.sim.chat(group).texts().at(-1)).toBe('本群已解除认领，不再发清单。');
  });

  it('forgets a group it was put out of, and speaks there again when it comes back', async () => {
    const secretary = town.person('贺立', '第一支部', ['党员', '书记']);
    const group = await join('工作群', [secretary]);
    await secretary.say(group, '/绑定 第一支部 工作群');
    await town.calm();
    await town.sim.removeBotFrom(group, secretary);
    expect(bound(group)?.goneAt).not.toBeNull();
    await town.sim.addBotTo(group, secretary);
    await town.calm();
    expect(bound(group)).toMatchObject({ goneAt: null, purpose: 'work' });
    expect(town.sim.chat(group).texts().at(-1)).toContain('本群已认领为“第一支部”的工作群');
  });
});
