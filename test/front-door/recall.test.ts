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

const LINE = '/走访 3号楼 张某 低保咨询';
const user = (name: string): SimUser => world.users[name] ?? never();
const never = (): never => {
  throw new Error('nothing there');
};
const standing = (name = '石小红') =>
  world.office.q.visits.diary(world.members[name] ?? 0, { limit: 9, offset: 0 });
const group = () => world.sim.chat(world.group).texts();
const texts = (who: SimUser) => world.sim.private(who).texts().join('\n');
const pushes = () => world.sim.events.filter((event) => event.eventType === 'im.message.recalled_v1');

async function visited(text = LINE): Promise<SimMessage> {
  const said = await user('石小红').say(world.group, text);
  await world.settle();
  return world.sim.allMessages.find((each) => each.id === said.messageId) ?? never();
}

describe('taking back a line of visits', () => {
  it('withdraws the visit, takes our line out of the group, turns the card, leaves a trace', async () => {
    const message = await visited();
    expect(group()).toEqual(['已记 · 3号楼 1户']);
    const [before] = standing();
    expect(await user('石小红').recall(message)).toMatchObject({ acked: true });
    await world.settle();
    expect(standing()).toEqual([]);
    expect(group()).toEqual([]);
    const card = world.sim.private(user('石小红')).lastCard() ?? never();
    expect(world.sim.cardText(card)).toContain('已撤销 · 3号楼 张某');
    const [trace] = world.store.db.all<{ act: string; subject: string; actor_id: number }>(
      `select act, subject, actor_id from audit where act = 'visit.withdraw'` as never,
    );
    expect(trace).toEqual({
      act: 'visit.withdraw',
      subject: `visits:${before?.batch}`,
      actor_id: world.members.石小红,
    });
    expect((await user('石小红').press(card, '恢复这条')).toast?.content).toBe('已恢复。');
    expect(standing()).toHaveLength(1);
  });

  it('does it once, however often and under whatever event id it is pushed', async () => {
    const message = await visited();
    await user('石小红').recall(message);
    await world.settle();
    const card = world.sim.private(user('石小红')).lastCard() ?? never();
    await user('石小红').press(card, '恢复这条');
    const [event] = pushes();
    await world.sim.duplicate(event?.eventId ?? '');
    await world.sim.duplicate(event?.eventId ?? '', { newEventId: true });
    await world.settle();
    expect(standing()).toHaveLength(1);
  });

  it('lets a line that was taken back before it came leave nothing', async () => {
    await world.sim.push('im.message.recalled_v1', {
      message_id: 'om_late',
      chat_id: world.group,
      recall_time: String(world.clock.now()),
      recall_type: 'message_owner',
    });
    expect(await user('石小红').say(world.group, LINE, { messageId: 'om_late' })).toMatchObject({
      acked: true,
    });
    await world.settle();
    expect(standing()).toEqual([]);
    expect(world.sim.messages).toEqual([]);
  });

  it('keeps the record when the owner of the group took the message away, and tells the author', async () => {
    const message = await visited();
    await user('贺立').recall(message);
    await world.settle();
    expect(standing()).toHaveLength(1);
    expect(group()).toEqual(['已记 · 3号楼 1户']);
    expect(texts(user('石小红'))).toContain('被别人撤回了，记录还在');
    expect(world.sim.private(user('贺立')).messages).toEqual([]);
  });

  it('says so when a day has passed', async () => {
    const message = await visited();
    world.clock.set(world.clock.now() + 24 * 3_600_000 + 1);
    await user('石小红').recall(message);
    await world.settle();
    expect(standing()).toHaveLength(1);
    expect(texts(user('石小红'))).toContain('超过24小时');
  });

  it('does not end a matter that was born of it, and says how to', async () => {
    const message = await visited();
    const card = world.sim.private(user('石小红')).lastCard() ?? never();
    await user('石小红').press(card, '转为诉求');
    await world.settle();
    await user('石小红').recall(message);
    await world.settle();
    expect(standing()).toEqual([]);
    expect(world.office.q.issues.get(1)).toMatchObject({ number: 1, closedAt: null });
    expect(texts(user('石小红'))).toContain('由它转的第1号还在办');
    expect(texts(user('石小红'))).toContain('撤诉 1');
  });

  it('takes back all households of one line, and nothing else', async () => {
    await visited('/走访 5号楼 李某 收水费');
    const message = await visited('/走访 3号楼 张某 没人在家\n4号楼 王某 低保咨询');
    const before = standing().length;
    await user('石小红').recall(message);
    await world.settle();
    expect(before).toBeGreaterThan(2);
    expect(standing().map((visit) => visit.building)).toEqual(['5号楼']);
    expect(group()).toEqual(['已记 · 5号楼 1户']);
  });

  it('drops our line that has not gone yet', async () => {
    world.sim.fail({
      path: /messages$/,
      mode: 'error',
      status: 503,
      code: 0,
      times: Number.POSITIVE_INFINITY,
    });
    await world.office.stop();
    const said = await user('石小红').say(world.group, LINE);
    await user('石小红').recall(said.messageId ?? '');
    expect(world.store.db.all(`select state from outbox where target_type = 'chat'` as never)).toEqual([
      { state: 'dropped' },
    ]);
  });

  it('lets go of the kept line of somebody who is not in the roster', async () => {
    const stranger = world.sim.addUser({ name: '不相识' });
    const said = await stranger.sayPrivately(LINE);
    const waiting = () => world.office.q.strangers.waiting(world.connection, stranger.openId);
    expect(waiting()).toHaveLength(1);
    await stranger.recall(said.messageId ?? '');
    expect(waiting()).toEqual([]);
  });

  it('means nothing for messages that were none of ours, nor for our cards', async () => {
    const message = await visited('今天大家辛苦了');
    expect(await user('石小红').recall(message)).toMatchObject({ acked: true });
    await world.settle();
    expect(world.sim.messages).toEqual([]);
  });
});
