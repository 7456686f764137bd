import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ExcelJS from 'exceljs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../db/node.ts';
import { importByChild } from '../../src/cli/import-child.ts';
import { silentLog } from '../../src/lib/log.ts';
import { assembleOffice } from '../../src/office/assemble.ts';
import type { ImportRoster } from '../../src/office/parts.ts';
import { createFeishu } from '../../src/platforms/feishu/index.ts';
import { shortReport } from '../../src/work/roster-file.ts';
import { createWorld, type World } from '../helpers/world.ts';
import { createTwoPlatforms, SECRET } from '../quota/kit.ts';
import { createFeishuSim } from '../simulators/feishu/index.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const env: Record<string, string> = {};
let folder: string;
let world: World;
const worlds: World[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(root, 'node_modules/.roster-'));
  execFileSync(process.execPath, ['build.mjs', folder.slice(root.length)], { cwd: root });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(async () => {
  for (const each of worlds.splice(0)) await each.close();
});

/** The importer of the built command line, on the world's own file. */
const importer = (file: Parameters<ImportRoster>[0]) =>
  importByChild({ script: join(folder, 'lianxin.js'), env })(file);

let files = 0;
async function open(importRoster: ImportRoster | undefined = importer): Promise<void> {
  files += 1;
  const path = join(folder, `office-${files}.db`);
  world = await createWorld({ jobs: [], path, importRoster });
  worlds.push(world);
  Object.assign(env, world.sim.env(), {
    PATH: process.env.PATH ?? '',
    DATABASE_PATH: path,
    SECRET_KEY: 'a secret for tests, long enough …',
    LOG_LEVEL: 'error',
  });
  world.person('安静', '第一支部', ['党员', '管理员']);
}
const user = (name: string) => {
  const found = world.users[name];
  if (!found) throw new Error(name);
  return found;
};
const said = (name: string) => world.sim.private(user(name)).texts();
const send = (name: string, file: string, bytes: Uint8Array) =>
  user(name).sayPrivately(file, { type: 'file', bytes });
const pause = () => new Promise((resolve) => setTimeout(resolve, 10));
/** The background has looked after it. */
async function told(name: string, count: number): Promise<string[]> {
  for (let turn = 0; turn < 1000 && said(name).length < count; turn += 1) {
    await world.settle();
    await pause();
  }
  return said(name);
}
async function xlsx(sheets: Record<string, (string | number)[][]>): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  for (const [name, rows] of Object.entries(sheets)) workbook.addWorksheet(name).addRows(rows);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}
const HEAD = ['姓名', '角色', '组织', '手机号'];
const GOOD = {
  成员: [HEAD, ['周萍', '党员', '第一支部', '13800000011'], ['钱进', '网格员', '第一支部', '13800000012']],
};
const members = () =>
  world.office.q.members.named('周萍').length + world.office.q.members.named('钱进').length;
const text = (rows: string) => new TextEncoder().encode(rows);

