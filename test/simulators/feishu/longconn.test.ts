import { EventDispatcher, LoggerLevel, WSClient } from '@larksuiteoapi/node-sdk';
import { describe, expect, it } from 'vitest';
import type { FeishuSim, JsonObject } from './index.ts';
import { button, card, client, closers, quiet, sendCard, start } from './test-kit.ts';

describe('long connection', () => {
  async function connect(sim: FeishuSim, handle: (event: JsonObject) => unknown): Promise<WSClient> {
    const dispatcher = new EventDispatcher({ logger: quiet, loggerLevel: LoggerLevel.error }).register<
      Record<string, (event: JsonObject) => unknown>
    >({
      'im.message.receive_v1': handle,
      'card.action.trigger': handle,
    });
    const ws = new WSClient({
      appId: sim.appId,
      appSecret: sim.appSecret,
      domain: sim.baseUrl,
      logger: quiet,
      wsConfig: { pingTimeout: 0.2 },
    });
    closers.push(() => ws.close({ force: true }));
    sim.transport = 'longconn';
    await ws.start({ eventDispatcher: dispatcher });
    await sim.waitFor(() => sim.connections === 1, { what: 'a connection' });
    return ws;
  }

  it('delivers fragmented events to the official WSClient and reads its acks and card answers', async () => {
    const sim = await start({ fragments: 3 });
    const heard: JsonObject[] = [];
    await connect(sim, (event) => {
      heard.push(event);
      return event.event_type === 'card.action.trigger'
        ? { toast: { type: 'info', content: '收到' }, card: { type: 'raw', data: card([], '已办') } }
        : undefined;
    });
    const lin = sim.addUser({ name: '林一' });
    expect(await lin.sayPrivately('走访 3号楼')).toMatchObject({ acked: true, status: 200 });
    expect(heard[0]).toMatchObject({ message: { content: '{"text":"走访 3号楼"}' } });
    await sendCard(client(sim), lin.openId, card([button('办', { a: 1 })]));
    const message = sim.private(lin).lastCard();
    if (!message) throw new Error('no card');
    expect(await lin.press(message, '办')).toMatchObject({ toast: { content: '收到' } });
    expect(sim.cardText(message)).toBe('已办');
    expect(sim.complaints).toEqual([]);
  });

  it('re-pushes what a throwing handler did not take, and reconnects after dropped and silent sockets', async () => {
    const sim = await start({ ackTimeoutMs: 300, longconn: { PingInterval: 0.4 } });
    let fail = true;
    let heard = 0;
    await connect(sim, () => {
      heard += 1;
      if (fail) throw new Error('no');
    });
    const lin = sim.addUser({ name: '林一' });
    expect(await lin.sayPrivately('走访')).toMatchObject({ acked: false, status: 500 });
    fail = false;
    await sim.advance(15_000);
    expect(sim.events[0]?.attempts.at(-1)?.acked).toBe(true);
    expect(heard).toBe(2);

    sim.dropSockets();
    expect(await lin.sayPrivately('断了')).toMatchObject({ acked: false, why: 'no connection' });
    await sim.waitFor(() => sim.connections === 1, { what: 'the reconnect' });
    await sim.advance(15_000);
    expect(heard).toBe(3);

    sim.silence();
    expect(await lin.sayPrivately('半开')).toMatchObject({ acked: false, why: 'no ack in time' });
    await sim.waitFor(() => sim.connections === 0, { what: 'the watchdog' });
    sim.silence(false);
    await sim.waitFor(() => sim.connections === 1, { what: 'the second reconnect' });
    await sim.advance(15_000);
    expect(heard).toBe(4);
    expect(sim.pings).toBeGreaterThan(0);
  });

  it('turns wrong credentials away at the endpoint', async () => {
    const sim = await start();
    const failed = new Promise<Error>((resolve) => {
      const ws = new WSClient({
        appId: sim.appId,
        appSecret: 'wrong',
        domain: sim.baseUrl,
        logger: quiet,
        onError: resolve,
      });
      closers.push(() => ws.close({ force: true }));
      void ws.start({ eventDispatcher: new EventDispatcher({ logger: quiet }) });
    });
    expect((await failed).message).toContain('514');
    expect(sim.connections).toBe(0);
  });
});
