import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../db/node.ts';
import { createQueries } from '../../db/queries/index.ts';
import { createVault } from '../../src/lib/vault.ts';
import { createPlace, type Place, SECRET } from '../operations/place.ts';
import { buildProgram, type Program } from '../operations/server.ts';

let program: Program;
let place: Place;
beforeAll(async () => {
  program = await buildProgram();
  return () => program.remove();
}, 60_000);
beforeEach(async () => {
  place = await createPlace();
});
afterEach(() => place.close());

const doctor = (more: Record<string, string> = {}, ...args: string[]) =>
  program.command(['doctor', ...args], place.env({ LOG_LEVEL: 'silent', ...more }));
const lines = (output: string) => output.split('\n');

describe('lianxin doctor', { timeout: 60_000 }, () => {
  it('says of everything 正常, 异常 or 不明, and what to do about it', async () => {
    const before = await doctor();
    const found = lines(before.output);
    for (const start of [
      '正常 · 数据库 · 文件完好',
      '正常 · SECRET_KEY',
      '正常 · 管理员',
      '不明 · 公网地址',
      '不明 · 备份',
    ])
      expect(found.some((line) => line.startsWith(start))).toBe(true);
    expect(before.output).toMatch(/正常 · 飞书 凭证/);
    for (const [at, line] of found.entries())
      if (/^(异常|不明)/.test(line)) expect(found[at + 1]).toMatch(/^ {2}怎么办：/);
    expect(before.code).toBe(found.some((line) => line.startsWith('异常')) ? 1 : 0);
    expect(before.output).not.toContain(place.sim.appSecret);
    expect((await program.command(['backup', join(place.folder, 'b.db')], place.env())).code).toBe(0);
    const after = await doctor({ PUBLIC_URL: 'https://lianxin.example.cn' });
    expect(after.output).toContain('正常 · 备份 · 最近一次是今天');
    expect(after.output).toContain('正常 · 公网地址 · https://lianxin.example.cn');
  });

  it('finds credentials that Feishu refuses, another key, a message that did not go out', async () => {
    const store = openStore(place.path);
    const q = createQueries({ store, vault: createVault('another key, also long enough …') });
    q.audit.append({ at: 1, actorId: null, act: 'a', subject: 'x', data: { a: 1 } });
    store.close();
    const { code, output } = await doctor({ FEISHU_APP_SECRET: 'wrong' });
    expect(code).toBe(1);
    expect(output).toMatch(/异常 · 飞书 凭证.*\n {2}怎么办：.*FEISHU_APP_SECRET/);
    expect(output).toMatch(/异常 · SECRET_KEY · 打不开.*\n {2}怎么办：/);
    expect(output).toMatch(/有\d+项异常。/);
  });

  it('says what stops the start, and what the file is, without touching either', async () => {
    const wrong = await doctor({ FEISHU_ENCRYPT_KEY: '', PORT: 'x' });
    expect(wrong.code).toBe(1);
    expect(wrong.output).toMatch(/异常 · 配置 · .*PORT/);
    writeFileSync(place.path, 'no database '.repeat(2000));
    for (const end of ['-wal', '-shm']) rmSync(place.path + end, { force: true });
    const broken = await doctor();
    expect([broken.code, broken.output.includes('异常 · 数据库')]).toEqual([1, true]);
    rmSync(place.path);
    expect((await doctor()).output).toContain('不明 · 数据库 · 还没有');
    const nothing = await program.command(['doctor'], { DATABASE_PATH: join(place.folder, 'none.db') });
    expect(nothing).toMatchObject({ code: 0, output: expect.stringContaining('不明 · 平台') });
  });

  it('looks at every connection, names them apart, and finds one whose credentials do not open', async () => {
    const second = join(place.folder, 'second.env');
    writeFileSync(
      second,
      Object.entries({ ...place.sim.env(), FEISHU_APP_ID: 'cli_bbbbbbbbbbbbbbbb' })
        .map((pair) => `${pair.join('=')}\n`)
        .join(''),
    );
    expect((await program.command(['connection', 'add', second], place.env())).code).toBe(0);
    const { output } = await doctor();
    expect(output).toContain(`飞书（${place.sim.appId}） 凭证`);
    expect(output).toMatch(/异常 · 飞书（cli_bbbbbbbbbbbbbbbb） 凭证/);
    const store = openStore(place.path);
    store.db.run("update connection set sealed = 'v1.broken'");
    store.close();
    expect(await doctor()).toMatchObject({
      code: 1,
      output: expect.stringContaining('异常 · 连接 feishu:cli_bbbbbbbbbbbbbbbb · 凭证打不开'),
    });
    expect((await program.command(['connection', 'list'], place.env())).output).toContain('第1版凭证');
  });

  it('--fix lets the platform set what can be set', async () => {
    const { output } = await doctor({}, '--fix');
    expect(output).toMatch(/飞书 .*(斜杠|指令|面板|命令)/);
  });

  it('looks at an office of the directory', async () => {
    const file = join(place.folder, 'wutong.env');
    writeFileSync(
      file,
      Object.entries(place.sim.env())
        .map((pair) => `${pair.join('=')}\n`)
        .join(''),
    );
    const bare = { DATABASE_PATH: join(place.folder, 'lianxin.db'), SECRET_KEY: SECRET, LOG_LEVEL: 'silent' };
    expect((await program.command(['office', 'add', 'wutong', '--from', file], bare)).code).toBe(0);
    const { output } = await program.command(['doctor', '--office', 'wutong'], bare);
    expect(output).toContain('正常 · SECRET_KEY');
    expect(output).toContain('异常 · 管理员 · 还没有');
    expect(output).toContain('正常 · 飞书 凭证');
  });
});