describe('a roster file sent by an administrator', () => {
  it('is imported with the report of the command line; a second copy changes nothing', async () => {
    await open();
    const bytes = await xlsx(GOOD);
    await send('安静', '名册.xlsx', bytes);
    expect(await told('安静', 2)).toEqual([
      '收到“名册.xlsx”，正在核对，好了把结果发给您。',
      '“名册.xlsx”\n已导入：人员 新增2，更新0，不变0。',
    ]);
    expect(members()).toBe(2);
    await send('安静', '名册.xlsx', bytes);
    expect((await told('安静', 4)).at(-1)).toBe('“名册.xlsx”\n已导入：人员 新增0，更新0，不变2。');
    expect(members()).toBe(2);
  }, 30_000);

  it('with a bad row writes nothing and says which and how to mend it', async () => {
    await open();
    const rows = [...GOOD.成员, ['孙悦', '党员', '第九支部', ''], ['', '党员', '第一支部', '']];
    await send('安静', '名册.xlsx', await xlsx({ 成员: rows }));
    const report = (await told('安静', 2)).at(-1) ?? '';
    expect(report).toContain('成员 第4行：没有组织“第九支部”');
    expect(report).toContain('成员 第5行：姓名没有写，请补上。');
    expect(report.endsWith('有2行要改，什么都没有写入。改好再发一次。')).toBe(true);
    expect(members()).toBe(0);
  }, 30_000);

  it('may be a CSV, whose name is the sheet; a large one is written in slices', async () => {
    await open();
    const rows = Array.from(
      { length: 120 },
      (_, n) =>
        `测试${'甲乙丙丁戊己庚辛壬癸'[n % 10]}${'子丑寅卯辰巳午未申酉戌亥'[Math.floor(n / 10)]},党员,第一支部`,
    );
    await send('安静', '成员.csv', text(['姓名,角色,组织', ...rows].join('\n')));
    expect((await told('安静', 2)).at(-1)).toBe('“成员.csv”\n已导入：人员 新增120，更新0，不变0。');
    expect(world.office.q.members.named('测试甲子')).toHaveLength(1);
  }, 30_000);

  it('that is no workbook, or of another kind, is answered with what to do', async () => {
    await open();
    await send('安静', '名册.xlsx', text('PK no workbook'));
    expect((await told('安静', 2)).at(-1)).toBe(
      '“名册.xlsx”\n这个 .xlsx 打不开，可能加了密码或已损坏。请另存一份再导入。',
    );
    await send('安静', '名册.xls', text('old'));
    await send('安静', '通知.pdf', text('%PDF'));
    expect((await told('安静', 4)).slice(2)).toEqual([
      '这是旧格式 .xls，请在 Excel 或 WPS 里另存为 .xlsx 再发给我。',
      '名册只认 .xlsx 和 .csv，请另存为其中一种再发给我。',
    ]);
  }, 30_000);

  it('is refused above 10 MB', async () => {
    await open();
    await send('安静', '名册.xlsx', new Uint8Array(10 * 1024 * 1024 + 1));
    expect((await told('安静', 2)).at(-1)).toBe('“名册.xlsx”\n文件太大了，最多10MB。请拆成几个再发。');
  }, 30_000);

  it('is not lost when the process ends in between, nor imported or reported twice', async () => {
    let begun = 0;
    await open(() => {
      begun += 1;
      return new Promise<string[]>(() => undefined);
    });
    await send('安静', '名册.xlsx', await xlsx(GOOD));
    for (let turn = 0; turn < 400 && begun === 0; turn += 1) await pause();
    await world.settle();
    await world.office.stop();
    expect(members()).toBe(0);
    const { sim, clock } = world;
    const store = openStore(env.DATABASE_PATH ?? '');
    const feishu = createFeishu({ ...sim, mode: 'webhook', log: silentLog, now: clock.now });
    const secret = env.SECRET_KEY ?? '';
    const next = assembleOffice({
      store,
      secret,
      clock,
      platforms: [feishu],
      log: silentLog,
      jobs: [],
      importRoster: importer,
    });
    await next.start();
    for (let turn = 0; turn < 1000 && said('安静').length < 2; turn += 1) await pause();
    await next.beat();
    await next.settle();
    expect(said('安静').slice(1)).toEqual(['“名册.xlsx”\n已导入：人员 新增2，更新0，不变0。']);
    expect(next.q.settings.get('roster-files')).toBeNull();
    expect(members()).toBe(2);
    await next.stop();
    store.close();
  }, 30_000);

  it('is tried again when the import was broken off, and given up with a word after five times', async () => {
    let tries = 0;
    await open(() => {
      tries += 1;
      return Promise.reject(new Error('broken off'));
    });
    await send('安静', '名册.xlsx', await xlsx(GOOD));
    for (let turn = 1; turn <= 5; turn += 1) {
      for (let wait = 0; wait < 400 && tries < turn; wait += 1) await pause();
      expect(tries).toBe(turn);
      await world.office.beat();
      expect(tries).toBe(turn);
      world.clock.set(world.clock.now() + 61_000);
      await world.office.beat();
    }
    expect((await told('安静', 2)).at(-1)).toBe(
      '“名册.xlsx”\n这个文件一直没读成，请过一会儿再发一次；还不行，请找维护的同志。',
    );
    expect(tries).toBe(5);
  }, 30_000);

  it('where no workbook can be read the answer is the command line', async () => {
    world = await createWorld({ jobs: [] });
    worlds.push(world);
    world.person('安静', '第一支部', ['党员', '管理员']);
    await send('安静', '名册.xlsx', await xlsx(GOOD));
    expect(await told('安静', 1)).toEqual([
      '这台服务读不了名册文件，请在服务器上导入：lianxin import 名册.xlsx',
    ]);
  });
});

