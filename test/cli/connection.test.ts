import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildProgram, type Program } from '../operations/server.ts';

const SECRET = 'a secret for tests, long enough …';
const FIRST = 'cli_aaaaaaaaaaaaaaaa';
const SECOND = 'cli_bbbbbbbbbbbbbbbb';
const feishu = (appId: string, secret = 'the-app-secret') => ({
  FEISHU_APP_ID: appId,
  FEISHU_APP_SECRET: secret,
  FEISHU_ENCRYPT_KEY: 'the-encrypt-key',
  FEISHU_VERIFICATION_TOKEN: 'the-token',
});
const DINGTALK = { DINGTALK_CLIENT_ID: 'dingabc0123', DINGTALK_CLIENT_SECRET: 'the-client-secret' };

let program: Program;
let folder: string;
beforeAll(async () => {
  program = await buildProgram();
  return () => program.remove();
}, 60_000);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lianxin-connections-'));
  return () => rmSync(folder, { recursive: true, force: true });
});

function file(name: string, variables: Record<string, string>): string {
  const path = join(folder, name);
  writeFileSync(
    path,
    Object.entries(variables)
      .map((pair) => `${pair.join('=')}\n`)
      .join(''),
  );
  return path;
}
const bare = () => ({ DATABASE_PATH: join(folder, 'lianxin.db'), SECRET_KEY: SECRET, LOG_LEVEL: 'silent' });
const lianxin = (...args: string[]) => program.command(args, { ...bare(), ...feishu(FIRST) });
const add = (path: string) => lianxin('connection', 'add', path);

describe('lianxin connection', { timeout: 60_000 }, () => {
  it('adds a further tenant and an organisation of the other platform, and lists them without secrets', async () => {
    const second = file('second.env', { ...feishu(SECOND), ADMINS: 'feishu:ou_1' });
    const added = await add(second);
    expect(added.code).toBe(0);
    expect(added.output).toContain(`<PUBLIC_URL>/webhook/feishu/${SECOND}`);
    expect(added.output).toContain('一分钟内生效');
    const stream = await add(file('ding.env', { ...DINGTALK, DINGTALK_MODE: 'stream' }));
    expect([stream.code, stream.output.includes('不用填推送地址')]).toEqual([0, true]);
    expect((await lianxin('connection', 'disable', 'dingabc0123')).code).toBe(0);
    expect((await lianxin('connection', 'rotate', second)).code).toBe(0);
    const { output } = await lianxin('connection', 'list');
    expect(output.split('\n').map((line) => line.replace(/\d{4}-\d\d-\d\d/, 'D'))).toEqual([
      `feishu:${FIRST}\t在用\t写在 .env 里`,
      `feishu:${SECOND}\t在用\t第2版凭证\tD加入`,
      'dingtalk:dingabc0123\t停用\t第1版凭证\tD加入',
      '',
    ]);
    expect((await lianxin('connection', 'enable', 'dingtalk:dingabc0123')).output).toContain('启用了');
    const bytes = readFileSync(join(folder, 'lianxin.db')).toString('latin1');
    for (const text of [added.output, stream.output, output, bytes])
      expect(text).not.toMatch(/the-app-secret|the-client-secret|the-encrypt-key/);
  });

  it('refuses what would make two of one, or one of two', async () => {
    const second = file('second.env', feishu(SECOND));
    await add(second);
    const refusals: [string[], string][] = [
      [['add', second], '已经有'],
      [['add', file('own.env', feishu(FIRST))], '已经写在 .env 里'],
      [['add', file('both.env', { ...feishu('cli_c'), ...DINGTALK })], '一个文件写一个应用'],
      [['add', file('half.env', { FEISHU_APP_ID: 'cli_c' })], 'FEISHU_APP_SECRET'],
      [['add', file('none.env', { PORT: '1' })], 'FEISHU_APP_ID'],
      [['rotate', file('new.env', DINGTALK)], '还没有这个应用'],
      [['disable', 'cli_nobody'], '没有 cli_nobody'],
      [['disable', FIRST], '.env'],
    ];
    for (const [args, words] of refusals)
      expect(await lianxin('connection', ...args)).toMatchObject({
        code: 1,
        output: expect.stringContaining(words),
      });
    expect(await lianxin('connection')).toMatchObject({ code: 2, output: expect.stringContaining('用法') });
    // Without a first one in the variables the server would open the playground.
    const none = await program.command(['connection', 'add', second], bare());
    expect(none).toMatchObject({ code: 1, output: expect.stringContaining('第一个应用写在 .env') });
  });

  it('keeps one app to one office, whichever was there first', async () => {
    const office = file('office.env', feishu(SECOND));
    expect((await lianxin('office', 'add', 'wutong', '--from', office)).code).toBe(0);
    expect((await add(office)).output).toContain('单位 wutong');
    const third = file('third.env', feishu('cli_c'));
    expect((await add(third)).code).toBe(0);
    expect((await lianxin('office', 'add', 'chunxi', '--from', third)).output).toContain('环境变量');
  });

  it('takes ids of a roster to the app they name', async () => {
    await add(file('second.env', feishu(SECOND)));
    await add(file('ding.env', DINGTALK));
    const roster = join(folder, '人员.csv');
    writeFileSync(
      roster,
      `姓名,角色,组织,飞书open_id,钉钉userId\n石小红,党员,第一支部,ou_one、${SECOND}:ou_two,0001\n李梅,党员,第一支部,${SECOND}:ou_three,\n周兰,党员,第一支部,cli_nobody:ou_x,\n`,
    );
    const { code, output } = await lianxin('import', roster);
    expect(code).toBe(0);
    expect(output).toContain('飞书应用 cli_nobody 没有接上');
    const { openStore } = await import('../../db/node.ts');
    const store = openStore(join(folder, 'lianxin.db'), { readonly: true });
    const rows = store.db.all<{ name: string; id: string }>(
      "select name, connection || ' ' || external_id as id from identity join member on member.id = member_id order by 1, 2",
    );
    store.close();
    expect(rows.map(({ name, id }) => `${name} ${id}`)).toEqual([
      `李梅 feishu:${SECOND} ou_three`,
      '石小红 dingtalk:dingabc0123 0001',
      `石小红 feishu:${FIRST} ou_one`,
      `石小红 feishu:${SECOND} ou_two`,
    ]);
  });
});
