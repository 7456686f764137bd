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
const issue = (id = 1) => world.office.q.issues.get(id) ?? never();
const texts = (name: string) => world.sim.private(user(name)).texts().join('\n');
const card = (name: string) => world.sim.private(user(name)).lastCard() ?? never();

async function said(name: string, text: string): Promise<SimMessage> {
  const typed = await user(name).say(world.group, text);
  await world.settle();
  return world.sim.allMessages.find((each) => each.id === typed.messageId) ?? never();
}
const report = (name = '石小红', building = 6) =>
  said(name, `/诉求 ${building}号楼 陈奶奶 楼道灯坏了三天没人修`);
async function recall(name: string, message: SimMessage, minutes = 0): Promise<void> {
  world.clock.set(world.clock.now() + minutes * 60_000);
  await user(name).recall(message);
  await world.settle();
}
const STANDS = '诉求已经立了，撤回消息不会撤掉它。群众说不用办了，请发：撤诉 1 群众说不用了';

describe('taking back a /诉求', () => {
  it('withdraws the matter within ten minutes, with its trace, and says so', async () => {
    const message = await report();
    await recall('石小红', message, 9);
    expect(issue()).toMatchObject({ state: 'closed', closeKind: 'withdrawn', result: '报的人撤回了原消息' });
    expect(texts('石小红')).toContain('第1号随消息撤回了，不再办。还要办的话，请再发一次。');
    expect(world.sim.cardText(card('贺立'))).toContain('已撤回');
    expect(world.sim.chat(world.group).texts().join()).toContain('已撤回');
    const [trace] = world.store.db.all<{ actor_id: number }>(
      `select actor_id from audit where act = 'issue.withdraw'` as never,
    );
    expect(trace).toEqual({ actor_id: world.members.石小红 });
    expect(world.office.q.issues.steps(1).at(-1)).toMatchObject({
      act: 'withdraw',
      actorId: world.members.石小红,
    });
    expect(world.office.q.audit.verify()).toBeNull();
  });

  it('withdraws the very one, also of two that came at the same moment', async () => {
    await report('石小红', 6);
    const second = await report('石小红', 7);
    await recall('石小红', second);
    expect([issue(1).state, issue(2).state]).toEqual(['reported', 'closed']);
  });

  it('does so for a secretary who reported it himself', async () => {
    const message = await report('贺立');
    await recall('贺立', message);
    expect(issue().state).toBe('closed');
  });

  it('says so once, however often it is pushed', async () => {
    const message = await report();
    await recall('石小红', message);
    const [event] = world.sim.events.filter((each) => each.eventType === 'im.message.recalled_v1');
    await world.sim.duplicate(event?.eventId ?? '', { newEventId: true });
    await world.settle();
    expect(texts('石小红').match(/第1号随消息撤回了/g)).toHaveLength(1);
  });

  it('leaves it after ten minutes, and says how it ends', async () => {
    const message = await report();
    await recall('石小红', message, 11);
    expect(issue().state).toBe('reported');
    expect(texts('石小红')).toContain(STANDS);
  });

  it.each([
    ['it was decided', '按建议办'],
    ['somebody else put it right', '是急事'],
  ])('leaves it when %s', async (_, label) => {
    const message = await report();
    await user('贺立').press(card('贺立'), label);
    await recall('石小红', message);
    expect(issue().closedAt).toBeNull();
    expect(texts('石小红')).toContain(STANDS);
  });

  it('leaves it when somebody with power over the group took the message away', async () => {
    const message = await report();
    await recall('贺立', message);
    expect(issue().state).toBe('reported');
  });

  it('means nothing for a line that only opened it', async () => {
    await report();
    await recall('石小红', await said('石小红', '/诉求 1'));
    expect(issue().state).toBe('reported');
    expect(texts('石小红')).not.toContain('撤诉');
  });
});
