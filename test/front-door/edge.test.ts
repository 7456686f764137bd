import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorld, type World } from '../helpers/world.ts';
import type { SimUser } from '../simulators/feishu/index.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld({ jobs: [] });
});
afterEach(async () => {
  expect(world.sim.complaints).toEqual([]);
  await world.close();
});
function user(name: string): SimUser {
  const found = world.users[name];
  if (!found) throw new Error(name);
  return found;
}
const group = () => world.sim.chat(world.group).texts();
const visits = () => world.office.q.visits.diary(world.members.石小红 ?? 0, { limit: 20, offset: 0 });

describe('what is a command (decision 4)', () => {
  it.each(['/走访', '／走访', '、走访'])('hears %s in a group', async (head) => {
    await user('石小红').say(world.group, `${head} 3号楼 张某 低保咨询`);
    await world.settle();
    expect(group()).toEqual(['已记 · 3号楼 1户']);
  });

  it('hears a line without a slash that @s the bot', async () => {
    await user('石小红').say(world.group, '走访 ３号楼 张某 低保咨询', { mentionBot: true });
    await world.settle();
    expect(group()).toEqual(['已记 · 3号楼 1户']);
    expect(visits()[0]).toMatchObject({ place: '3号楼', person: '张某' });
  });

  it('reads a rich post as it reads text', async () => {
    await user('石小红').say(world.group, '/走访 3号楼 张某 低保咨询', { type: 'post' });
    await world.settle();
    expect(visits()[0]).toMatchObject({ place: '3号楼', person: '张某', note: '低保咨询' });
  });

  it('takes a homophone, says so, and forgets far misspellings', async () => {
    await user('石小红').say(world.group, '/走坊 3号楼 张某 低保咨询');
    await user('石小红').say(world.group, '/你好啊 3号楼');
    await world.settle();
    expect(group()).toEqual(['已记 · 3号楼 1户']);
    const card = world.sim.private(user('石小红')).lastCard();
    expect(card && world.sim.cardText(card)).toContain('按“走访”记了');
  });

  it('ignores a bare picture in a group, and answers one in private', async () => {
    await user('石小红').say(world.group, '', { type: 'image' });
    await world.settle();
    expect(world.sim.messages).toEqual([]);
    expect(world.office.q.outbox.open(world.clock.now())).toBe(0);
  });

  it('says kindly that there is no checking in', async () => {
    await user('石小红').sayPrivately('签到');
    await world.settle();
    expect(world.sim.private(user('石小红')).texts().at(-1)).toContain('这里不打卡、不签到');
    await user('石小红').say(world.group, '/打卡');
    await user('石小红').say(world.group, '打卡了吗');
    await world.settle();
    expect(group()).toHaveLength(1);
    expect(group()[0]).toContain('没有积分排名');
  });
});

describe('private chat', () => {
  it('asks what a plain line is to be, and needs nothing typed again', async () => {
    await user('石小红').sayPrivately('3号楼张某家的低保材料缺户口本');
    await world.settle();
    const card = world.sim.private(user('石小红')).lastCard();
    if (!card) throw new Error('no card');
    expect(world.sim.cardText(card)).toContain('记成走访，还是诉求？');
    await user('石小红').press(card, '记成走访');
    await user('石小红').press(card, '记成走访');
    await world.settle();
    expect(visits()).toHaveLength(1);
    expect(visits()[0]?.note).toContain('户口本');
  });

  it('takes the bot menu for a line', async () => {
    await user('石小红').menu('待我办');
    await user('石小红').menu('帮助');
    await user('石小红').menu('记走访');
    await world.settle();
    const seen = world.sim
      .private(user('石小红'))
      .messages.map((message) => JSON.stringify(message.content))
      .join();
    expect(seen).toContain('您可以这样用');
    expect(seen).toContain('一句话就行');
    expect(seen).toContain('我的');
  });

  it('shows a member five commands, and what else on a tap', async () => {
    await user('石小红').sayPrivately('帮助');
    await world.settle();
    const card = world.sim.private(user('石小红')).lastCard();
    if (!card) throw new Error('no card');
    expect(world.sim.cardText(card).match(/^.*\/\S+/gm)?.length).toBeLessThanOrEqual(5);
    await user('石小红').press(card, '还能做什么');
    await world.settle();
    const more = world.sim.private(user('石小红')).lastCard();
    const text = more ? world.sim.cardText(more) : '';
    expect(text).toContain('/补访');
    expect(text).not.toContain('/绑定');
  });

  it('shows who decides and who handles what is theirs', async () => {
    world.person('罗建', '物业办', ['承办联系人']);
    for (const name of ['贺立', '罗建']) await user(name).sayPrivately('帮助');
    await world.settle();
    const seen = (name: string) => {
      const card = world.sim.private(user(name)).lastCard();
      return card ? world.sim.cardText(card) : '';
    };
    expect(seen('贺立')).toContain('研判');
    expect(seen('贺立')).toContain('/名册');
    expect(seen('罗建')).toContain('/办理 128');
    expect(seen('罗建')).not.toContain('/走访');
  });
});
