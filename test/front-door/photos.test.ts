import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorld, type World } from '../helpers/world.ts';
import type { SimMessage, SimUser } from '../simulators/feishu/index.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld({ jobs: [] });
});
afterEach(async () => {
  expect(world.sim.complaints).toEqual([]);
  await world.close();
});

const never = (): never => {
  throw new Error('nothing there');
};
const user = (name: string): SimUser => world.users[name] ?? never();
const rows = () => world.store.db.all(`select count from photo` as never) as { count: number }[];
const cardOf = (who = user('石小红')): SimMessage =>
  world.sim
    .private(who)
    .cards()
    .find((each) => world.sim.cardText(each).includes('3号楼')) ?? never();
const images = (who: SimUser) => world.sim.private(who).messages.filter((each) => each.msgType === 'image');

async function visited(text = '/走访 3号楼 张某 低保咨询'): Promise<SimMessage> {
  const said = await user('石小红').say(world.group, text);
  await world.settle();
  return world.sim.allMessages.find((each) => each.id === said.messageId) ?? never();
}

async function answered(to: SimMessage, who = user('石小红'), chat?: string): Promise<SimMessage> {
  const options = { type: 'image' as const, replyTo: to };
  const said = chat ? await who.say(chat, '', options) : await who.sayPrivately('', options);
  expect(said).toMatchObject({ acked: true });
  await world.settle();
  return world.sim.allMessages.find((each) => each.id === said.messageId) ?? never();
}

describe('photos of a visit', () => {
  it('stay with the visit whose card they answer, and come back to their author when asked for', async () => {
    await visited();
    const before = world.sim.messages.length;
    const picture = await answered(cardOf());
    expect(world.sim.cardText(cardOf())).toContain('照片 1 张');
    expect(world.sim.messages).toHaveLength(before);
    expect((await user('石小红').press(cardOf(), '看照片')).toast?.content).toBe('照片发到您的私聊了。');
    await world.settle();
    expect(images(user('石小红')).map((each) => each.content)).toEqual([picture.content]);
    expect(world.sim.chat(world.group).texts()).toEqual(['已记 · 3号楼 1户']);
  });

  it('may answer our line in the group or the typed line there, in silence', async () => {
    const typed = await visited();
    const line = world.sim.chat(world.group).last() ?? never();
    const before = world.sim.messages.length;
    await answered(line, user('石小红'), world.group);
    await answered(typed, user('石小红'), world.group);
    expect(world.sim.messages).toHaveLength(before);
    expect(world.sim.cardText(cardOf())).toContain('照片 2 张');
  });

  it('count every picture of one message, and the message once', async () => {
    await visited();
    const said = await user('石小红').sayPrivately('楼道里的', {
      type: 'post',
      pictures: 3,
      replyTo: cardOf(),
    });
    await world.sim.duplicate(said, { newEventId: true });
    await world.settle();
    expect(rows()).toEqual([{ count: 3 }]);
    expect(world.sim.cardText(cardOf())).toContain('照片 3 张');
    await user('石小红').press(cardOf(), '看照片');
    await world.settle();
    expect(world.sim.private(user('石小红')).last()?.msgType).toBe('post');
  });

  it('of somebody who did not go are not taken', async () => {
    await visited();
    await answered(world.sim.chat(world.group).last() ?? never(), user('李梅'), world.group);
    expect(rows()).toEqual([]);
  });

  it('are shown to nobody who may not read the visit', async () => {
    await visited();
    await answered(cardOf());
    const batch = world.office.q.visits.ofMessage(
      world.sim.allMessages.find((each) => each.from === 'user')?.id ?? '',
    )[0]?.batch;
    await user('李梅').sayPrivately('帮助');
    await world.settle();
    const answer = await world.office.deliver({
      kind: 'action',
      connection: world.connection,
      dedupeKey: 'evt:made-by-hand',
      at: world.clock.now(),
      chat: { id: 'oc_x', type: 'p2p' },
      messageId: 'om_x',
      sender: { id: user('李梅').openId },
      action: 'visit.photos',
      value: { batch: batch ?? '' },
      form: {},
    });
    expect(answer.toast?.text).toBe('这次走访的照片您看不到。');
    await world.settle();
    expect(images(user('李梅'))).toEqual([]);
  });

  it('go with the visit, and with the message that held them', async () => {
    const typed = await visited();
    const picture = await answered(cardOf());
    await user('石小红').recall(picture);
    await world.settle();
    expect(rows()).toEqual([]);
    expect(world.sim.cardText(cardOf())).not.toContain('照片');
    await answered(cardOf());
    expect(rows()).toHaveLength(1);
    await user('石小红').recall(typed);
    await world.settle();
    expect(rows()).toEqual([]);
    await answered(cardOf());
    expect(rows()).toEqual([]);
    expect(world.sim.private(user('石小红')).texts().join()).toContain('已经撤销了，照片没有留');
  });

  it('whose message is gone are said to be gone', async () => {
    await visited();
    await answered(cardOf());
    world.sim.fail({ path: /\/forward$/, mode: 'error', code: 230110 });
    await user('石小红').press(cardOf(), '看照片');
    await world.settle();
    expect(world.sim.private(user('石小红')).texts().at(-1)).toBe('这条消息已经撤回或过期，看不到了。');
  });

  it('of a family with children are not kept', async () => {
    const household = world.household('3号楼2单元501', '张某', '石小红');
    world.office.q.households.addNeed({
      householdId: household,
      label: '留守儿童',
      authorId: null,
      reason: '名册导入',
      fromDay: '2026-01-01',
      untilDay: '2027-01-01',
    });
    await visited();
    await answered(cardOf());
    expect(rows()).toEqual([]);
    expect(world.sim.private(user('石小红')).texts().join()).toContain('只记文字');
  });

  it('are never asked for: a bare picture in private is told what it is for, in a group nothing', async () => {
    await visited();
    const before = world.sim.messages.length;
    await user('石小红').say(world.group, '', { type: 'image' });
    await world.settle();
    expect(world.sim.messages).toHaveLength(before);
    await user('石小红').sayPrivately('', { type: 'image' });
    await world.settle();
    expect(world.sim.private(user('石小红')).texts().at(-1)).toContain('照片不用发');
  });

  it('give way to a command typed beside them', async () => {
    await visited();
    await user('石小红').sayPrivately('/走访 4号楼 王某 低保咨询', {
      type: 'post',
      pictures: 1,
      replyTo: cardOf(),
    });
    await world.settle();
    expect(rows()).toEqual([]);
    expect(world.office.q.visits.diary(world.members.石小红 ?? 0, { limit: 9, offset: 0 })).toHaveLength(2);
  });

  it('are forgotten after 90 days, unless the matter born of the visit is open', async () => {
    await visited();
    await answered(cardOf());
    await visited('/走访 4号楼 王某 楼道灯坏了');
    const second = world.sim.private(user('石小红')).lastCard() ?? never();
    await answered(second);
    await user('石小红').press(second, '转为诉求');
    await world.settle();
    expect(rows()).toHaveLength(2);
    world.clock.set(world.clock.now() + 91 * 86_400_000);
    await world.office.beat();
    expect(rows()).toHaveLength(1);
  });
});
