import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { JsonObject } from './index.ts';
import { ack, connect, type Frame, open } from './stream-kit.ts';
import { start } from './test-kit.ts';

/** Acks as the official SDK sends them. */
function official(frame: Frame): JsonObject | undefined {
  if (frame.type === 'EVENT') return ack(frame, { status: 'SUCCESS', message: '' });
  if (frame.type === 'CALLBACK') return ack(frame, { response: null });
  return frame.headers.topic === 'ping' ? ack(frame, frame.data) : undefined;
}

async function streaming(options = {}) {
  const sim = await start({ clock: () => 1_800_000_000_000, ackTimeoutMs: 500, ...options });
  sim.transport = 'stream';
  return { sim, lin: sim.addUser({ name: '林一' }) };
}

describe('opening', () => {
  it('wants the right secret, JSON and known subscriptions; a ticket works once, for 90 seconds', async () => {
    const { sim } = await streaming();
    expect((await open(sim, { clientSecret: 'wrong' })).status).toBe(401);
    expect(await (await open(sim, {}, { accept: '*/*' })).text()).toContain('<result>');
    expect((await open(sim, { subscriptions: [{ type: 'EVENT', topic: '/x' }] })).status).toBe(400);
    sim.refuseConnections(503);
    expect((await open(sim)).status).toBe(503);
    sim.refuseConnections(0);
    const { url } = await connect(sim, official);
    const again = new WebSocket(url);
    await expect(new Promise((_, fail) => again.once('error', fail))).rejects.toThrow('401');
    const { ticket } = (await (await open(sim)).json()) as { ticket: string };
    await sim.advance(90_001);
    const late = new WebSocket(url.replace(/ticket=.*/, `ticket=${encodeURIComponent(ticket)}`));
    await expect(new Promise((_, fail) => late.once('error', fail))).rejects.toThrow('401');
    expect([sim.opens, sim.connections]).toEqual([6, 1]);
  });
});

describe('frames', () => {
  it('carry messages, events and pings, and take the acks of the official SDK', async () => {
    const { sim, lin } = await streaming();
    const group = sim.addGroup({ name: '第一支部', withBot: true });
    const { frames } = await connect(sim, official);
    const said = await lin.sayPrivately('在吗');
    expect(said).toMatchObject({ acked: true, status: 200, body: { response: null } });
    expect((await sim.addMembers(group, [lin])).acked).toBe(true);
    expect(await sim.ping()).toBe(true);
    expect(frames.map((each) => [each.type, each.headers.topic])).toEqual([
      ['SYSTEM', 'REGISTERED'],
      ['CALLBACK', '/v1.0/im/bot/messages/get'],
      ['EVENT', '*'],
      ['SYSTEM', 'ping'],
    ]);
    expect(JSON.parse(frames[1]?.data ?? '')).toMatchObject({ msgId: said.messageId, msgtype: 'text' });
    expect(frames[2]?.headers).toMatchObject({ eventType: 'chat_add_member', eventCorpId: sim.corpId });
    expect(JSON.parse(frames[2]?.data ?? '')).toMatchObject({
      openConversationId: group,
      userId: [lin.staffId],
    });
    expect(sim.complaints).toEqual([]);
  });

  it('come again within a minute while nobody acknowledges, or says LATER', async () => {
    const { sim, lin } = await streaming();
    const group = sim.addGroup({ name: '第一支部', withBot: true });
    let deaf = true;
    const { frames } = await connect(sim, (frame) => {
      if (frame.type === 'EVENT' && deaf) return ack(frame, { status: 'LATER', message: '' });
      return deaf ? undefined : official(frame);
    });
    expect(await lin.sayPrivately('在吗')).toMatchObject({ acked: false, why: 'no ack in time' });
    expect((await sim.addMembers(group, [lin])).acked).toBe(false);
    deaf = false;
    await sim.advance(60_000);
    expect(frames.map((each) => each.type)).toEqual(['SYSTEM', 'CALLBACK', 'EVENT', 'CALLBACK', 'EVENT']);
    expect(frames[3]?.data).toBe(frames[1]?.data);
    expect(frames[3]?.headers.messageId).toBe(frames[1]?.headers.messageId);
    expect(frames[4]?.headers.eventId).toBe(frames[2]?.headers.eventId);
    expect(sim.complaints).toEqual([]);
  });

  it('are lost where no connection is, or none subscribed', async () => {
    const { sim, lin } = await streaming();
    expect(await lin.sayPrivately('在吗')).toMatchObject({ pushed: false, why: 'no connection' });
    await sim.advance(60_000);
    expect(sim.events[0]?.attempts).toHaveLength(1);
  });

  it('complain of acks that are none', async () => {
    const { sim, lin } = await streaming();
    let answer: (frame: Frame) => unknown = () => '{broken';
    await connect(sim, (frame) => (frame.type === 'CALLBACK' ? answer(frame) : undefined));
    await lin.sayPrivately('一');
    answer = (frame) => ack(frame, 'no json');
    await lin.sayPrivately('二');
    answer = (frame) => ({
      ...ack(frame, {}),
      headers: { messageId: 'other', contentType: 'application/json' },
    });
    await lin.sayPrivately('三');
    expect(sim.complaints).toEqual([
      'stream: no ack: {broken',
      'stream: the data of the ack is no JSON of an object: no json',
      'stream: ack other of a frame that awaits none',
    ]);
  });
});

describe('connections', () => {
  it('get each message at random, one of them', async () => {
    const { sim, lin } = await streaming();
    const both = [await connect(sim, official), await connect(sim, official)];
    for (let count = 0; count < 40; count += 1) await lin.sayPrivately(`第${count}条`);
    const got = both.map(({ frames }) => frames.filter((each) => each.type === 'CALLBACK').length);
    expect((got[0] ?? 0) + (got[1] ?? 0)).toBe(40);
    expect(Math.min(...got)).toBeGreaterThan(0);
  });

  it('that are told to go get nothing more, and end a while later', async () => {
    const { sim, lin } = await streaming({ stream: { closeAfterMs: 60 } });
    const { frames, socket } = await connect(sim, official);
    const ended = new Promise((done) => socket.once('close', done));
    sim.notifyDisconnect();
    expect([sim.connections, sim.sockets]).toEqual([0, 1]);
    expect((await lin.sayPrivately('在吗')).pushed).toBe(false);
    await ended;
    await sim.waitFor(() => sim.sockets === 0);
    expect(frames.at(-1)?.headers.topic).toBe('disconnect');
  });

  it('fall silent: no pong, nothing pushed, and speak again', async () => {
    const { sim, lin } = await streaming();
    const { frames, socket } = await connect(sim, official);
    let pongs = 0;
    socket.on('pong', () => {
      pongs += 1;
    });
    sim.silence();
    socket.ping();
    expect(await lin.sayPrivately('在吗')).toMatchObject({ acked: false, why: 'no ack in time' });
    expect([frames.length, pongs]).toEqual([1, 0]);
    sim.silence(false);
    socket.ping();
    expect((await lin.sayPrivately('在吗')).acked).toBe(true);
    await sim.waitFor(() => pongs === 1);
    sim.pushRaw('{not json');
    sim.dropSockets();
    await sim.waitFor(() => sim.sockets === 0);
  });
});
