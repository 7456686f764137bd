import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLog } from '../../../src/lib/log.ts';
import { createLostEvents, openLostEvent } from '../../../src/platforms/dingtalk/lost-events.ts';
import { parseEvent } from '../../../src/platforms/dingtalk/parse-event.ts';
import type { Inbound } from '../../../src/platforms/platform.ts';
import type { DingTalkSim } from '../../simulators/dingtalk/index.ts';
import { platformOf, setUp, to } from './outbound-kit.ts';

const LIST = '/call_back/get_call_back_failed_result';
const asked = (sim: DingTalkSim): number => sim.calls.filter(({ path }) => path === LIST).length;

/** A server that was down until DingTalk gave up: somebody joined, and somebody left. */
async function afterOutage(options: { mode?: 'webhook' | 'stream'; aesKey?: string } = {}) {
  const { sim } = await setUp({ limits: false });
  const [lin, wang] = [sim.addUser({ name: '林一' }), sim.addUser({ name: '王二' })];
  const group = sim.addGroup({ name: '第一支部', members: [lin], withBot: true });
  sim.connectHttp({
    url: 'https://lianxin.example.cn/webhook/dingtalk',
    fetch: async () => new Response('{}', { status: 503 }),
  });
  await sim.addMembers(group, [wang], lin);
  await sim.removeMembers(group, [wang], wang);
  await sim.advance(60_000);
  const platform = platformOf(sim, { aesKey: sim.aesKey, token: sim.token, ...options });
  const seen: Inbound[] = [];
  await platform.start?.(async (inbound) => {
    seen.push(inbound);
    return {};
  });
  return { sim, platform, group, wang, seen };
}

describe('events that DingTalk gave up pushing', () => {
  it('are fetched at the start, in their order, and taken for what they are', async () => {
    const { sim, group, wang, seen } = await afterOutage();
    await sim.waitFor(() => seen.length === 2);
    expect(seen).toMatchObject([
      { kind: 'membership', change: 'users-added', chat: { id: group }, users: [{ id: wang.staffId }] },
      { kind: 'membership', change: 'users-removed', chat: { id: group }, users: [{ id: wang.staffId }] },
    ]);
    expect(seen.map(({ dedupeKey }) => dedupeKey).every((key) => /^evt:.+/u.test(key))).toBe(true);
    expect(asked(sim)).toBe(1);
    expect(sim.used.calls).toBe(0);
    expect(sim.complaints).toEqual([]);
  });

  it('are not asked for where none are pushed by HTTP', async () => {
    const { sim, platform, wang } = await afterOutage({ aesKey: undefined });
    await platform.deliver(to(wang.staffId, { text: '在吗' }));
    expect([sim.private(wang).texts(), asked(sim)]).toEqual([['在吗'], 0]);
  });
});

describe('an entry of the list', () => {
  const inner = { openConversationId: 'cid1', userId: ['u1'] };
  const entry = { call_back_tag: 'chat_add_member', event_time: 1_700_000_000_000, chat_add_member: inner };
  const parse = (from: Record<string, unknown>) => {
    const { event, head } = openLostEvent(from);
    return parseEvent(event, head, { connection: 'dingtalk:d', now: 1 });
  };

  it('has the key of the push where it bears its id, else one of its own that stays', () => {
    expect(parse({ ...entry, eventId: 'e-7' }).dedupeKey).toBe('evt:e-7');
    expect(parse({ ...entry, chat_add_member: { ...inner, EventId: 'e-8' } }).dedupeKey).toBe('evt:e-8');
    expect(parse(entry).dedupeKey).toBe(parse({ ...entry }).dedupeKey);
    expect(parse({ ...entry, event_time: 1_700_000_000_001 }).dedupeKey).not.toBe(parse(entry).dedupeKey);
    expect(parse(entry)).toMatchObject({ kind: 'membership', at: 1_700_000_000_000, users: [{ id: 'u1' }] });
  });

  it('may be flat or nonsense', () => {
    expect(parse({ EventType: 'chat_quit', OpenConversationId: 'cid1', UserId: 'u2' })).toMatchObject({
      change: 'users-removed',
      users: [{ id: 'u2' }],
    });
    expect(parse({ what: 1 })).toMatchObject({ kind: 'unsupported' });
  });
});

describe('what cannot be kept at once', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const parse = (event: object, head: Parameters<typeof parseEvent>[1]) =>
    parseEvent({ ...event }, head, { connection: 'dingtalk:d', now: 1 });
  const entries = ['u1', 'u2'].map((id) => ({
    call_back_tag: 'chat_quit',
    chat_quit: { openConversationId: 'cid1', userId: [id] },
  }));

  it('is tried again until it is, for DingTalk has it no more; the list is looked at twice', async () => {
    const lists = [entries, []];
    let reads = 0;
    const lost = createLostEvents({
      read: async () => {
        reads += 1;
        return lists.shift() ?? [];
      },
      parse,
      log: silentLog,
    });
    const kept: Inbound[] = [];
    let full = true;
    lost.start(async (inbound) => {
      if (full && kept.length === 1) throw new Error('disk full');
      kept.push(inbound);
      return {};
    });
    await vi.advanceTimersByTimeAsync(3 * 60_000);
    expect(kept).toHaveLength(1);
    full = false;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(kept).toMatchObject([{ users: [{ id: 'u1' }] }, { users: [{ id: 'u2' }] }]);
    await vi.advanceTimersByTimeAsync(60 * 60_000);
    expect([kept.length, reads]).toEqual([2, 2]);
    lost.stop();
  });

  it('ends with the platform', async () => {
    let reads = 0;
    const lost = createLostEvents({
      read: async () => {
        reads += 1;
        return [];
      },
      parse,
      log: silentLog,
    });
    lost.start(async () => ({}));
    lost.stop();
    await vi.advanceTimersByTimeAsync(60 * 60_000);
    expect(reads).toBe(0);
  });
});
