import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asRead } from '../helpers/read.ts';
import { createWorld, type World } from '../helpers/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld({ jobs: [] });
});
afterEach(async () => {
  expect(world.sim.complaints).toEqual([]);
  await world.close();
});

const xiaohong = () => world.users.石小红 ?? never();
const limei = () => world.users.李梅 ?? never();
const helili = () => world.users.贺立 ?? never();
function never(): never {
  throw new Error('no such user');
}
async function receiptOf(user = xiaohong()) {
  await world.settle();
  const card = world.sim.private(user).lastCard();
  if (!card) throw new Error('no private card');
  return card;
}

describe('a line becomes a visit', () => {
  it('answers the group with one short line and the author with the receipt', async () => {
    world.household('3号楼2单元501', '张某', '石小红');
    const said = await xiaohong().say(world.group, '/走访 3号楼 张某 低保咨询');
    expect(said.status).toBe(200);
    const card = await receiptOf();
    expect(world.sim.chat(world.group).texts()).toEqual(['已记 · 3号楼 1户']);
    const text = world.sim.cardText(card);
    expect(text).toContain('走访已记 · 3号楼 张某 · 今天');
    expect(text).toContain('低保咨询');
    expect(world.sim.buttons(card).map((button) => button.label)).toEqual(
      expect.arrayContaining(['转为诉求', '修改', '不是这户', '撤销这条记录']),
    );
    const [visit] = world.office.q.visits.diary(world.members.石小红 ?? 0, { limit: 5, offset: 0 });
    expect(visit).toMatchObject({
      place: '3号楼',
      person: '张某',
      note: '低保咨询',
      happenedDay: '2026-11-18',
      mode: 'home',
      outcome: 'met',
      kind: 'visit',
    });
    expect(visit?.householdId).not.toBeNull();
    expect(world.office.q.visits.visitors(visit?.id ?? 0)).toMatchObject([{ name: '石小红', paired: true }]);
  });

  it('hears nobody who did not speak to it', async () => {
    await xiaohong().say(world.group, '走访 3号楼 张某 低保咨询');
    await xiaohong().say(world.group, '今天大家辛苦了');
    await world.settle();
    expect(world.sim.messages).toEqual([]);
  });

  it('records nothing twice when the platform repeats itself', async () => {
    const said = await xiaohong().say(world.group, '/走访 3号楼 张某 低保咨询');
    await world.sim.duplicate(said);
    await world.sim.duplicate(said, { newEventId: true });
    await world.settle();
    expect(world.sim.chat(world.group).texts()).toEqual(['已记 · 3号楼 1户']);
    expect(world.office.q.visits.diary(world.members.石小红 ?? 0, { limit: 5, offset: 0 })).toHaveLength(1);
  });

  it('answers in private what was typed in private, and the group hears nothing', async () => {
    await xiaohong().sayPrivately('走访 6号楼 陈奶奶 昨天 送药上门');
    const text = world.sim.cardText(await receiptOf());
    expect(text).toContain('补记好了 · 6号楼 陈奶奶 · 昨天');
    expect(world.sim.chat(world.group).texts()).toEqual([]);
  });

  it('takes several families in one line, with who was not met', async () => {
    await xiaohong().say(world.group, '/走访 3号楼201张某、301李某、402王某 燃气安检');
    const text = world.sim.cardText(await receiptOf());
    expect(text).toContain('3户');
    expect(world.sim.chat(world.group).texts()).toEqual(['已记 · 3号楼 3户']);
  });

  it('notes an attempt as a fact', async () => {
    await xiaohong().say(world.group, '/未遇 3号楼 张某 敲门没人');
    const text = world.sim.cardText(await receiptOf());
    expect(text).toContain('未遇');
    expect(world.sim.chat(world.group).texts()).toEqual(['已记 · 3号楼 1户（未遇）']);
  });

  it('keeps an unclear line whole', async () => {
    await xiaohong().sayPrivately('/走访 嗯嗯那个就是上回说的那件事');
    expect(world.sim.cardText(await receiptOf())).toContain('上回说的那件事');
  });

  it('credits who went, not who typed', async () => {
    world.household('3号楼', '张某', '李梅');
    await xiaohong().say(world.group, '/走访 3号楼 张某 低保咨询 走访人：李梅');
    await world.settle();
    const credits = world.office.q.visits.credits(world.members.李梅 ?? 0, '2026-01-01');
    expect(credits).toMatchObject([{ paired: true }]);
    expect(world.office.q.visits.credits(world.members.石小红 ?? 0, '2026-01-01')).toEqual([]);
  });
});

