import { describe, expect, it } from 'vitest';
import { type DingTalkSim, decryptEvent, encryptEvent, eventSign, type JsonObject } from './index.ts';
import { hook, loggedIn, start } from './test-kit.ts';

/** What a correct server answers an event with. */
function success(sim: DingTalkSim, how: { owner?: string; text?: string } = {}): JsonObject {
  const encrypt = encryptEvent(sim.aesKey, how.owner ?? sim.clientId, how.text ?? 'success');
  const timeStamp = String(sim.now());
  const nonce = 'nonce123';
  return { msg_signature: eventSign(sim.token, timeStamp, nonce, encrypt), timeStamp, nonce, encrypt };
}

describe('events by HTTP', () => {
  it('come encrypted and signed with PascalCase fields, and want an encrypted success', async () => {
    const sim = await start();
    const lin = sim.addUser({ name: '林一' });
    const group = sim.addGroup({ name: '第一支部', withBot: true });
    const seen = hook(sim, () => ({ json: success(sim) }));
    expect((await sim.checkUrl()).ok).toBe(true);
    const delivery = await sim.addMembers(group, [lin]);
    expect(delivery).toMatchObject({ acked: true, eventType: 'chat_add_member' });
    const url = new URL(seen[1]?.url ?? '');
    expect(url.pathname).toBe('/webhook/dingtalk/event');
    const encrypt = String(seen[1]?.body.encrypt);
    const query = (name: string): string => url.searchParams.get(name) ?? '';
    expect(query('msg_signature')).toBe(eventSign(sim.token, query('timestamp'), query('nonce'), encrypt));
    const { text, owner } = decryptEvent(sim.aesKey, encrypt);
    expect(owner).toBe(sim.clientId);
    expect(JSON.parse(text)).toMatchObject({
      EventType: 'chat_add_member',
      CorpId: sim.corpId,
      eventId: delivery.eventId,
      OpenConversationId: group,
      UserId: [lin.staffId],
    });
    expect(sim.complaints).toEqual([]);
  });

  it('complain of a plain, forged or foreign success', async () => {
    const sim = await start();
    let answer: JsonObject = { errcode: 0 };
    hook(sim, () => ({ json: answer }));
    expect((await sim.checkUrl()).ok).toBe(false);
    answer = { ...success(sim), msg_signature: 'x' };
    expect((await sim.checkUrl()).ok).toBe(false);
    answer = success(sim, { owner: 'suiteother' });
    expect((await sim.checkUrl()).ok).toBe(false);
    expect(sim.complaints).toEqual([
      'event answer: msg_signature, timeStamp, nonce and encrypt must be strings',
      'event answer: wrong msg_signature',
      'event answer: success of suiteother',
    ]);
  });

  it('come again after 10 and 30 seconds, and then lie in the list of the lost', async () => {
    const sim = await start({ clock: () => 1_800_000_000_000 });
    const lin = sim.addUser({ name: '林一' });
    const group = sim.addGroup({ name: '第一支部', members: [lin], withBot: true });
    let status = 500;
    const seen = hook(sim, () => ({ status, json: success(sim) }));
    await sim.removeMembers(group, [lin], lin);
    await sim.advance(9_999);
    expect(seen).toHaveLength(1);
    await sim.advance(1);
    expect(seen).toHaveLength(2);
    await sim.advance(30_000);
    expect(seen).toHaveLength(3);
    await sim.advance(3_600_000);
    expect(seen).toHaveLength(3);
    expect(sim.events[0]).toMatchObject({ eventType: 'chat_quit', attempts: [{}, {}, {}] });
    const to = await loggedIn(sim);
    const lost = await to.call('GET', '/call_back/get_call_back_failed_result');
    expect(lost.json.failed_list).toEqual([
      expect.objectContaining({ call_back_tag: 'chat_quit', chat_quit: sim.events[0]?.data }),
    ]);
    expect((await to.call('GET', '/call_back/get_call_back_failed_result')).json.failed_list).toEqual([]);
    status = 200;
    const again = await sim.repush(sim.events[0]?.id ?? '');
    expect(again.acked).toBe(true);
  });
});

describe('timeouts', () => {
  it('takes no answer after 2.5 seconds, 2 for cards; the test may shorten that', async () => {
    const sim = await start({ ackTimeoutMs: 50 });
    const lin = sim.addUser({ name: '林一' });
    sim.connectHttp({
      url: 'http://office.test/webhook/dingtalk',
      fetch: () => new Promise((resolve) => setTimeout(() => resolve(new Response('')), 200)),
    });
    expect(await lin.sayPrivately('在吗')).toMatchObject({ acked: false, status: 0, why: 'timeout' });
  });
});
