import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { CommitFailed } from '../../../db/store.ts';
import { type Log, silentLog } from '../../../src/lib/log.ts';
import { createFetch } from '../../../src/platforms/dingtalk/fetch.ts';
import { createInbound } from '../../../src/platforms/dingtalk/inbound.ts';
import type { DingTalkOptions } from '../../../src/platforms/dingtalk/options.ts';
import { createStream, type Stream } from '../../../src/platforms/dingtalk/stream.ts';
import type { StreamTiming } from '../../../src/platforms/dingtalk/stream-timing.ts';
import type { Answer, Inbound } from '../../../src/platforms/platform.ts';
import {
  createDingTalkSim,
  type DingTalkSim,
  type DingTalkSimOptions,
} from '../../simulators/dingtalk/index.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Short enough for a test; the proportions of life. */
const QUICK: StreamTiming = {
  pingEvery: 20,
  missesAllowed: 2,
  deafAfter: 100_000,
  handshake: 1_000,
  firstDelay: 20,
  longestDelay: 80,
  refusedDelay: 60,
  stableAfter: 100_000,
  drain: 50,
  goodbye: 200,
};

interface Lines {
  text: string[];
}

function streamTo(
  where: { baseUrl: string; clientId?: string; clientSecret?: string },
  timing: Partial<StreamTiming> = {},
): { stream: Stream; log: Lines } {
  const text: string[] = [];
  const write = (fields: object, message: string) => void text.push(JSON.stringify(fields) + message);
  const log: Log = { debug: write, info: write, warn: write, error: write };
  const options: DingTalkOptions & { connection: string } = {
    connection: 'dingtalk:test',
    clientId: 'dingnobody',
    clientSecret: 'no-secret',
    oapiUrl: where.baseUrl,
    mode: 'stream',
    log,
    now: Date.now,
    ...where,
  };
  const { reader } = createInbound({ ...options, log: silentLog }, { remember() {} }, { note() {} });
  const stream = createStream({
    ...options,
    fetch: createFetch({}),
    reader,
    timing: { ...QUICK, ...timing },
  });
  closers.push(() => stream.stop());
  return { stream, log: { text } };
}

async function connect(
  deliver: (inbound: Inbound) => Promise<Answer>,
  how: { timing?: Partial<StreamTiming>; sim?: DingTalkSimOptions } = {},
): Promise<{ sim: DingTalkSim; stream: Stream; log: Lines }> {
  const sim = await simOf(how.sim);
  const made = streamTo(
    { baseUrl: sim.baseUrl, clientId: sim.clientId, clientSecret: sim.clientSecret },
    how.timing,
  );
  await made.stream.start(deliver);
  await sim.waitFor(() => sim.connections === 1 && made.stream.state().up);
  return { sim, ...made };
}

async function simOf(options: DingTalkSimOptions = {}): Promise<DingTalkSim> {
  const sim = await createDingTalkSim({ monthly: false, ...options });
  closers.push(() => sim.close());
  sim.transport = 'stream';
  return sim;
}