describe('the running server', () => {
  it('finds its own command line beside its bundle', async () => {
    files += 1;
    const sim = await createFeishuSim();
    const admin = sim.addUser({ name: '安静' });
    const server = spawn(process.execPath, [join(folder, 'main.node.js')], {
      cwd: folder,
      env: {
        ...sim.env(),
        PATH: process.env.PATH ?? '',
        HOST: '127.0.0.1',
        PORT: '0',
        ADMINS: `feishu:${admin.openId}`,
        SECRET_KEY: SECRET,
        DATABASE_PATH: join(folder, `office-${files}.db`),
        LOG_LEVEL: 'error',
      },
    });
    const ended = once(server, 'exit');
    try {
      let heard = '';
      server.stdout.on('data', (chunk: Buffer) => {
        heard += chunk.toString();
      });
      const url = () => heard.match(/http:\/\/[\d.]+:\d+\//)?.[0];
      await sim.waitFor(url, { what: 'the start', timeoutMs: 10_000 });
      sim.connectWebhook({ url: `${url()}webhook/feishu` });
      const bytes = text('姓名,角色,组织\n周萍,党员,第一支部\n');
      await admin.sayPrivately('成员.csv', { type: 'file', bytes });
      await sim.waitFor(() => sim.private(admin).texts().length > 1, { what: 'a report', timeoutMs: 15_000 });
      expect(sim.private(admin).texts().at(-1)).toContain('已导入：');
      expect(sim.private(admin).texts().at(-1)).toContain('人员 新增1，更新0，不变0');
    } finally {
      server.kill('SIGTERM');
      await ended;
      await sim.close();
    }
  }, 40_000);
});

describe('the same on DingTalk', () => {
  it('is fetched by its code, imported and reported', async () => {
    files += 1;
    const path = join(folder, `office-${files}.db`);
    const at = await createTwoPlatforms({ path, importRoster: importer });
    try {
      const server = { PATH: process.env.PATH ?? '', DATABASE_PATH: path, SECRET_KEY: SECRET };
      Object.assign(env, at.other.env(), at.sim.env(), server);
      const reports = () => at.sim.private(at.administrator).texts();
      const bytes = text('姓名,角色,组织\n周萍,党员,第一支部\n');
      await at.administrator.sayPrivately('成员.csv', { type: 'file', bytes });
      for (let turn = 0; turn < 1000 && reports().length < 2; turn += 1) {
        await at.office.settle();
        await pause();
      }
      expect(reports().at(-1)).toBe('“成员.csv”\n已导入：人员 新增1，更新0，不变0。');
      expect(at.office.q.members.named('周萍')).toHaveLength(1);
      expect(at.sim.complaints).toEqual([]);
      // The report stands there before we have noted that it went out, and what it took.
      await at.office.settle();
      expect(at.counted()).toMatchObject(at.sim.used);
    } finally {
      await at.close();
    }
  }, 30_000);
});

describe('anybody else', () => {
  it('is told so, and nothing of the file is kept', async () => {
    await open();
    await send('石小红', '名册.xlsx', await xlsx(GOOD));
    expect((await told('石小红', 1))[0]).toContain('文件我不收，也没有保存。名册由管理员发给我');
    expect(world.office.q.settings.get('roster-files')).toBeNull();
    const kept = world.store.db.all('select 1 from inbox where body_sealed is not null');
    expect(kept).toEqual([]);
    expect(members()).toBe(0);
  });
});

describe('a long report', () => {
  it('is cut with a count, and keeps its result', () => {
    const lines = [
      ...Array.from({ length: 300 }, (_, n) => `成员 第${n + 2}行：姓名没有写，请补上。`),
      '有300行要改。',
    ];
    const shown = shortReport(lines).split('\n');
    expect(shown).toHaveLength(22);
    expect(shown.at(-2)).toBe('……还有280条，改好上面这些再发，会接着说。');
    expect(shown.at(-1)).toBe('有300行要改。');
    expect(shortReport(['已导入：没有内容。'])).toBe('已导入：没有内容。');
  });
});
