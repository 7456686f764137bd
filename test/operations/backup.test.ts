import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDirectory } from '../../db/directory.ts';
import { copyDatabase, foldLog, openStore } from '../../db/node.ts';
import { createQueries } from '../../db/queries/index.ts';
import { createVault } from '../../src/lib/vault.ts';
import { officeSecret, sealEntry } from '../../src/offices/entry.ts';
import { createPlace, type Place, SECRET, user } from './place.ts';
import { buildProgram, type Program } from './server.ts';

let program: Program;
beforeAll(async () => {
  program = await buildProgram();
});
afterAll(() => program.remove());

let place: Place;
let backup: string;
beforeEach(async () => {
  place = await createPlace();
  backup = join(place.folder, 'backup.db');
});
afterEach(() => place.close());

const run = (...args: string[]) => program.command(args, place.env());
const serve = async () => {
  const server = await program.server(place.env({ LOG_LEVEL: 'warn' }));
  place.sim.connectWebhook({ url: `${server.url}/webhook/feishu` });
  return server;
};
/** What a fresh look into the file finds. */
function look(path = place.path) {
  const store = openStore(path);
  const q = createQueries({ store, vault: createVault(SECRET) });
  const visits = store.db
    .all<{ words_sealed: string }>('select words_sealed from visit order by id')
    .map((row) => (JSON.parse(createVault(SECRET).open(row.words_sealed)) as (string | null)[])[2] ?? '');
  const found = {
    visits,
    broken: q.audit.verify(),
    states: store.db.all<{ state: string }>('select state from outbox order by id').map((row) => row.state),
    acts: store.db.all<{ act: string }>('select act from audit order by seq').map((row) => row.act),
  };
  store.close();
  return found;
}

describe('the drill: backup beside the running server, loss, restore', () => {
  it('brings back what was there, keeps what it replaces, and the server goes on', async () => {
    let server = await serve();
    await user(place, '石小红').say(place.group, '/走访 3号楼 张某 低保咨询');
    await place.sim.waitFor(() => place.sim.chat(place.group).texts().length === 1);
    await place.sim.waitFor(() => place.sim.private(user(place, '石小红')).lastCard());
    const saved = await run('backup', backup);
    expect(saved.output).toMatch(/已备份到 .*（[\d.]+ MB）。打开检查过：文件完好，留痕\d+条首尾相连。/);
    expect(saved.code).toBe(0);
    expect(statSync(backup).mode & 0o777).toBe(0o600);
    expect(readdirSync(place.folder).filter((name) => name.startsWith('backup'))).toEqual(['backup.db']);

    await user(place, '李梅香').say(place.group, '/走访 4号楼 李某 后来的一句');
    await place.sim.waitFor(() => place.sim.chat(place.group).texts().length === 2);
    const early = await run('restore', backup);
    expect(early).toMatchObject({
      code: 1,
      output: expect.stringContaining('没有恢复，现在的数据没有动：现在的数据库正被使用'),
    });
    expect(await server.stop()).toBe(0);
    expect(look().visits).toEqual(['低保咨询', '后来的一句']);

    const restored = await run('restore', backup);
    expect(restored.output).toContain('已恢复到');
    expect(restored.code).toBe(0);
    expect(look()).toMatchObject({ visits: ['低保咨询'], broken: null });
    expect(look().acts.at(-1)).toBe('office.restore');
    const aside = readdirSync(place.folder).find((name) => /^office\.db\.before-\d{8}-\d{6}$/.test(name));
    expect(look(join(place.folder, aside ?? '')).visits).toEqual(['低保咨询', '后来的一句']);

    server = await serve();
    await user(place, '李梅香').say(place.group, '/走访 5号楼 王某 接着记');
    await place.sim.waitFor(() => place.sim.chat(place.group).texts().length === 3);
    await server.stop();
    expect(look().visits).toEqual(['低保咨询', '接着记']);
    expect(place.sim.complaints).toEqual([]);
  });

  it('puts what was waiting into doubt instead of sending it a second time', async () => {
    const server = await serve();
    place.sim.fail({ path: /\/im\/v1\/messages/, times: 999, mode: 'error', status: 503 });
    await user(place, '石小红').say(place.group, '/走访 3号楼 张某 低保咨询');
    await run('backup', backup);
    await server.stop();
    const { output } = await run('restore', backup);
    expect(output).toContain('有2条消息备份时还没发出，不知后来发没发');
    expect(look().states).toEqual(['uncertain', 'uncertain']);
  });
});

