import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Log } from '../../../src/lib/log.ts';
import { readThrown } from '../../../src/platforms/dingtalk/classify.ts';
import { createFetch } from '../../../src/platforms/dingtalk/fetch.ts';
import { card, later, platformOf, setUp, to, ways } from './outbound-kit.ts';

const text = { text: '已记' };

describe('the token', () => {
  it('is asked for once, however many calls wait for it', async () => {
    const { sim, platform } = await setUp();
    const group = sim.addGroup({ name: '第一支部', withBot: true });
    const sent = await Promise.all(Array.from({ length: 8 }, () => platform.deliver(to(group, text))));
    expect(sent.every((each) => each.status === 'sent')).toBe(true);
    expect(sim.tokensAsked).toBe(1);
  });

  it('is asked for anew at 80 % of its life, not before', async () => {
    const { sim, platform } = await setUp();
    const group = sim.addGroup({ name: '第一支部', withBot: true });
    await platform.deliver(to(group, text));
    await sim.advance(0.79 * 7_200_000);
    await platform.deliver(to(group, text));
    expect(sim.tokensAsked).toBe(1);
    await sim.advance(0.02 * 7_200_000);
    await platform.deliver(to(group, text));
    expect(sim.tokensAsked).toBe(2);
  });

  it('that went bad is renewed once and the call made again, once for all that wait', async () => {
    const { sim, platform } = await setUp();
    const group = sim.addGroup({ name: '第一支部', withBot: true });
    await platform.deliver(to(group, text));
    sim.expireTokens();
    const sent = await Promise.all([1, 2, 3].map(() => platform.deliver(to(group, text))));
    expect(sent.map((each) => each.status)).toEqual(['sent', 'sent', 'sent']);
    expect(sim.tokensAsked).toBe(2);
    expect(sim.group(group).messages).toHaveLength(4);
  });

  it('that never becomes good ends after the second try, and nothing is lost', async () => {
    const { sim, platform } = await setUp();
    const group = sim.addGroup({ name: '第一支部', withBot: true });
    sim.fail({ path: '/v1.0/robot', mode: 'error', code: 'InvalidAuthentication', status: 400, times: 9 });
    expect(await platform.deliver(to(group, text))).toMatchObject({ status: 'retry' });
    expect(sim.calls.filter((call) => call.path.startsWith('/v1.0/robot'))).toHaveLength(2);
  });

  it('refused credentials and a silent token server are waited out: nothing was sent', async () => {
    const { sim } = await setUp();
    const group = sim.addGroup({ name: '第一支部', withBot: true });
    const wrong = platformOf(sim, { clientSecret: 'wrong' });
    expect(await wrong.deliver(to(group, text))).toMatchObject({
      status: 'retry',
      code: 'token_invalidClientIdOrSecret',
      spent: { calls: 0 },
    });
    const slow = platformOf(sim, { callTimeoutMs: 100 });
    sim.fail({ path: '/v1.0/oauth2', mode: 'hang' });
    expect(await slow.deliver(to(group, text))).toMatchObject({ status: 'retry', code: 'token_timeout' });
    expect(sim.messages).toEqual([]);
  });
});

describe('what the log is told', () => {
  it('never holds a secret, a token, an address or a word', async () => {
    const lines: string[] = [];
    const keep = (fields: object, message: string) => lines.push(JSON.stringify(fields) + message);
    const log: Log = { debug: keep, info: keep, warn: keep, error: keep };
    const { sim, platform } = await setUp({}, (made) => ({
      log,
      cardTemplateId: made.templateId,
      callTimeoutMs: 100,
    }));
    const group = sim.addGroup({ name: '第一支部', withBot: true });
    sim.setTemplate({ id: sim.templateId, published: false });
    for (const mode of ['hang', 'html', 'drop-after', 'error'] as const) {
      sim.fail({ path: '/v1.0/robot', mode, status: 500 });
      await platform.deliver(to(group, { text: '低保咨询' }));
    }
    await platform.deliver(to(group, { card: card('第128号 低保咨询') }, { ways }));
    platform.state();
    expect(lines.length).toBeGreaterThan(0);
    const all = lines.join('\n');
    for (const hidden of [sim.clientSecret, sim.baseUrl, '低保']) expect(all).not.toContain(hidden);
  });
});

describe('the proxy of the configuration', () => {
  it('is asked to connect for https; a plain http base is reached directly', async () => {
    const asked: string[] = [];
    const proxy = createServer((_, response) => response.end('direct'));
    proxy.on('connect', (request, socket) => {
      asked.push(request.url ?? '');
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    later(() => proxy.close());
    const base = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const fetch = createFetch({ httpsProxy: base });
    const init = () => ({ method: 'GET', signal: AbortSignal.timeout(5_000) });
    await fetch('https://api.example.invalid/v1.0/x', init()).catch(() => undefined);
    expect(asked).toEqual(['api.example.invalid:443']);
    expect(await (await fetch(`${base}/x`, init())).text()).toBe('direct');
  });

  it('that does not answer in time looks like any other silence', async () => {
    const silent = createServer();
    silent.on('connect', (_, socket) => later(() => socket.destroy()));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    later(() => silent.close());
    const fetch = createFetch({ httpsProxy: `http://127.0.0.1:${(silent.address() as AddressInfo).port}` });
    const thrown = await fetch('https://api.example.invalid/', {
      method: 'GET',
      signal: AbortSignal.timeout(100),
    }).catch(readThrown);
    expect(thrown).toMatchObject({ networkCode: 'timeout' });
  });

  it('redirects are not followed: a token would go with them', async () => {
    const seen: string[] = [];
    const server = createServer((request, response) => {
      seen.push(request.url ?? '');
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    later(() => server.close());
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await createFetch({})(`${base}/api`, { method: 'GET', signal: AbortSignal.timeout(5_000) });
    expect(seen).toEqual(['/api']);
  });
});
