import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openEntry } from '../../src/offices/entry.ts';
import { buildProgram, type Program, type Server } from '../operations/server.ts';
import { createFeishuSim, type FeishuSim } from '../simulators/feishu/index.ts';

const SECRET = 'a secret for tests, long enough …';
const patience = { timeoutMs: 30_000 };

let program: Program;
let folder: string;
let server: Server | undefined;
const sims: FeishuSim[] = [];

beforeAll(async () => {
  program = await buildProgram();
}, 60_000);
afterEach(async () => {
  await server?.stop();
  server = undefined;
  await Promise.all(sims.splice(0).map((sim) => sim.close()));
  rmSync(folder, { recursive: true, force: true });
});
afterAll(() => program?.remove());

function fresh(): void {
  folder = mkdtempSync(join(tmpdir(), 'lianxin-directory-'));
}
const env = () => ({ DATABASE_PATH: join(folder, 'lianxin.db'), SECRET_KEY: SECRET, LOG_LEVEL: 'silent' });
const lianxin = (...args: string[]) => program.command(args, env());
/** A tenant, and the file of its credentials. */
async function tenant(name: string, more: Record<string, string> = {}) {
  const sim = await createFeishuSim({ limits: false, ackTimeoutMs: 30_000 });
  sims.push(sim);
  const file = join(folder, `${name}.env`);
  const write = (without = '') =>
    writeFileSync(
      file,
      Object.entries({ ...sim.env(), ...more })
        .filter(([key]) => key !== without)
        .map(([key, value]) => `${key}=${value}\n`)
        .join(''),
    );
  write();
  return { sim, file, write };
}
async function serve(more: Record<string, string> = {}): Promise<Server> {
  server = await program.server({ ...env(), ...more });
  return server;
}
const connect = ({ url }: Server, sim: FeishuSim, path: string) =>
  sim.connectWebhook({ url: `${url}/${path}` });