describe('backup', () => {
  it('overwrites nothing and says what is wrong', async () => {
    writeFileSync(backup, 'mine');
    expect(await run('backup', backup)).toMatchObject({ code: 2, output: expect.stringContaining('不覆盖') });
    expect(readFileSync(backup, 'utf8')).toBe('mine');
    expect(await run('backup')).toMatchObject({ code: 2, output: expect.stringContaining('用法') });
    expect(await run('backup', join(place.folder, 'no', 'b.db'))).toMatchObject({
      code: 2,
      output: expect.stringContaining('没有这个目录'),
    });
    const none = await program.command(['backup', `${backup}2`], {
      DATABASE_PATH: join(place.folder, 'none.db'),
    });
    expect(none).toMatchObject({ code: 2, output: expect.stringContaining('DATABASE_PATH') });
    expect(existsSync(join(place.folder, 'none.db'))).toBe(false);
  });

  it('keeps no backup that does not check: a changed audit log, another key', async () => {
    const store = openStore(place.path);
    const q = createQueries({ store, vault: createVault(SECRET) });
    for (const act of ['a', 'b', 'c'])
      q.audit.append({ at: 1, actorId: null, act, subject: 'x', data: { act } });
    store.close();
    const other = await program.command(['backup', backup], {
      ...place.env(),
      SECRET_KEY: 'another key of at least thirty-two characters',
    });
    expect(other).toMatchObject({ code: 1, output: expect.stringContaining('SECRET_KEY') });
    const again = openStore(place.path);
    again.db.run("update audit set act = 'z' where seq = 2");
    again.close();
    expect(await run('backup', backup)).toMatchObject({
      code: 1,
      output: '没有备份成：留痕从第2条起对不上，有人改过。\n',
    });
    expect(readdirSync(place.folder).filter((name) => name.startsWith('backup'))).toEqual([]);
  });

  it('knows the key of an office by the name of its file, and takes no other office’s', async () => {
    const office = join(place.folder, 'wutong.db');
    const store = openStore(office);
    const q = createQueries({ store, vault: createVault(officeSecret(SECRET, 'wutong')) });
    q.audit.append({ at: 1, actorId: null, act: 'a', subject: 'x', data: { a: 1 } });
    store.close();
    const on = (name: string, ...args: string[]) =>
      program.command(args, place.env({ DATABASE_PATH: join(place.folder, name) }));
    expect(await on('wutong.db', 'backup', backup)).toMatchObject({ code: 0 });
    expect(await on('guihua.db', 'restore', backup)).toMatchObject({
      code: 1,
      output: expect.stringContaining('SECRET_KEY'),
    });
    expect(await on('wutong.db', 'restore', backup)).toMatchObject({ code: 0 });
  });

  it('takes the directory of offices along, and keeps no copy of one that does not open', async () => {
    const directory = openDirectory(join(place.folder, 'offices.db'));
    const credentials = { admins: [], revision: 1 };
    directory.add('wutong', sealEntry(SECRET, 'wutong', credentials).sealed, 1);
    expect((await run('backup', backup)).output).toContain('单位目录（1个单位）备份到');
    const copy = openDirectory(join(place.folder, 'backup.offices.db'));
    expect(copy.list().map(({ id }) => id)).toEqual(['wutong']);
    copy.close();
    const second = join(place.folder, 'second.db');
    directory.add('chunxi', sealEntry('another key, also long enough …', 'chunxi', credentials).sealed, 1);
    directory.close();
    expect(await run('backup', second)).toMatchObject({
      code: 1,
      output: expect.stringContaining('没有备份成：单位 chunxi 的凭证打不开'),
    });
    expect(readdirSync(place.folder).filter((name) => name.startsWith('second'))).toEqual([]);
  });

  it('is one moment of the database, and ends although somebody writes all the time', async () => {
    const writer = openStore(place.path);
    const big = 'x'.repeat(2000);
    for (let n = 0; n < 2000; n += 1)
      writer.db.run(`insert into setting (key, value) values ('k${n}', '"${big}"')`);
    let writing = true;
    let written = 0;
    const write = (): void => {
      if (!writing) return;
      // Both or neither stand in any one moment.
      writer.transaction(() => {
        writer.db.run(`insert or replace into setting (key, value) values ('left', '${written}')`);
        writer.db.run(`insert or replace into setting (key, value) values ('right', '${written}')`);
      });
      written += 1;
      setImmediate(write);
    };
    write();
    await copyDatabase(place.path, backup);
    writing = false;
    expect(written).toBeGreaterThan(3);
    writer.close();
    const copy = openStore(backup, { readonly: true });
    const [left, right] = copy.db.all<{ value: string }>(
      "select value from setting where key in ('left', 'right') order by key",
    );
    expect(left).toEqual(right);
    copy.close();
  });
});

