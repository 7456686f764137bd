import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createQueries } from '../../db/queries/index.ts';
import { DAY, MINUTE } from '../../src/lib/day.ts';
import { createVault } from '../../src/lib/vault.ts';
import type { World } from '../helpers/world.ts';
import type { SimMessage } from '../simulators/feishu/types.ts';
import { openWorkerWorld, SECRET, type WorkerHost } from './host.ts';

const WEDNESDAY = Date.parse('2026-11-18T15:00:00+08:00');
const MONDAY = Date.parse('2026-11-23T08:55:00+08:00');
const CALL = { channel: 'call', answerer: 'self' };
const SEND = '/open-apis/im/v1/messages';
const patience = { timeoutMs: 30_000 };

let world: World;
let host: WorkerHost;
let file: string;

beforeAll(async () => {
  ({ world, host, file } = await openWorkerWorld(WEDNESDAY));
}, 120_000);
afterEach(() => {
  expect(world.sim.complaints).toEqual([]);
});
afterAll(async () => {
  await host?.close();
  await world?.sim.close();
});

const user = (name: string) => {
  const found = world.users[name];
  if (!found) throw new Error(`nobody is called ${name}`);
  return found;
};
const labels = (card: SimMessage) => world.sim.buttons(card).map((button) => button.label);
const say = async (name: string, text: string) => {
  const delivery = await user(name).say(world.group, text);
  expect(delivery).toMatchObject({ status: 200, body: {} });
  return delivery;
};
/** Waits for the newest private card with that button, presses it, and fills the form in if one opens. */
async function press(name: string, label: string, form?: Record<string, string>): Promise<string> {
  const card = await world.sim.waitFor(
    () => [...world.sim.private(user(name)).cards()].reverse().find((each) => labels(each).includes(label)),
    { ...patience, what: `${label} on a card of ${name}` },
  );
  let outcome = await user(name).press(card, label);
  const submit = form && labels(card).find((each) => each !== '返回');
  if (submit) outcome = await user(name).press(card, submit, { form });
  return outcome.toast?.content ?? '';
}
const group = () => world.sim.chat(world.group).texts().join('\n');
const privately = (name: string) => world.sim.private(user(name)).texts().join('\n');
const seen = (see: () => string, text: string) =>
  world.sim.waitFor(() => see().includes(text), { ...patience, what: text });
/** Moves every clock there is; an alarm that falls due rings. */
async function moveTo(at: number): Promise<number | null> {
  world.clock.set(at);
  return host.moveTo(world.connection, at);
}
/** What the object's storage holds. */
const stored = <T>(see: (q: ReturnType<typeof createQueries>) => T): T =>
  host.look(file, (store) => see(createQueries({ store, vault: createVault(SECRET) })));
const matter = (number: number) =>
  stored((q) => {
    const [head] = q.issues.numbered(number, Object.values(world.orgs));
    return head && q.issues.get(head.id);
  });
const nothingOpen = () => stored((q) => q.outbox.open(world.clock.now() + DAY) === 0);
const quiet = () => world.sim.waitFor(nothingOpen, { ...patience, what: 'an empty outbox' });

describe('the main job, in the object', () => {
  it('takes a visit: one short line in the group, the card in private', async () => {
    await say('石小红', '/走访 3号楼502 张某 低保咨询');
    await seen(group, '已记 · 3号楼 1户');
    await seen(() => privately('石小红'), '低保咨询');
  });

  it('takes a need from the line to the resident’s word', async () => {
    await say('石小红', '/诉求 6号楼 陈奶奶 楼道灯坏了三天没人修');
    await seen(group, '第1号 · 6号楼 · 公共设施');
    expect(await press('贺立', '按建议办')).toContain('已交石小红');
    await press('石小红', '已告诉群众', { channel: 'call' });
    await press('石小红', '办好了', { result: '换了声控灯', kind: 'solved', told: 'no' });
    await press('石小红', '已告诉群众', { channel: 'face' });
    await seen(() => privately('李梅'), '请您帮忙问一句');
    expect(await press('李梅', '满意', CALL)).toBe('记下了，谢谢您帮忙问这一句。');
    await seen(group, '已解决');
    await quiet();
    expect(matter(1)).toMatchObject({ state: 'closed', closeKind: 'solved', satisfaction: 'good' });
    expect(group()).not.toMatch(/陈奶奶|楼道灯|石小红/);
  });
});

