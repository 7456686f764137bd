import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/app.ts';
import { silentLog } from '../../src/lib/log.ts';
import { feishu, NOW } from '../platforms/feishu/pushes.ts';

const base = {
  platforms: [feishu()],
  sink: async () => ({}),
  ready: () => true,
  now: () => NOW,
  log: silentLog,
};

describe('the routes', () => {
  it('says that the process is up', async () => {
    const response = await createApp(base).request('/healthz');
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
  });

  it('is ready while the database is, and shows each platform', async () => {
    const ready = await createApp(base).request('/readyz');
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({
      status: 'ok',
      database: { up: true },
      platforms: { feishu: { up: true, detail: expect.any(String) } },
    });
    const down = () => {
      throw new Error('disk I/O error');
    };
    for (const check of [() => false, down]) {
      const response = await createApp({ ...base, ready: check }).request('/readyz');
      expect([response.status, await response.json()]).toMatchObject([503, { database: { up: false } }]);
    }
  });

  it('does not fall out of service for a platform that is down', async () => {
    const platform = { ...feishu(), state: () => ({ up: false, detail: '连不上飞书（ECONNREFUSED）' }) };
    const response = await createApp({ ...base, platforms: [platform] }).request('/readyz');
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ platforms: { feishu: { up: false } } });
  });

  it('mounts the playground at / and nothing there otherwise', async () => {
    const playground = new Hono().get('/', (c) => c.html('<p>演示场</p>'));
    expect(await (await createApp({ ...base, playground }).request('/')).text()).toContain('演示场');
    const none = await createApp(base).request('/');
    expect([none.status, await none.text()]).toEqual([404, '{"error":"not_found"}']);
  });

  it('sends security headers with every answer', async () => {
    const { headers } = await createApp(base).request('/healthz');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('content-security-policy')).not.toMatch(/script-src[^;]*unsafe-inline/);
  });

  it('shows no stack and no message of a page that failed', async () => {
    const playground = new Hono()
      .get('/boom', () => {
        throw new Error('secret words');
      })
      .get('/no', () => {
        throw new HTTPException(403, { message: 'secret words' });
      });
    const app = createApp({ ...base, playground });
    const boom = await app.request('/boom');
    expect([boom.status, await boom.text()]).toEqual([500, '{"error":"internal"}']);
    const no = await app.request('/no');
    expect([no.status, await no.text()]).toEqual([403, '{"error":"refused"}']);
  });
});
