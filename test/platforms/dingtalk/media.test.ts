import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/lib/errors.ts';
import type { Inbound, Platform } from '../../../src/platforms/platform.ts';
import { listen, setUp } from './outbound-kit.ts';

const BYTES = new Uint8Array(Buffer.from('姓名,组织\n'.repeat(500)));

async function withFile() {
  const { sim, platform } = await setUp({}, () => ({ callTimeoutMs: 300 }));
  const seen = listen(sim, platform);
  const lin = sim.addUser({ name: '林一' });
  await lin.sayPrivately('名册.xlsx', { type: 'file', bytes: BYTES });
  return { sim, platform, file: fileOf(seen) };
}

function fileOf([said]: Inbound[]) {
  const file = said?.kind === 'message' ? said.files?.[0] : undefined;
  if (said?.kind !== 'message' || !file) throw new Error('no file came');
  return { messageId: said.messageId, key: file.key, kind: 'file' as const };
}

async function refusal(platform: Platform, file: ReturnType<typeof fileOf>, most = 100_000): Promise<string> {
  const thrown = await platform.download?.(file, most).catch((error: unknown) => error);
  return thrown instanceof AppError ? `${thrown.code} ${thrown.userText}` : 'no AppError';
}

describe('files that were sent to the robot', () => {
  it('come byte for byte', async () => {
    const { sim, platform, file } = await withFile();
    expect(await platform.download?.(file, BYTES.length)).toEqual(BYTES);
    expect(sim.complaints).toEqual([]);
  });

  it('too large: stopped on the way, with the limit in the sentence', async () => {
    const { platform, file } = await withFile();
    expect(await refusal(platform, file, 4096)).toMatch(/^media_too_large .*最多4KB/);
  });

  it('a code that is over, and an address that is over: send it again', async () => {
    const { sim, platform, file } = await withFile();
    expect(await refusal(platform, { ...file, key: 'gone' })).toMatch(/^media_expired .*重新发/);
    sim.fail({ path: '/oss', mode: 'raw', status: 403, body: '<Error/>' });
    expect(await refusal(platform, file)).toMatch(/^media_expired/);
  });

  it('DingTalk out of reach or in haste: try later', async () => {
    const { sim, platform, file } = await withFile();
    sim.fail({ path: '/v1.0/robot/messageFiles', mode: 'html' });
    expect(await refusal(platform, file)).toMatch(/^media_unavailable .*过几分钟/);
    sim.fail({ path: '/oss', mode: 'drop-before' });
    expect(await refusal(platform, file)).toMatch(/^media_unavailable/);
    sim.fail({ path: '/oss', mode: 'raw', status: 302, body: '' });
    expect(await refusal(platform, file)).toMatch(/^media_unavailable/);
  });

  it.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://127.0.0.1:1/x',
    'https://aliyuncs.com.evil.example/x',
    'https://evilaliyuncs.com/x',
    'https://user:secret@down.dingtalk.com/x',
    'http://bucket.aliyuncs.com:8080/x',
    'file:///etc/passwd',
    '',
  ])('an address that is not DingTalk’s is not asked: %s', async (downloadUrl) => {
    const { sim, platform, file } = await withFile();
    sim.fail({
      path: '/v1.0/robot/messageFiles',
      mode: 'raw',
      status: 200,
      body: JSON.stringify({ downloadUrl }),
    });
    expect(await refusal(platform, file)).toMatch(/^media_unavailable/);
    expect(sim.calls.filter((call) => call.path.startsWith('/oss'))).toEqual([]);
  });

  it('the call is brought to the books by the next delivery', async () => {
    const { sim, platform, file } = await withFile();
    await platform.download?.(file, BYTES.length);
    const group = sim.addGroup({ name: '第一支部', withBot: true });
    const out = {
      kind: 'send',
      target: { type: 'chat', id: group },
      content: { text: '收到' },
      uuid: 'lx-f',
    } as const;
    expect(await platform.deliver(out)).toMatchObject({ spent: { calls: 2, pushes: 0 } });
    expect(sim.used.calls).toBe(2);
  });
});