describe('trouble', () => {
  it('does once what is pushed twice, under the old and under a new event id', async () => {
    const delivery = await say('石小红', '/诉求 3号楼 垃圾三天没人收');
    await seen(group, '第2号');
    await world.sim.duplicate(delivery);
    await world.sim.duplicate(delivery, { newEventId: true });
    await quiet();
    expect(matter(3)).toBeUndefined();
    expect(group().match(/第2号/g)).toHaveLength(1);
  });

  it('sends by the alarm what the platform refused, once', async () => {
    const before = world.sim.private(user('李梅')).messages.length;
    const refused = world.sim.fail({ path: SEND, mode: 'error', status: 502, code: 1, times: 1000 });
    await user('李梅').sayPrivately('/走访 3号楼502 张某 量了血压');
    await world.sim.waitFor(
      () => refused.hits > 0 && stored((q) => q.outbox.inState(['leased']).length === 0),
      patience,
    );
    refused.cancel();
    await moveTo(WEDNESDAY + 2 * MINUTE);
    await seen(() => privately('李梅'), '量了血压');
    await quiet();
    expect(world.sim.private(user('李梅')).messages).toHaveLength(before + 1);
  });

  it('sends once what arrived although its answer was lost', async () => {
    const before = world.sim.private(user('李梅')).messages.length;
    world.sim.fail({ path: SEND, mode: 'drop-after', times: 1 });
    await user('李梅').sayPrivately('/走访 3号楼502 张某 代买了药');
    await seen(() => privately('李梅'), '代买了药');
    await moveTo(WEDNESDAY + 4 * MINUTE);
    await quiet();
    const fresh = world.sim.private(user('李梅')).messages.slice(before);
    expect(fresh.map((message) => message.attempts)).toEqual([2]);
  });

  it('loses nothing and repeats nothing when it is killed between the event and the message', async () => {
    const before = world.sim.private(user('石小红')).messages.length;
    const hanging = world.sim.fail({ path: SEND, mode: 'hang', times: 1 });
    const delivery = await user('石小红').sayPrivately('/走访 3号楼502 张某 送去年货');
    expect(delivery.status).toBe(200);
    await world.sim.waitFor(() => hanging.hits > 0, patience);
    await host.stop();
    hanging.cancel();
    await host.start();
    await world.sim.duplicate(delivery);
    // The dead one's lease runs out, and the alarm of the new one finds it.
    await moveTo(WEDNESDAY + 6 * MINUTE);
    await seen(() => privately('石小红'), '送去年货');
    await quiet();
    expect(world.sim.private(user('石小红')).messages).toHaveLength(before + 1);
  });
});

describe('Monday', () => {
  it('brings the card by the alarm alone, once', async () => {
    expect(group()).not.toContain('本周清单');
    // With nothing to send the object sleeps until the next job, at most a day.
    const asleep = async () =>
      expect(await moveTo(WEDNESDAY + 7 * MINUTE)).toBeGreaterThan(WEDNESDAY + 20 * MINUTE);
    await vi.waitFor(asleep, { timeout: 30_000, interval: 200 });
    expect(await moveTo(MONDAY)).toBeLessThan(WEDNESDAY + DAY + 8 * MINUTE);
    await seen(group, '第一支部本周清单');
    await moveTo(MONDAY + 10 * MINUTE);
    await quiet();
    expect(group().match(/本周清单/g)).toHaveLength(1);
  });

  it('finds every event once in the storage, and an audit that verifies', async () => {
    await host.stop();
    expect(stored((q) => q.audit.verify())).toBeNull();
    expect(stored((q) => q.outbox.inState(['dead', 'uncertain']))).toEqual([]);
  });
});
