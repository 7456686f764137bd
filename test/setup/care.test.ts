import { afterEach, beforeEach, expect, it } from 'vitest';
import { createWorld, type World } from '../helpers/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld({ jobs: [] });
  world.orgs.root = world.orgs.梧桐街道 ?? 0;
  world.person('于洋', '梧桐街道', ['管理员']);
});
afterEach(async () => {
  await world.close();
});

const user = (name: string) => {
  const found = world.users[name];
  if (!found) throw new Error(`no ${name}`);
  return found;
};

it('shows an administrator what did not go out, without its words, and sends it again as a new message', async () => {
  world.sim.setReachable(user('石小红'), 'unavailable');
  await user('石小红').say(world.group, '/走访 3号楼 张某 低保咨询');
  await world.settle();
  const told = world.sim.private(user('于洋')).lastCard();
  if (!told) throw new Error('not told');
  expect(world.sim.cardText(told)).toContain('有1条消息没发成');
  expect(world.sim.cardText(told)).toContain('没发出 · 回话 · 发给一个人');
  expect(world.sim.cardText(told)).not.toMatch(/张某|低保|石小红/);

  world.sim.setReachable(user('石小红'), 'ok');
  const [row] = world.office.q.outbox.inState(['dead']);
  await user('于洋').press(told, '确定', { form: { message: 'all', how: '重发' } });
  await world.settle();
  expect(world.sim.private(user('石小红')).texts().join()).toContain('走访已记 · 3号楼 张某');
  expect(world.office.q.outbox.inState(['dead', 'uncertain'])).toEqual([]);
  expect(world.office.q.outbox.get(row?.id ?? 0)?.state).toBe('dropped');
  const now = world.sim.private(user('于洋')).lastCard();
  expect(now && world.sim.cardText(now)).toContain('消息都发出去了');
});

it('lets nobody else look or act', async () => {
  world.sim.setReachable(user('石小红'), 'unavailable');
  await user('石小红').say(world.group, '/走访 3号楼 张某 低保咨询');
  await world.settle();
  await user('贺立').sayPrivately('/没发出去');
  await world.settle();
  expect(world.sim.private(user('贺立')).texts().at(-1)).toContain('暂时用不上');
  const [row] = world.office.q.outbox.inState(['dead']);
  const forged = await world.office.deliver({
    kind: 'action',
    connection: world.connection,
    dedupeKey: 'evt:forged',
    at: world.clock.now(),
    chat: { id: '', type: 'p2p' },
    messageId: 'om_forged',
    sender: { id: user('贺立').openId },
    action: 'care.resend',
    value: { id: row?.id ?? 0 },
    form: {},
  });
  expect(forged.toast?.text).toBe('这由管理员来办。');
  expect(world.office.q.outbox.get(row?.id ?? 0)?.state).toBe('dead');
});
