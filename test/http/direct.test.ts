import { once } from 'node:events';
import { request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CommitFailed } from '../../db/store.ts';
import { createApp } from '../../src/app.ts';
import { directly } from '../../src/http/direct.ts';
import { createMetrics } from '../../src/http/metrics.ts';
import { createPushes, type PushOptions } from '../../src/http/push.ts';
import { listen } from '../../src/http/serve.ts';
import type { Log } from '../../src/lib/log.ts';
import type { RawRequest } from '../../src/platforms/platform.ts';
import { dingtalk, robotPush } from '../platforms/dingtalk/pushes.ts';
import { APP_ID, envelope, feishu, message, NOW, pack, packRaw, TOKEN } from '../platforms/feishu/pushes.ts';

const event = envelope('im.message.receive_v1', message());
const press = envelope('card.action.trigger', {
  operator: { open_id: 'ou_1' },
  action: { tag: 'button', value: { a: 'issue.accept' } },
  context: { open_message_id: 'om_9', open_chat_id: 'oc_9' },
});

const lines: string[] = [];
const keep = (fields: Record<string, unknown>, text: string) =>
  lines.push(`${text} ${JSON.stringify(fields)}`);
const log: Log = { debug: keep, info: keep, warn: keep, error: keep };

const base: PushOptions = {
  platforms: [feishu(), dingtalk()],
  sink: async () => ({ toast: { text: '已收下', tone: 'good' } }),
  now: () => NOW,
  log,
};

let running: Server[] = [];
afterEach(async () => {
  for (const server of running) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  running = [];
  lines.length = 0;
});

