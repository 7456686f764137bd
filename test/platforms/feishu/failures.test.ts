import { describe, expect, it } from 'vitest';
import type { Log } from '../../../src/lib/log.ts';
import { card, listen, platformOf, setUp, to } from './sim-platform.ts';

const MESSAGES = '/open-apis/im/v1/messages';
const TOKEN_ANSWER = '{"code":0,"msg":"ok","tenant_access_token":"t-1","expire":7200}';

describe('what failed', () => {
  it('is definite when Feishu says no', async () => {
    const { sim, platform } = await setUp();
    const user = sim.addUser({ name: '石小红' });
    sim.setReachable(user, 'blocked');
    const without = sim.addGroup({ name: '别的群', withBot: false });
    expect(await platform.deliver(to(user.openId, { text: '好' }))).toEqual({
      status: 'failed',
      code: '230053',
      reason: '对方停用了机器人',
    });
    expect(await platform.deliver(to(without, { text: '好' }))).toMatchObject({
      status: 'failed',
      code: '230002',
    });
  });

  it('is tried again after a rate limit, with the time that the platform names', async () => {
    const { sim, platform } = await setUp();
    const group = sim.addGroup({ withBot: true, name: '第一支部' });
    const results = await Promise.all(
      [1, 2, 3, 4, 5, 6, 7].map((n) => platform.deliver(to(group, { text: `第${n}条` }))),
    );
    expect(results.filter(({ status }) => status === 'sent')).toHaveLength(5);
    expect(results.filter(({ status }) => status === 'retry')).toEqual([
      { status: 'retry', code: '230020' },
      { status: 'retry', code: '230020' },
    ]);
    sim.fail({
      path: MESSAGES,
      mode: 'error',
      status: 429,
      code: 99991400,
      headers: { 'x-ogw-ratelimit-reset': '7' },
    });
    expect(await platform.deliver(to(group, { text: '好' }))).toEqual({
      status: 'retry',
      code: '99991400',
      afterMs: 7000,
    });
  });

  it('counts a no that comes with HTTP 200', async () => {
    const { sim, platform } = await setUp();
    const group = sim.addGroup({ withBot: true, name: '第一支部' });
    sim.fail({ path: MESSAGES, mode: 'error', status: 200, code: 230002 });
    expect(await platform.deliver(to(group, { text: '好' }))).toMatchObject({
      status: 'failed',
      code: '230002',
    });
  });

  it('is in doubt when the connection broke after the request; the same uuid then sends nothing twice', async () => {
    const { sim, platform } = await setUp();
    const group = sim.addGroup({ withBot: true, name: '第一支部' });
    const out = to(group, { text: '好' });
    sim.fail({ path: MESSAGES, mode: 'drop-after' });
    expect(await platform.deliver(out)).toMatchObject({ status: 'unknown' });
    expect(await platform.deliver(out)).toMatchObject({ status: 'sent' });
    expect(sim.chat(group).messages).toHaveLength(1);
    expect(sim.chat(group).last()?.attempts).toBe(2);
  });

  it('is in doubt when the platform stays silent', async () => {
    const { sim, platform } = await setUp({}, { callTimeoutMs: 300 });
    const group = sim.addGroup({ withBot: true, name: '第一支部' });
    await platform.deliver(to(group, { text: '一' }));
    const fault = sim.fail({ path: MESSAGES, mode: 'hang' });
    expect(await platform.deliver(to(group, { text: '二' }))).toMatchObject({ status: 'unknown' });
    expect(fault.hits).toBe(1);
    expect(platform.state()).toMatchObject({ up: false, detail: expect.stringContaining('连不上飞书') });
  });

  it('is definite when Feishu itself says 500, and in doubt when a gateway gave up', async () => {
    const { sim, platform } = await setUp();
    const group = sim.addGroup({ withBot: true, name: '第一支部' });
    sim.fail({ path: MESSAGES, mode: 'error', status: 500, code: 1500 });
    expect(await platform.deliver(to(group, { text: '好' }))).toEqual({ status: 'retry', code: '1500' });
    for (const [status, verdict] of [
      [504, 'unknown'],
      [502, 'unknown'],
      [503, 'retry'],
      [413, 'failed'],
    ] as const) {
      const base = await listen((request, response) => {
        if (request.url?.includes('tenant_access_token')) response.end(TOKEN_ANSWER);
        else response.writeHead(status).end('<html></html>');
      });
      const behind = platformOf(sim, { baseUrl: base });
      expect(await behind.deliver(to(group, { text: '好' }))).toMatchObject({
        status: verdict,
        code: `http_${status}`,
      });
    }
  });

  it('is definite when nobody listens', async () => {
    const { sim } = await setUp();
    const platform = platformOf(sim, { baseUrl: 'http://127.0.0.1:9' });
    expect(await platform.deliver(to('oc_1', { text: '好' }))).toEqual({
      status: 'retry',
      code: 'token_ECONNREFUSED',
    });
    expect(platform.state()).toMatchObject({ up: false, detail: expect.stringContaining('FEISHU_APP_ID') });
  });

  it('is definite when the port closes between token and message', async () => {
    const { sim } = await setUp();
    const base = await listen((_, response, server) => {
      response.writeHead(200, { connection: 'close' });
      server.close();
      response.end(TOKEN_ANSWER);
    });
    const platform = platformOf(sim, { baseUrl: base });
    expect(await platform.deliver(to('oc_1', { text: '好' }))).toEqual({
      status: 'retry',
      code: 'ECONNREFUSED',
    });
  });

  it('may be repeated at any age when it is an update or a recall, for twice does no more than once', async () => {
    const { sim, platform } = await setUp();
    const group = sim.addGroup({ withBot: true, name: '第一支部' });
    const sent = await platform.deliver(to(group, { card: card('第128号') }));
    const messageId = sent.status === 'sent' ? sent.messageId : '';
    for (const kind of ['update', 'recall'] as const) {
      sim.fail({ path: MESSAGES, mode: 'drop-after' });
      const out = to(group, { card: card('第128号') }, { kind, messageId });
      expect(await platform.deliver(out)).toMatchObject({ status: 'retry' });
      expect(await platform.deliver(out)).toEqual({ status: 'sent', messageId });
    }
  });

  it('leaves no word and no secret in the log', async () => {
    const lines: string[] = [];
    const keep = (fields: Record<string, unknown>, text: string) =>
      lines.push(`${text} ${JSON.stringify(fields)}`);
    const log: Log = { debug: keep, info: keep, warn: keep, error: keep };
    const { sim, platform } = await setUp({}, { log });
    const group = sim.addGroup({ withBot: true, name: '第一支部' });
    sim.fail({ path: MESSAGES, mode: 'error', status: 400, code: 230028 });
    await platform.deliver(to(group, { text: '王某 低保 13800000000' }));
    sim.fail({ path: '/open-apis/auth', mode: 'error', status: 500, code: 1 });
    sim.expireTokens();
    await platform.deliver(to(group, { text: '王某 低保 13800000000' }));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join('\n')).not.toMatch(/王某|低保|1380000|secret/);
    expect(lines.join('\n')).not.toContain(sim.appSecret);
  });
});
