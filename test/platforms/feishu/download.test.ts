import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/lib/errors.ts';
import type { Inbound, Platform } from '../../../src/platforms/platform.ts';
import type { FeishuSim, SayOptions } from '../../simulators/feishu/index.ts';
import { platformOf, setUp } from './sim-platform.ts';

const MEGABYTE = 1_048_576;

async function received(
  options: SayOptions,
): Promise<{ sim: FeishuSim; platform: Platform; got: Inbound; messageId: string }> {
  const { sim, platform } = await setUp();
  const got: Inbound[] = [];
  sim.connectWebhook({
    url: 'http://office.test/webhook/feishu',
    fetch: async (_url, init) => {
      const headers = Object.fromEntries(new Headers(init.headers));
      const body = new Uint8Array(init.body as unknown as Buffer);
      const read = platform.receive({ headers, body, now: Date.now() });
      if (read.kind === 'inbound') got.push(read.inbound);
      return Response.json({});
    },
  });
  const said = await sim.addUser({ name: '石小红' }).sayPrivately('名册.xlsx', options);
  const [first] = got;
  if (!first) throw new Error('nothing came');
  return { sim, platform, got: first, messageId: said.messageId ?? '' };
}

async function why(work: Promise<unknown> | undefined): Promise<AppError> {
  const error = await work?.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw new Error(`no AppError: ${String(error)}`);
  return error;
}

describe('files of received messages', () => {
  it('come with name and key in private chat, and their bytes when asked for', async () => {
    const bytes = new Uint8Array([1, 2, 3, 250]);
    const { platform, got, messageId } = await received({ type: 'file', bytes });
    expect(got).toMatchObject({ kind: 'message', text: '', files: [{ name: '名册.xlsx' }] });
    const key = got.kind === 'message' ? (got.files?.[0]?.key ?? '') : '';
    expect(await platform.download?.({ messageId, key, kind: 'file' }, MEGABYTE)).toEqual(bytes);
  });

  it('are pictures as well', async () => {
    const bytes = new Uint8Array(70_000).fill(7);
    const { platform, got, messageId } = await received({ type: 'image', bytes });
    const key = got.kind === 'message' ? (got.images?.[0] ?? '') : '';
    expect(await platform.download?.({ messageId, key, kind: 'image' }, MEGABYTE)).toEqual(bytes);
  });

  it('too large ones are refused with a sentence, and not taken in', async () => {
    const { platform, got, messageId } = await received({
      type: 'file',
      bytes: new Uint8Array(2 * MEGABYTE),
    });
    const key = got.kind === 'message' ? (got.files?.[0]?.key ?? '') : '';
    const error = await why(platform.download?.({ messageId, key, kind: 'file' }, MEGABYTE));
    expect(error.userText).toContain('最多1MB');
  });

  it('say why they cannot be had: recalled, no scope', async () => {
    const { sim, platform, got, messageId } = await received({ type: 'file' });
    const key = got.kind === 'message' ? (got.files?.[0]?.key ?? '') : '';
    const ask = () => platform.download?.({ messageId, key, kind: 'file' }, MEGABYTE);
    sim.fail({ path: /resources/, mode: 'error', code: 230110 });
    expect((await why(ask())).userText).toContain('已经撤回或过期');
    sim.fail({ path: /resources/, mode: 'error', code: 99991672 });
    expect((await why(ask())).userText).toContain('im:message:readonly');
    sim.fail({ path: /resources/, mode: 'error', code: 234043 });
    expect((await why(ask())).userText).toContain('234043');
  });

  it('leave what may go better later to another time', async () => {
    const { sim, platform, got, messageId } = await received({ type: 'file' });
    const key = got.kind === 'message' ? (got.files?.[0]?.key ?? '') : '';
    const ask = () => platform.download?.({ messageId, key, kind: 'file' }, MEGABYTE);
    sim.fail({ path: /resources/, mode: 'error', code: 99991400 });
    await expect(ask()).rejects.toMatchObject({ name: 'FeishuCallError', code: '99991400' });
    sim.fail({ path: /resources/, mode: 'drop-before' });
    await expect(ask()).rejects.toMatchObject({ name: 'FeishuCallError' });
    sim.expireTokens();
    expect(await ask()).toBeInstanceOf(Uint8Array);
  });

  it('in a group are none of ours', async () => {
    const { sim, platform } = await setUp();
    const user = sim.addUser({ name: '石小红' });
    const group = sim.addGroup({ name: '群', withBot: true, members: [user] });
    const envelope = sim.envelope('im.message.receive_v1', {
      sender: { sender_id: { open_id: user.openId }, sender_type: 'user' },
      message: {
        message_id: 'om_1',
        chat_id: group,
        chat_type: 'group',
        message_type: 'file',
        create_time: String(Date.now()),
        content: '{"file_key":"file_v3_1","file_name":"a.xlsx"}',
      },
    });
    const post = sim.pack(envelope);
    const read = platform.receive({ headers: post.headers, body: Buffer.from(post.body), now: Date.now() });
    expect(read).toMatchObject({ kind: 'inbound', inbound: { kind: 'unsupported' } });
  });
});

describe('the bot id', () => {
  it('is asked for where the host is told to wait for it', async () => {
    const { sim } = await setUp();
    const kept: Promise<unknown>[] = [];
    const platform = platformOf(sim, { background: (work) => void kept.push(work) });
    const user = sim.addUser({ name: '石小红' });
    sim.connectWebhook({
      url: 'http://office.test/webhook/feishu',
      fetch: async (_url, init) => {
        const headers = Object.fromEntries(new Headers(init.headers));
        platform.receive({ headers, body: new Uint8Array(init.body as unknown as Buffer), now: Date.now() });
        return Response.json({});
      },
    });
    await user.sayPrivately('你好', { mentionBot: true });
    expect(kept).toHaveLength(1);
    await Promise.all(kept);
    expect(sim.calls.some((call) => call.path === '/open-apis/bot/v3/info')).toBe(true);
  });
});