describe('lianxin office', { timeout: 60_000 }, () => {
  it('says how, and leaves nothing behind when the first office is refused', async () => {
    fresh();
    const { file, write } = await tenant('wutong');
    expect(await lianxin('office')).toMatchObject({ code: 2, output: expect.stringContaining('office add') });
    expect((await lianxin('office', 'list')).output).toContain('还没有单位目录');
    const refusals: [string[], string][] = [
      [['add', 'wutong'], '--from'],
      [['add', '../etc', '--from', file], '小写字母'],
      [['add', 'offices', '--from', file], '小写字母'],
      [['add', 'wutong', '--from', join(folder, 'nowhere.env')], '没有'],
    ];
    for (const [args, words] of refusals)
      expect(await lianxin('office', ...args)).toMatchObject({
        code: 1,
        output: expect.stringContaining(words),
      });
    write('FEISHU_ENCRYPT_KEY');
    expect((await lianxin('office', 'add', 'wutong', '--from', file)).output).toContain('FEISHU_ENCRYPT_KEY');
    expect(existsSync(join(folder, 'offices.db'))).toBe(false);
    expect(existsSync(join(folder, 'wutong.db'))).toBe(false);
  });

  it('opens an office for a server without any other, down to the claim of its administrator', async () => {
    fresh();
    const { sim, file } = await tenant('wutong');
    const added = await lianxin('office', 'add', 'wutong', '--from', file);
    expect(added).toMatchObject({ code: 0, output: expect.stringContaining('/o/wutong/webhook/feishu') });
    const code = /认领 (\d{6})/.exec(added.output)?.[1] ?? '';
    const running = await serve();
    expect(running.output()).toContain('/o/<单位>/webhook/feishu');
    connect(running, sim, 'o/wutong/webhook/feishu');
    const person = sim.addUser({ name: '方静' });
    expect(await person.sayPrivately(`认领 ${code}`)).toMatchObject({ status: 200, body: {} });
    await sim.waitFor(() => sim.private(person).messages.length > 0, patience);
    expect(sim.private(person).texts().join('\n')).not.toContain('不对');
    expect(existsSync(join(folder, 'lianxin.db'))).toBe(false);
    expect(await running.stop()).toBe(0);
    expect(
      (await lianxin('policy', 'adopt', 'xian', '--from', '2026-10-01', '--office', 'wutong')).code,
    ).toBe(0);
    // The directory is lost, or the file was carried to another machine: the key and the id are enough.
    for (const end of ['', '-wal', '-shm']) rmSync(join(folder, `offices.db${end}`), { force: true });
    expect((await lianxin('office', 'add', 'wutong', '--from', file)).output).toContain('--existing');
    const moved = await lianxin('office', 'add', 'wutong', '--from', file, '--existing');
    expect([moved.code, moved.output.includes('认领')]).toEqual([0, false]);
    expect(await lianxin('tick', '--office', 'nobody')).toMatchObject({
      code: 1,
      output: expect.stringContaining('没有 nobody 这个单位'),
    });
  });

  it('is followed by a running server, beside the office of its variables', async () => {
    fresh();
    const single = await tenant('single');
    const first = await tenant('first', { ADMINS: 'feishu:ou_first' });
    await lianxin('office', 'add', 'first', '--from', first.file);
    const running = await serve({ ...single.sim.env(), ADMINS: 'feishu:ou_single' });
    connect(running, single.sim, 'webhook/feishu');
    const second = await tenant('second', { ADMINS: 'feishu:ou_second' });
    connect(running, second.sim, 'o/second/webhook/feishu');
    const admin = second.sim.addUser({ name: '方静', openId: 'ou_second' });
    const help = () => admin.sayPrivately('/帮助');
    expect(await help()).toMatchObject({ status: 404, body: { error: 'platform_off' } });
    expect((await lianxin('office', 'add', 'second', '--from', second.file)).code).toBe(0);
    expect(await help()).toMatchObject({ status: 200 });
    await second.sim.waitFor(() => second.sim.private(admin).messages.length > 0, patience);
    expect((await lianxin('office', 'disable', 'second')).code).toBe(0);
    expect(await help()).toMatchObject({ status: 404 });
    expect((await lianxin('office', 'enable', 'second')).code).toBe(0);
    expect(await help()).toMatchObject({ status: 200 });
    const alone = single.sim.addUser({ name: '管理员', openId: 'ou_single' });
    expect(await alone.sayPrivately('/帮助')).toMatchObject({ status: 200 });
    await single.sim.waitFor(() => single.sim.private(alone).messages.length > 0, patience);
    const figures = async () => (await fetch(`${running.url}/metrics`)).text();
    expect(await figures()).toContain('lianxin_platform_up{platform="feishu"} 1');
    // Now one of them cannot reach its platform.
    second.sim.fail({ path: '/open-apis/im/', times: Number.POSITIVE_INFINITY, mode: 'drop-before' });
    await help();
    await expect.poll(figures, { timeout: 30_000 }).toContain('lianxin_platform_up{platform="feishu"} 0');
    await expect.poll(figures, { timeout: 30_000 }).toContain('lianxin_outbox_messages{state="pending"} 1');
  });

  it('holds the long connection of an office without a public address, as its file says', async () => {
    fresh();
    const { sim, write, file } = await tenant('wutong');
    sim.transport = 'longconn';
    write();
    const added = await lianxin('office', 'add', 'wutong', '--from', file);
    expect(added).toMatchObject({ code: 0, output: expect.stringContaining('飞书用长连接') });
    expect(added.output).not.toContain('/webhook/');
    const exported = await lianxin('office', 'export', 'wutong');
    expect(exported).toMatchObject({ code: 1, output: expect.stringContaining('Cloudflare') });
    const code = /认领 (\d{6})/.exec(added.output)?.[1] ?? '';
    const running = await serve();
    await sim.waitFor(() => sim.connections === 1, patience);
    const person = sim.addUser({ name: '方静' });
    expect(await person.sayPrivately(`认领 ${code}`)).toMatchObject({ status: 200 });
    await sim.waitFor(() => sim.private(person).messages.length > 0, patience);
    expect(sim.private(person).texts().join('\n')).not.toContain('不对');
    expect(await running.stop()).toBe(0);
    await sim.waitFor(() => sim.connections === 0, patience);
    sim.transport = 'webhook';
    write();
    expect((await lianxin('office', 'rotate', 'wutong', '--from', file)).output).toContain('下一个事件起');
    expect((await lianxin('office', 'export', 'wutong')).code).toBe(0);
  });

  it('takes one app for one office only, lists without secrets, and exports what opens with the key alone', async () => {
    fresh();
    const { sim, file } = await tenant('wutong', { ADMINS: 'feishu:ou_first' });
    await lianxin('office', 'add', 'wutong', '--from', file);
    const twin = await lianxin('office', 'add', 'twin', '--from', file);
    expect(twin).toMatchObject({ code: 1, output: expect.stringContaining('已经是 wutong 的了') });
    const own = await program.command(['office', 'add', 'own', '--from', file], { ...env(), ...sim.env() });
    expect(own).toMatchObject({ code: 1, output: expect.stringContaining('环境变量') });
    expect((await lianxin('office', 'add', 'wutong', '--from', file)).output).toContain('rotate');
    expect((await lianxin('office', 'rotate', 'wutong', '--from', file)).code).toBe(0);
    const list = (await lianxin('office', 'list')).output;
    expect(list).toMatch(/^wutong\t在用\t第2版凭证\t\d{4}-\d\d-\d\d加入\n$/);
    const { output } = await lianxin('office', 'export', 'wutong');
    const entry = openEntry(SECRET, { id: 'wutong', sealed: output.trim() });
    expect(entry).toMatchObject({
      revision: 2,
      admins: [{ platform: 'feishu', id: 'ou_first' }],
      feishu: { appSecret: sim.appSecret },
    });
    for (const text of [list, output, twin.output, own.output])
      for (const secret of [sim.appSecret, sim.encryptKey, sim.verificationToken])
        expect(text).not.toContain(secret);
  });
});
