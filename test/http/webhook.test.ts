import { describe, expect, it } from 'vitest';
import { CommitFailed } from '../../db/store.ts';
import { createApp } from '../../src/app.ts';
import type { EventSink } from '../../src/http/accept.ts';
import type { Log } from '../../src/lib/log.ts';
import type { Inbound, RawRequest } from '../../src/platforms/platform.ts';
import { envelope, feishu, message, NOW, pack, packRaw, TOKEN } from '../platforms/feishu/pushes.ts';

const lines: string[] = [];
const keep = (fields: Record<string, unknown>, text: string) =>
  lines.push(`${text} ${JSON.stringify(fields)}`);
const log: Log = { debug: keep, info: keep, warn: keep, error: keep };

function setUp(sink: EventSink = async () => ({}), on = true) {
  lines.length = 0;
  const app = createApp({ platforms: on ? [feishu()] : [], sink, ready: () => true, now: () => NOW, log });
  return async (request: RawRequest) => {
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) headers.set(name, value ?? '');
    const response = await app.request('/webhook/feishu', { method: 'POST', headers, body: request.body });
    return { status: response.status, body: await response.text() };
  };
}

const event = envelope('im.message.receive_v1', message({ content: '{"text":"/走访 3号楼 张某 低保咨询"}' }));
const press = envelope('card.action.trigger', {
  operator: { open_id: 'ou_1' },
  action: { tag: 'button', value: { a: 'issue.accept' } },
  context: { open_message_id: 'om_9', open_chat_id: 'oc_9' },
});

describe('POST /webhook/feishu (decision 1)', () => {
  it('answers an event with 200 {} after the sink has it', async () => {
    const got: Inbound[] = [];
    const post = setUp(async (inbound) => {
      await new Promise((resolve) => setImmediate(resolve));
      got.push(inbound);
      return {};
    });
    expect(await post(pack(event))).toEqual({ status: 200, body: '{}' });
    expect(got).toMatchObject([{ kind: 'message', text: '/走访 3号楼 张某 低保咨询' }]);
    expect(await post(pack(envelope('im.message.updated_v1', {})))).toEqual({ status: 200, body: '{}' });
    expect(got[1]).toMatchObject({ kind: 'unsupported' });
  });

  it('answers the challenge, and does not trouble the sink with it', async () => {
    const post = setUp(() => Promise.reject(new Error('not to be called')));
    const answer = await post(
      pack({ type: 'url_verification', token: TOKEN, challenge: 'c' }, { signed: false }),
    );
    expect(answer).toEqual({ status: 200, body: '{"challenge":"c"}' });
    expect(lines).toEqual([]);
  });

  it('answers a press with toast and card', async () => {
    const post = setUp(async () => ({
      toast: { text: '贺立刚刚已派给物业办', tone: 'bad' },
      card: { title: '第128号', tone: 'done', blocks: [] },
    }));
    const { status, body } = await post(pack(press));
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({
      toast: { type: 'error', content: '贺立刚刚已派给物业办' },
      card: { type: 'raw', data: { schema: '2.0', header: { title: { content: '第128号' } } } },
    });
    expect(await setUp(async () => ({}))(pack(press))).toEqual({ status: 200, body: '{}' });
  });

  it.each([
    ['400', packRaw('no json'), 400, 'bad_body'],
    ['400', packRaw('{"encrypt":"x"}'), 400, 'undecryptable'],
    ['401', packRaw(JSON.stringify(event)), 401, 'not_encrypted'],
    ['401', pack(event, { signed: false }), 401, 'unsigned'],
    ['401', pack(event, { stamp: '1000' }), 401, 'stale'],
  ])('refuses with %s: %#', async (_, request, status, error) => {
    const post = setUp(() => Promise.reject(new Error('not to be called')));
    expect(await post(request)).toEqual({ status, body: JSON.stringify({ error }) });
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain('张某');
  });

  it('refuses more than 1 MiB, announced or streamed', async () => {
    const post = setUp();
    const large = packRaw(JSON.stringify({ encrypt: 'A'.repeat(1024 * 1024) }));
    expect(await post(large)).toEqual({ status: 413, body: '{"error":"too_large"}' });
    const app = createApp({
      platforms: [feishu()],
      sink: async () => ({}),
      ready: () => true,
      now: () => NOW,
      log,
    });
    const chunk = new TextEncoder().encode('A'.repeat(400_000));
    const body = new ReadableStream({
      start(controller) {
        for (let part = 0; part < 3; part += 1) controller.enqueue(chunk);
        controller.close();
      },
    });
    const streamed = await app.request(
      new Request('http://x/webhook/feishu', { method: 'POST', body, duplex: 'half' } as RequestInit),
    );
    expect(streamed.status).toBe(413);
  });

  it('takes a body of just under 1 MiB', async () => {
    const text = '走'.repeat(200_000);
    const big = envelope('im.message.receive_v1', message({ content: JSON.stringify({ text }) }));
    const got: Inbound[] = [];
    const post = setUp(async (inbound) => {
      got.push(inbound);
      return {};
    });
    expect((await post(pack(big))).status).toBe(200);
    expect(got[0]).toMatchObject({ text });
  });

  it('is 404 while the platform is off, and for other methods', async () => {
    expect(await setUp(undefined, false)(pack(event))).toEqual({
      status: 404,
      body: '{"error":"platform_off"}',
    });
    const app = createApp({
      platforms: [feishu()],
      sink: async () => ({}),
      ready: () => true,
      now: () => NOW,
      log,
    });
    expect((await app.request('/webhook/feishu')).status).toBe(404);
    expect((await app.request('/webhook/dingtalk', { method: 'POST' })).status).toBe(404);
  });

  it('is 503 only when the commit failed, so that Feishu pushes again', async () => {
    const post = setUp(() => Promise.reject(new CommitFailed(new Error('SQLITE_FULL'))));
    expect(await post(pack(event))).toEqual({ status: 503, body: '{"error":"unavailable"}' });
    const { status, body } = await post(pack(press));
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({ toast: { type: 'error', content: '刚才没记上，请再点一次。' } });
  });

  it('swallows every other error, logs its place and none of its words', async () => {
    const post = setUp(() => Promise.reject(new TypeError('低保咨询 13800000000')));
    expect(await post(pack(event))).toEqual({ status: 200, body: '{}' });
    expect(lines.join()).toContain('TypeError');
    expect(lines.join()).toContain('webhook.test.ts');
    expect(lines.join()).not.toContain('低保');
  });
});
