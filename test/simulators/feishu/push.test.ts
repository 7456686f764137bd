import { describe, expect, it } from 'vitest';
import type { JsonObject } from './index.ts';
import { button, card, client, sendCard, start, webhook } from './test-kit.ts';

describe('webhook push', () => {
  it('encrypts, signs and carries the shapes of the platform', async () => {
    const sim = await start();
    const seen: JsonObject[] = [];
    await webhook(sim, (payload, { headers, body }) => {
      seen.push(payload);
      const [timestamp, nonce] = [
        String(headers['x-lark-request-timestamp']),
        String(headers['x-lark-request-nonce']),
      ];
      expect(timestamp).toMatch(/^\d{10}$/);
      expect(headers['x-lark-signature']).toBe(sim.sign(timestamp, nonce, body));
      return {};
    });
    const lin = sim.addUser({ name: '林一' });
    const group = sim.addGroup({ name: '第一支部', members: [lin] });
    expect(await lin.say(group, '听得见吗')).toMatchObject({ pushed: false });
    expect(await sim.addBotTo(group, lin)).toMatchObject({ acked: true });
    await lin.say(group, '@连心 /走访 3号楼', { mentionBot: true });
    await lin.sayPrivately('待我办', { type: 'post' });
    await lin.menu('help');
    expect(seen.map((each) => (each.header as JsonObject).event_type)).toEqual([
      'im.chat.member.bot.added_v1',
      'im.message.receive_v1',
      'im.message.receive_v1',
      'application.bot.menu_v6',
    ]);
    expect(seen[1]).toMatchObject({
      schema: '2.0',
      header: { app_id: sim.appId, token: sim.verificationToken },
      event: {
        sender: { sender_id: { open_id: lin.openId, user_id: null }, sender_type: 'user' },
        message: {
          chat_id: group,
          chat_type: 'group',
          message_type: 'text',
          content: '{"text":"@_user_1 /走访 3号楼"}',
          mentions: [
            { key: '@_user_1', id: { open_id: sim.botOpenId }, mentioned_type: 'bot', name: '连心' },
          ],
        },
      },
    });
    expect(seen[2]).toMatchObject({ event: { message: { chat_type: 'p2p', message_type: 'post' } } });
  });

  it('re-pushes after 15 s, 5 min, 1 h and 6 h with the stamp kept, then gives up; callbacks never', async () => {
    const base = 1_800_000_000_000;
    const sim = await start({ clock: () => base });
    const stamps: string[] = [];
    await webhook(sim, (_, { headers }) => {
      stamps.push(String(headers['x-lark-request-timestamp']));
      return { status: 503 };
    });
    const lin = sim.addUser({ name: '林一' });
    const first = await lin.sayPrivately('走访');
    expect(first).toMatchObject({ acked: false, status: 503 });
    await sim.advance(14_999);
    expect(stamps).toHaveLength(1);
    await sim.advance(24 * 3_600_000);
    const event = sim.events[0];
    expect(event?.attempts.map((each) => each.at - base)).toEqual([
      0, 15_000, 315_000, 3_915_000, 25_515_000,
    ]);
    expect(new Set(stamps)).toEqual(new Set([String(base / 1000)]));
    expect(event?.nextAt).toBeUndefined();

    await sendCard(client(sim), lin.openId, card([button('撤销', { a: 'undo' })]));
    const message = sim.private(lin).lastCard();
    if (!message) throw new Error('no card');
    expect((await lin.press(message, '撤销')).error?.code).toBe(200671);
    await sim.advance(60_000);
    expect(sim.events.at(-1)?.attempts).toHaveLength(1);
  });

  it('counts a late answer as no acknowledgement, and duplicates what was acknowledged', async () => {
    const sim = await start({ ackTimeoutMs: 150 });
    const ids: unknown[] = [];
    let delayMs = 400;
    await webhook(sim, (payload) => {
      ids.push((payload.header as JsonObject).event_id);
      return { delayMs };
    });
    const lin = sim.addUser({ name: '林一' });
    const late = await lin.sayPrivately('走访');
    expect(late).toMatchObject({ acked: false, status: 0, why: 'timeout' });
    delayMs = 0;
    expect(await sim.repush(late.eventId)).toMatchObject({ acked: true });
    await sim.duplicate(late);
    await sim.duplicate(late, { newEventId: true });
    expect(ids.slice(0, 3)).toEqual([late.eventId, late.eventId, late.eventId]);
    expect(ids[3]).not.toBe(late.eventId);
    await sim.advance(86_400_000);
    expect(ids).toHaveLength(4);
  });

  it('checks the address by challenge', async () => {
    const sim = await start();
    await webhook(sim, (payload) => ({ json: { challenge: payload.challenge } }));
    expect(await sim.challenge()).toMatchObject({ ok: true, status: 200 });
    expect(await sim.challenge({ encrypted: false, signed: true, token: 'other' })).toMatchObject({
      ok: true,
    });
  });

  it('reaches an app in the same process without a socket', async () => {
    const sim = await start({ ackTimeoutMs: 100 });
    const lin = sim.addUser({ name: '林一' });
    const bodies: string[] = [];
    let answer = (): Promise<Response> => Promise.resolve(Response.json({}));
    sim.connectWebhook({
      url: 'http://app/webhook/feishu',
      fetch: async (_, init) => {
        bodies.push(sim.decrypt((JSON.parse(String(init.body)) as { encrypt: string }).encrypt));
        return answer();
      },
    });
    expect(await lin.sayPrivately('走访')).toMatchObject({ acked: true });
    expect(bodies[0]).toContain('走访');
    answer = () => new Promise(() => undefined);
    expect(await lin.sayPrivately('走访')).toMatchObject({ acked: false, why: 'timeout' });
  });
});