/** Two servers of the same options: one that takes pushes directly, and one where the app has them all. */
async function serve(options: PushOptions = base, fetch?: () => Response) {
  const edge = createMetrics().edge(() => undefined);
  const app = createApp({ ...options, ready: () => true, metrics: edge });
  const start = async (direct?: ReturnType<typeof directly>): Promise<number> => {
    const server = listen(fetch ?? app.fetch, { host: '127.0.0.1', port: 0 }, () => {}, direct);
    running.push(server);
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  return { direct: await start(directly(createPushes(options), edge.acked)), app: await start() };
}

interface Sent {
  path?: string;
  method?: string;
  headers?: Record<string, string>;
  chunked?: boolean;
}

async function post(port: number, push: RawRequest, how: Sent = {}) {
  const { path = '/webhook/feishu', method = 'POST', chunked = false } = how;
  const length = chunked ? undefined : { 'content-length': String(push.body.length) };
  const sent = request({
    host: '127.0.0.1',
    port,
    path,
    method,
    headers: { ...(push.headers as Record<string, string>), ...length, ...how.headers },
  });
  sent.flushHeaders();
  // In two pieces, as a network may bring it.
  sent.write(push.body.subarray(0, 7));
  sent.end(push.body.subarray(7));
  const [answer] = await once(sent, 'response');
  let body = '';
  for await (const part of answer) body += String(part);
  const { date, ...headers } = answer.headers;
  return { status: answer.statusCode as number, body, headers };
}

const large = packRaw(JSON.stringify({ encrypt: 'A'.repeat(1024 * 1024) }));
const failing = (error: Error): PushOptions => ({ ...base, sink: () => Promise.reject(error) });
const directory = async (id: string) =>
  id === 'wutong' ? { platforms: base.platforms, sink: async () => ({}) } : undefined;
const challenge = { type: 'url_verification', token: TOKEN, challenge: 'c' };

describe('a push that does not go through the app', () => {
  it.each<[string, number, RawRequest, Sent?, PushOptions?]>([
    ['an event', 200, pack(event)],
    ['a press', 200, pack(press)],
    ['the challenge', 200, pack(challenge, { signed: false })],
    ['its own address', 200, pack(event), { path: `/webhook/feishu/${APP_ID}` }],
    ['no JSON', 400, packRaw('hello')],
    ['nothing', 400, packRaw('')],
    ['unsigned', 401, pack(event, { signed: false })],
    ['stale', 401, pack(event, { stamp: '1000' })],
    ['too large', 413, large],
    ['too large and not announced', 413, large, { chunked: true }],
    ['not announced', 200, pack(event), { chunked: true }],
    ['with parameters', 200, pack(event), { path: '/webhook/feishu?a=1' }],
    ['encoded', 200, pack(event), { path: '/webhook/%66eishu' }],
    ['with steps back', 200, pack(event), { path: '/x/../webhook/feishu' }],
    ['another app', 404, pack(event), { path: '/webhook/feishu/cli_2' }],
    ['another platform', 404, pack(event), { path: '/webhook/wecom' }],
    ['another method', 404, pack(event), { method: 'PUT' }],
    ['no directory', 404, pack(event), { path: '/o/wutong/webhook/feishu' }],
    ['an office', 200, pack(event), { path: '/o/wutong/webhook/feishu' }, { ...base, offices: directory }],
    ['no office', 404, pack(event), { path: '/o/other/webhook/feishu' }, { ...base, offices: directory }],
    ['a robot', 200, robotPush({ msgId: 'm' }), { path: '/webhook/dingtalk' }],
    ['a forged card', 401, robotPush({}), { path: '/webhook/dingtalk/card' }],
    ['the platform off', 404, pack(event), {}, { ...base, platforms: [] }],
    ['no office of the environment', 404, pack(event), {}, { ...base, sink: undefined }],
    ['not on disk', 503, pack(event), {}, failing(new CommitFailed(new Error('SQLITE_FULL')))],
    ['a press not on disk', 200, pack(press), {}, failing(new CommitFailed(new Error('SQLITE_FULL')))],
    ['an error of ours', 200, pack(event), {}, failing(new TypeError('低保咨询'))],
    [
      'a directory that cannot be read',
      200,
      pack(event),
      { path: '/o/wutong/webhook/feishu' },
      { ...base, offices: () => Promise.reject(new Error('SQLITE_IOERR')) },
    ],
  ])('is answered and logged as one that does: %s', async (_, status, push, how, options) => {
    const ports = await serve(options);
    const direct = await post(ports.direct, push, how);
    const said = lines.splice(0);
    expect(direct.status).toBe(status);
    expect(await post(ports.app, push, how)).toEqual(direct);
    // Where an error was thrown depends on the way; what is said about it does not.
    const told = (line: string) => line.replace(/"at":.*$/, '');
    expect(lines.map(told)).toEqual(said.map(told));
  });

  it('is read as it comes, and the app hears nothing of it', async () => {
    const app = vi.fn(() => new Response('the app', { status: 418 }));
    const ports = await serve(base, app);
    expect(await post(ports.direct, pack(event))).toMatchObject({ status: 200, body: '{}' });
    expect(app).not.toHaveBeenCalled();
    for (const how of [{ chunked: true }, { path: '/webhook/feishu?a=1' }, { method: 'PUT' }])
      expect((await post(ports.direct, pack(event), how)).status).toBe(418);
  });

  it('is one of several on a connection, in their order', async () => {
    const { direct } = await serve();
    const socket = connect(direct, '127.0.0.1');
    const head = (length: number, path: string) =>
      `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n\r\n`;
    socket.write(`${head(2, '/webhook/feishu')}[]${head(2, '/webhook/feishu?a=1')}{}${head(2, '/x')}{}`);
    let text = '';
    for await (const part of socket) {
      text += String(part);
      if (text.includes('not_found')) break;
    }
    expect(text.match(/HTTP\/1\.1 \d+|"error":"\w+"/g)).toEqual([
      'HTTP/1.1 400',
      '"error":"bad_body"',
      'HTTP/1.1 401',
      '"error":"not_encrypted"',
      'HTTP/1.1 404',
      '"error":"not_found"',
    ]);
  });

  it('is no event when its sender breaks off, and the server goes on', async () => {
    const { direct } = await serve();
    const socket = connect(direct, '127.0.0.1');
    socket.write('POST /webhook/feishu HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n{"encrypt":"');
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    await vi.waitFor(() => expect(lines).toHaveLength(1));
    expect(lines[0]).toContain('bad_body');
    expect((await post(direct, pack(event))).status).toBe(200);
  });

  it('is a figure like every other', async () => {
    const { direct } = await serve();
    await post(direct, pack(event));
    await post(direct, pack(event), { chunked: true });
    await post(direct, packRaw('no'));
    await post(direct, robotPush({ msgId: 'm' }), { path: '/webhook/dingtalk' });
    const page = await (await fetch(`http://127.0.0.1:${direct}/metrics`)).text();
    expect(page).toContain('lianxin_acks_total{platform="feishu",status="200"} 2');
    expect(page).toContain('lianxin_acks_total{platform="feishu",status="400"} 1');
    expect(page).toContain('lianxin_acks_total{platform="dingtalk",status="200"} 1');
    expect(page).toContain('lianxin_ack_seconds_count{platform="feishu"} 3');
  });
});