function collect(): { got: Inbound[]; deliver: (inbound: Inbound) => Promise<Answer> } {
  const got: Inbound[] = [];
  return {
    got,
    deliver: async (inbound) => {
      got.push(inbound);
      return {};
    },
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Ms between the calls that open a connection. */
function waits(sim: DingTalkSim): number[] {
  const at = sim.calls.filter((call) => call.path.endsWith('/connections/open')).map((call) => call.at);
  return at.slice(1).map((each, index) => each - (at[index] ?? 0));
}

/** 20, 40, then 80 ms, at least half of each: no more attempts than that, however long it took. */
async function expectPatience(opens: () => number): Promise<void> {
  const start = performance.now();
  while (opens() < 8) await pause(5);
  expect(opens()).toBeLessThanOrEqual(4 + (performance.now() - start) / 40);
}

describe('the Stream connection', () => {
  it('brings messages and events, acknowledged only after they were kept', async () => {
    const kept: (() => void)[] = [];
    const got: Inbound[] = [];
    const { sim } = await connect((inbound) => {
      got.push(inbound);
      return new Promise((resolve) => kept.push(() => resolve({})));
    });
    const user = sim.addUser({ name: '石小红' });
    const group = sim.addGroup({ withBot: true, name: '第一支部', members: [user] });
    const said = user.say(group, '走访 3号楼 张某 低保咨询', { at: true });
    await sim.waitFor(() => kept.length === 1);
    expect(sim.events.at(-1)?.attempts.some((attempt) => attempt.acked)).toBe(false);
    kept[0]?.();
    expect(await said).toMatchObject({ acked: true, status: 200 });
    const joined = sim.addMembers(group, [sim.addUser({ name: '周强' })]);
    await sim.waitFor(() => kept.length === 2);
    kept[1]?.();
    expect(await joined).toMatchObject({ acked: true });
    expect(got).toMatchObject([
      {
        kind: 'message',
        text: '走访 3号楼 张某 低保咨询',
        mentionsBot: true,
        chat: { id: group, type: 'group' },
      },
      { kind: 'membership', change: 'users-added', chat: { id: group } },
    ]);
    expect(await sim.ping()).toBe(true);
    expect(sim.complaints).toEqual([]);
  });

  it('asks for the push again when the commit failed, whatever it was', async () => {
    const tries: string[] = [];
    const { sim } = await connect(async (inbound) => {
      tries.push(inbound.dedupeKey);
      if (tries.length <= 2) throw new CommitFailed(new Error('SQLITE_FULL'));
      return {};
    });
    const user = sim.addUser({ name: '石小红' });
    const group = sim.addGroup({ withBot: true, name: '第一支部', members: [user] });
    expect(await user.sayPrivately('走访 3号楼')).toMatchObject({ acked: false, status: 500 });
    expect(await sim.addMembers(group, [sim.addUser({ name: '周强' })])).toMatchObject({ acked: false });
    await sim.advance(16_000);
    expect(new Set(tries).size).toBe(2);
    expect(tries).toHaveLength(4);
    expect(sim.events.map((event) => event.attempts.at(-1)?.acked)).toEqual([true, true]);
  });

  it('survives broken frames and goes on hearing', async () => {
    const { got, deliver } = collect();
    const { sim } = await connect(deliver);
    for (const text of [
      '',
      'garbage',
      '[]',
      '{"type":"CALLBACK","headers":{"topic":"/v1.0/im/bot/messages/get"}}',
    ])
      sim.pushRaw(text);
    await sim.addUser({ name: '石小红' }).sayPrivately('待我办');
    expect(got).toMatchObject([{ kind: 'message', text: '待我办' }]);
    expect([sim.opens, sim.connections]).toEqual([1, 1]);
  });

  it('survives a listener that throws, and goes on hearing on the same socket', async () => {
    const got: Inbound[] = [];
    const { sim } = await connect((inbound) => {
      got.push(inbound);
      if (got.length === 1) throw new TypeError('boom');
      return Promise.resolve({});
    });
    const user = sim.addUser({ name: '石小红' });
    expect(await user.sayPrivately('待我办')).toMatchObject({ status: 500 });
    expect(await user.sayPrivately('帮助')).toMatchObject({ status: 200 });
    expect(sim.opens).toBe(1);
  });

  it('comes back after the socket broke, and counts it', async () => {
    const { got, deliver } = collect();
    const { sim, stream } = await connect(deliver);
    expect(stream.state()).toMatchObject({ up: true, reconnects: 0, changedAt: expect.any(Number) });
    sim.dropSockets();
    await sim.waitFor(() => !stream.state().up);
    expect(stream.state().detail).toContain('重连');
    await sim.waitFor(() => sim.connections === 1 && stream.state().up);
    expect(stream.state()).toMatchObject({ reconnects: 1 });
    await sim.addUser({ name: '石小红' }).sayPrivately('待我办');
    expect(got).toHaveLength(1);
    expect(sim.opens).toBe(2);
  });

  it('opens the new socket first when it is told to leave, and loses nothing', async () => {
    const { got, deliver } = collect();
    const { sim, stream } = await connect(deliver, { sim: { stream: { closeAfterMs: 30 } } });
    const user = sim.addUser({ name: '石小红' });
    sim.notifyDisconnect('connection is expired');
    await sim.waitFor(() => sim.connections === 1 && stream.state().reconnects === 1);
    expect(stream.state().up).toBe(true);
    await user.sayPrivately('待我办');
    await sim.waitFor(() => sim.sockets === 1);
    await user.sayPrivately('帮助');
    expect(got.map((each) => each.kind === 'message' && each.text)).toEqual(['待我办', '帮助']);
    expect([sim.opens, sim.connections]).toEqual([2, 1]);
  });

  it('brings the acknowledgement home over the socket that it was told to leave', async () => {
    let keep: (() => void) | undefined;
    const { sim } = await connect(
      () =>
        new Promise((resolve) => {
          keep = () => resolve({});
        }),
      { timing: { drain: 1_000 }, sim: { stream: { closeAfterMs: 1_000 } } },
    );
    const said = sim.addUser({ name: '石小红' }).sayPrivately('待我办');
    await sim.waitFor(() => keep);
    sim.notifyDisconnect();
    await sim.waitFor(() => sim.connections === 1);
    keep?.();
    expect(await said).toMatchObject({ acked: true });
    expect(sim.complaints).toEqual([]);
  });

  it('does not run round and round when every new socket is told to leave at once', async () => {
    const { sim, stream } = await connect(collect().deliver, {
      timing: { firstDelay: 400, longestDelay: 400 },
      sim: { stream: { closeAfterMs: 10 } },
    });
    sim.notifyDisconnect();
    await sim.waitFor(() => sim.opens === 2 && sim.connections === 1 && stream.state().reconnects === 1);
    sim.notifyDisconnect();
    await sim.waitFor(() => sim.opens === 3 && sim.connections === 1);
    expect(waits(sim)[1]).toBeGreaterThanOrEqual(190);
  });

  it('leaves a socket that answers no ping', async () => {
    const { sim, stream } = await connect(collect().deliver);
    sim.silence();
    await sim.waitFor(() => sim.opens >= 2);
    sim.silence(false);
    await sim.waitFor(() => sim.connections === 1 && stream.state().up);
    expect(stream.state().reconnects).toBeGreaterThanOrEqual(1);
  });

  it('leaves a socket that answers but brings nothing for long, and keeps one that is pinged', async () => {
    const deaf = await connect(collect().deliver, { timing: { deafAfter: 100 } });
    await deaf.sim.waitFor(() => deaf.sim.opens === 2 && deaf.sim.sockets === 1);
    expect(deaf.stream.state().up).toBe(true);
    const heard = await connect(collect().deliver, {
      timing: { deafAfter: 200 },
      sim: { stream: { pingEveryMs: 20 } },
    });
    await pause(400);
    expect(heard.sim.opens).toBe(1);
  });

  it('says that it was refused, tries again once a minute only, and comes up when it may', async () => {
    const sim = await simOf();
    sim.refuseConnections(401);
    const { stream, log } = streamTo(
      { baseUrl: sim.baseUrl, clientId: sim.clientId, clientSecret: sim.clientSecret },
      { refusedDelay: 300 },
    );
    await stream.start(collect().deliver);
    await sim.waitFor(() => stream.state().detail.includes('被拒绝'));
    expect(stream.state()).toMatchObject({ up: false, detail: expect.stringContaining('401') });
    expect(log.text.join()).toContain('DINGTALK_CLIENT_SECRET');
    sim.refuseConnections(0);
    await sim.waitFor(() => stream.state().up);
    expect(sim.opens).toBe(2);
    expect(waits(sim)[0]).toBeGreaterThanOrEqual(290);
  });

  it.each([
    ['trouble over there', { mode: 'error', status: 500, code: 'system.err' }],
    ['a page in place of an answer', { mode: 'html' }],
    ['an answer that is none', { mode: 'raw', body: '{"endpoint":"not a url","ticket":"t"}' }],
    [
      'an endpoint in another protocol',
      { mode: 'raw', body: '{"endpoint":"http://127.0.0.1:9/","ticket":"t"}' },
    ],
    ['a line that breaks', { mode: 'drop-before' }],
  ] as const)('tries again after %s', async (_, fault) => {
    const sim = await simOf();
    sim.fail({ path: '/v1.0/gateway/connections/open', times: 2, ...fault });
    const { stream } = streamTo({
      baseUrl: sim.baseUrl,
      clientId: sim.clientId,
      clientSecret: sim.clientSecret,
    });
    await stream.start(collect().deliver);
    await sim.waitFor(() => stream.state().up);
    expect(stream.state()).toMatchObject({ reconnects: 0 });
    expect(sim.connections).toBe(1);
  });

  it('makes one attempt at a time however often the handshake fails (the SDK made 255 opens in 8 s)', async () => {
    const { baseUrl, opens } = await noHandshake();
    const { stream } = streamTo({ baseUrl });
    await stream.start(collect().deliver);
    await expectPatience(opens);
    await stream.stop();
    const before = opens();
    await pause(200);
    expect(opens()).toBe(before);
  });

  it('is patient with a server that takes it in and throws it out', async () => {
    const { baseUrl, opens } = await noHandshake('then close');
    const { stream } = streamTo({ baseUrl });
    await stream.start(collect().deliver);
    await expectPatience(opens);
  });

  it('hears a frame that comes together with the handshake', async () => {
    const { baseUrl, acks } = await noHandshake('then ping');
    const { stream } = streamTo({ baseUrl });
    await stream.start(collect().deliver);
    const until = Date.now() + 5_000;
    while (acks.length === 0 && Date.now() < until) await pause(5);
    expect(acks.map((text) => JSON.parse(text))).toMatchObject([{ code: 200, data: '{"opaque":"o"}' }]);
  });

  it('leaves nothing behind when it is stopped, and waits for what is being kept', async () => {
    let keep: (() => void) | undefined;
    const { sim, stream } = await connect(
      () =>
        new Promise((resolve) => {
          keep = () => resolve({});
        }),
    );
    const said = sim.addUser({ name: '石小红' }).sayPrivately('待我办');
    await sim.waitFor(() => keep);
    const stopped = stream.stop();
    keep?.();
    await stopped;
    expect(await said).toMatchObject({ acked: true });
    await sim.waitFor(() => sim.sockets === 0);
    expect(stream.state().up).toBe(false);
    await pause(100);
    expect(sim.opens).toBe(1);
  });

  it('stops in the middle of an attempt, and can be started again', async () => {
    const sim = await simOf();
    sim.fail({ path: '/v1.0/gateway/connections/open', mode: 'delay', delayMs: 100 });
    const { stream } = streamTo({
      baseUrl: sim.baseUrl,
      clientId: sim.clientId,
      clientSecret: sim.clientSecret,
    });
    await stream.start(collect().deliver);
    await pause(20);
    await stream.stop();
    await pause(150);
    expect(sim.sockets).toBe(0);
    await stream.start(collect().deliver);
    await sim.waitFor(() => stream.state().up);
    expect(sim.connections).toBe(1);
  });

  it('writes neither secret nor ticket into a log', async () => {
    const { sim, stream, log } = await connect(collect().deliver);
    sim.dropSockets();
    await sim.waitFor(() => stream.state().reconnects === 1);
    sim.refuseConnections(403);
    sim.dropSockets();
    await sim.waitFor(() => stream.state().detail.includes('403'));
    expect(log.text.length).toBeGreaterThan(3);
    const all = log.text.join('\n');
    for (const secret of [sim.clientSecret, 'ticket', 'tk+', 'ws://']) expect(all).not.toContain(secret);
  });
});

/** Opens like DingTalk; the socket then refuses, or throws out, or pings at once. */
async function noHandshake(
  then?: 'then close' | 'then ping',
): Promise<{ baseUrl: string; opens: () => number; acks: string[] }> {
  let count = 0;
  const acks: string[] = [];
  const server: Server = createServer((_, response) => {
    count += 1;
    const { port } = server.address() as AddressInfo;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ endpoint: `ws://127.0.0.1:${port}/connect`, ticket: 't/+=' }));
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket');
    if (!then || ticket !== 't/+=') {
      socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (made) => {
      made.on('message', (data) => acks.push(String(data)));
      if (then === 'then close') made.close();
      else
        made.send(
          '{"type":"SYSTEM","headers":{"topic":"ping","messageId":"m"},"data":"{\\"opaque\\":\\"o\\"}"}',
        );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    for (const each of sockets.clients) each.terminate();
    server.close();
  });
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, opens: () => count, acks };
}