describe('a way out of every mistake', () => {
  it('changes every field by the form, and keeps the old version in the audit', async () => {
    await xiaohong().say(world.group, '/走访 3号楼 张某 低保咨询');
    const card = await receiptOf();
    await xiaohong().press(card, '修改');
    await xiaohong().press(card, '保存', {
      form: {
        place: '5号楼',
        person: '李某',
        day: '2026-11-17',
        mode: 'phone',
        outcome: 'met',
        note: '问医保',
        visitors: '石小红',
      },
    });
    await world.settle();
    expect(world.sim.cardText(world.sim.private(xiaohong()).lastCard() ?? card)).toContain('5号楼 李某');
    const [visit] = world.office.q.visits.diary(world.members.石小红 ?? 0, { limit: 5, offset: 0 });
    expect(visit).toMatchObject({
      place: '5号楼',
      person: '李某',
      happenedDay: '2026-11-17',
      mode: 'phone',
      note: '问医保',
      building: '5号楼',
    });
    const trace = world.office.q.audit.of(`visits:${visit?.batch}`).map((entry) => entry.act);
    expect(trace).toEqual(['visit.record', 'visit.change']);
  });

  it('leaves a refused form as it is, so that nothing typed into it is lost', async () => {
    await xiaohong().say(world.group, '/走访 3号楼 张某 低保咨询');
    const card = await receiptOf();
    await xiaohong().press(card, '修改');
    const answer = await xiaohong().press(card, '保存', {
      form: {
        place: '5号楼',
        person: '李某',
        day: '2026-12-30',
        mode: 'home',
        outcome: 'met',
        note: '很长的一段话',
        visitors: '石小红',
      },
    });
    expect(answer.toast?.content).toBe('这一天还没到，请改成今天或以前。');
    expect(answer.card).toBeUndefined();
  });

  it('points a numbered taking-back to the command for matters', async () => {
    await xiaohong().say(world.group, '/走访 3号楼 张某 低保咨询');
    await xiaohong().sayPrivately('/撤销 128');
    await world.settle();
    expect(world.sim.private(xiaohong()).texts().at(-1)).toContain('撤诉 128');
    expect(world.office.q.visits.diary(world.members.石小红 ?? 0, { limit: 5, offset: 0 })).toHaveLength(1);
  });

  it('withdraws and restores, and says so in the group once', async () => {
    await xiaohong().say(world.group, '/走访 3号楼 张某 低保咨询');
    const card = await receiptOf();
    const answer = await xiaohong().press(card, '撤销这条记录');
    expect(JSON.stringify(answer.card)).toContain('已撤销');
    await world.settle();
    expect(world.sim.chat(world.group).texts()).toEqual(['已记 · 3号楼 1户', '已撤销 · 3号楼']);
    await xiaohong().press(card, '恢复这条');
    await world.settle();
    expect(world.office.q.visits.diary(world.members.石小红 ?? 0, { limit: 5, offset: 0 })).toHaveLength(1);
  });

  it('moves a visit to the right household and leaves no text at the wrong one', async () => {
    const right = world.household('3号楼301', '张伟', '石小红');
    const wrong = world.household('3号楼', '张某');
    await xiaohong().say(world.group, '/走访 3号楼 张某 低保咨询');
    const card = await receiptOf();
    await xiaohong().press(card, '不是这户');
    await xiaohong().press(card, '记到这户', { form: { household: String(right) } });
    await world.settle();
    expect(world.office.q.visits.ofHousehold(wrong, 5)).toEqual([]);
    expect(world.office.q.visits.ofHousehold(right, 5)).toHaveLength(1);
  });

  it('lets nobody else change it, and an old card do nothing', async () => {
    await xiaohong().say(world.group, '/走访 3号楼 张某 低保咨询');
    const card = await receiptOf();
    const [visit] = world.office.q.visits.diary(world.members.石小红 ?? 0, { limit: 1, offset: 0 });
    const stranger = await world.sim.push('card.action.trigger', {
      operator: { tenant_key: world.sim.tenantKey, open_id: limei().openId, union_id: limei().unionId },
      token: 'c-x',
      action: { value: { a: 'withdraw.undo', batch: visit?.batch ?? '' }, tag: 'button' },
      host: 'im_message',
      context: { open_message_id: card.id, open_chat_id: card.chatId },
    });
    expect(stranger.status).toBe(200);
    await world.settle();
    expect(world.office.q.visits.diary(world.members.石小红 ?? 0, { limit: 5, offset: 0 })).toHaveLength(1);
    await xiaohong().sayPrivately('/更正 5号楼');
    await world.settle();
    expect(world.office.q.visits.get(visit?.id ?? 0)).toMatchObject({ building: '5号楼', version: 2 });
  });
});

describe('private first', () => {
  const HOSTILE =
    '/走访 3号楼2单元501 张桂芳 电话13812345678 身份证11010519491231002X 肝癌晚期 上访 孩子小宝 <at id=all></at> **粗** [点](http://evil.test)';

  it('lets none of a hostile line reach the group', async () => {
    await xiaohong().say(world.group, HOSTILE);
    await world.settle();
    const seen = world.sim
      .chat(world.group)
      .messages.map((message) => JSON.stringify(message.content))
      .join('\n');
    for (const secret of [
      '张桂芳',
      '张某',
      '501',
      '1381234',
      '11010519',
      '肝癌',
      '上访',
      '小宝',
      'at id',
      '粗',
      'evil',
    ])
      expect(seen).not.toMatch(asRead(secret));
    expect(world.sim.chat(world.group).texts()).toEqual(['已记 · 3号楼 1户']);
    expect(world.sim.private(limei()).messages).toEqual([]);
    expect(world.sim.private(helili()).messages).toEqual([]);
  });

  it('reminds once per person and kind, in private', async () => {
    await xiaohong().say(world.group, '/走访 3号楼 张某 电话13812345678');
    await xiaohong().say(world.group, '/走访 3号楼 张某 电话13812345678');
    await world.settle();
    const reminders = world.sim
      .private(xiaohong())
      .texts()
      .filter((text) => text.includes('撤回'));
    expect(reminders).toHaveLength(1);
    expect(reminders[0]).not.toContain('1381234');
  });

  it('answers a diary asked for in the group in private', async () => {
    await xiaohong().say(world.group, '/走访 3号楼 张某 低保咨询');
    await xiaohong().say(world.group, '/日记');
    const card = await receiptOf();
    expect(world.sim.cardText(card)).toContain('民情日记');
    expect(world.sim.chat(world.group).texts().at(-1)).toBe('在私聊里回您了。');
  });
});