describe('restore', () => {
  it('refuses what is no good backup and leaves everything as it was', async () => {
    const noDatabase = join(place.folder, 'no.db');
    writeFileSync(noDatabase, 'not a database '.repeat(2000));
    expect(await run('restore', noDatabase)).toMatchObject({
      code: 1,
      output: expect.stringContaining('没有恢复，现在的数据没有动'),
    });
    expect(await run('restore', join(place.folder, 'none.db'))).toMatchObject({ code: 2 });
    expect(await run('restore', place.path)).toMatchObject({ code: 2 });
    expect(await run('backup', backup)).toMatchObject({ code: 0 });
    // A backup leaves its date in the database, for `doctor`.
    const before = readFileSync(place.path);
    const damaged = readFileSync(backup);
    damaged.fill(0x41, 8192, 40_960);
    writeFileSync(backup, damaged);
    expect(await run('restore', backup)).toMatchObject({ code: 1, output: expect.stringContaining('损坏') });
    expect(readFileSync(place.path).equals(before)).toBe(true);
    const left = readdirSync(place.folder).filter((name) => !/-(wal|shm)$/.test(name));
    expect(left.sort()).toEqual(['backup.db', 'no.db', 'office.db']);
  });

  it('takes a file that cannot be read out of the way only with --force, and does not lose it', async () => {
    await run('backup', backup);
    writeFileSync(place.path, 'broken '.repeat(5000));
    expect(await run('restore', backup)).toMatchObject({
      code: 1,
      output: expect.stringContaining('--force'),
    });
    expect(await run('restore', backup, '--force')).toMatchObject({ code: 0 });
    const aside = readdirSync(place.folder).find((name) => name.includes('.before-')) ?? '';
    expect(readFileSync(join(place.folder, aside), 'utf8')).toContain('broken');
    expect(look().broken).toBeNull();
  });

  it('restores where nothing is', async () => {
    await run('backup', backup);
    const elsewhere = join(place.folder, 'new.db');
    const done = await program.command(['restore', backup], { ...place.env(), DATABASE_PATH: elsewhere });
    expect(done.code).toBe(0);
    expect(done.output).not.toContain('移到了');
    expect(look(elsewhere).acts).toContain('office.restore');
  });
});

describe('the start', () => {
  it('refuses a damaged file with the way out, and does not touch it', async () => {
    const store = openStore(place.path);
    for (let n = 0; n < 300; n += 1)
      store.db.run(`insert into setting (key, value) values ('k${n}', '"${'v'.repeat(300)}"')`);
    store.close();
    expect(foldLog(place.path)).toBe(true);
    const bytes = readFileSync(place.path);
    bytes.fill(0x41, bytes.length - 8192, bytes.length - 4096);
    writeFileSync(place.path, bytes);
    const server = await program.server(place.env());
    expect(await server.stop()).toBe(1);
    expect(server.output()).toContain(
      '数据库文件有损坏，没有启动，以免越写越坏。请用最近的备份恢复：lianxin restore',
    );
    // The header says WAL again; no page after it has changed.
    expect(readFileSync(place.path).subarray(4096).equals(bytes.subarray(4096))).toBe(true);
  });
});

describe('migrate', () => {
  it('brings a file without tables to this version, and says so once', async () => {
    const fresh = join(place.folder, 'fresh.db');
    copyFileSync(place.path, fresh);
    writeFileSync(fresh, '');
    const migrate = () => program.command(['migrate'], { DATABASE_PATH: fresh });
    expect(await migrate()).toEqual({ code: 0, output: '数据库已升级到这个版本。\n' });
    expect(await migrate()).toEqual({ code: 0, output: '数据库已经是这个版本的，没有变化。\n' });
    const none = await program.command(['migrate'], { DATABASE_PATH: `${fresh}.none` });
    expect(none).toMatchObject({ code: 2, output: expect.stringContaining('没有数据库文件') });
  });

  it('touches no file of a newer version', async () => {
    const store = openStore(place.path);
    store.db.run("insert into __migrations (tag, hash) values ('9998_future', 'x')");
    store.close();
    expect(await run('migrate')).toMatchObject({ code: 1, output: expect.stringContaining('更新的版本') });
    expect(await run('restore', place.path.replace('office', 'none'))).toMatchObject({ code: 2 });
  });
});
