import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { CLIENT_CORE, startServer } from '../lib/processes.ts';
import { median, promise, table } from '../lib/report.ts';
import { DATA, HOME, startProduct } from './product.ts';

const IDLE_ON = 110;
const IDLE_OFF = 80;
const START = 3;
const WORKER = 1_000;

/** (d) How long a start takes beside an empty node, what an idle server holds, how large the bundles are. */
export async function startAndSize({ start, times }: { start: string; times: number }): Promise<void> {
  const database = `${DATA}/start.db`;
  const fresh = (): string => {
    for (const end of ['', '-wal', '-shm']) rmSync(`${database}${end}`, { force: true });
    return database;
  };
  const sink = 9;
  fresh();
  const seconds: number[] = [];
  const bare: number[] = [];
  let idleOn = 0;
  for (let nth = 0; nth < times; nth += 1) {
    const emptyBegan = performance.now();
    execFileSync(process.execPath, ['-e', '0']);
    bare.push(performance.now() - emptyBegan);
    const began = performance.now();
    const server = await startProduct(start, database, sink);
    seconds.push(performance.now() - began);
    if (nth === times - 1) {
      await quiet();
      idleOn = server.memoryMb();
    }
    await server.stop();
  }
  const playground = await startServer([start], { env: { PORT: '0', LOG_LEVEL: 'fatal' }, cwd: undefined });
  await quiet();
  const idleOff = playground.memoryMb();
  await playground.stop();
  table('启动与空闲', [
    { 项: '空 node 启动，毫秒', 值: Math.round(median(bare)) },
    { 项: '到能收事件，毫秒', 值: Math.round(median(seconds)) },
    { 项: '空闲内存，飞书开着，MB', 值: idleOn },
    { 项: '空闲内存，演示场，MB', 值: idleOff },
  ]);
  const times3 = median(seconds) / median(bare);
  promise(`启动 ≤ ${START} × 空 node`, times3 <= START, times3.toFixed(2));
  promise(`空闲 ≤ ${IDLE_ON} MB（开着平台）`, idleOn <= IDLE_ON, `${idleOn} MB`);
  promise(`空闲 ≤ ${IDLE_OFF} MB（没有平台）`, idleOff <= IDLE_OFF, `${idleOff} MB`);
  await sizes();
}

/** Long enough that what the start threw away has been collected. */
const quiet = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 4_000));

async function sizes(): Promise<void> {
  const files = (folder: string, end: string): string[] =>
    existsSync(folder)
      ? readdirSync(folder).flatMap((name) => (name.endsWith(end) ? [`${folder}/${name}`] : []))
      : [];
  const kilobytes = (paths: readonly string[], squeeze: (bytes: Buffer) => number): number =>
    Math.round(paths.reduce((sum, path) => sum + squeeze(readFileSync(path)), 0) / 1000);
  const node = files(`${HOME}/dist`, '.js');
  const worker = `${HOME}/worker`;
  const built = await buildWorker(worker);
  const modules = files(worker, '.js');
  const rows = [
    {
      包: 'Node（自己的代码）',
      KB: kilobytes(node, (bytes) => bytes.length),
      'gzip KB': kilobytes(node, squeezed),
    },
  ];
  if (built)
    rows.push({
      包: 'Worker',
      KB: kilobytes(modules, (bytes) => bytes.length),
      'gzip KB': kilobytes(modules, squeezed),
    });
  table('包', rows);
  const gzip = kilobytes(modules, squeezed);
  if (built) promise(`Worker 包 ≤ ${WORKER} KB（gzip）`, gzip <= WORKER, `${gzip} KB`);
}

const squeezed = (bytes: Buffer): number => gzipSync(bytes).length;

/** By wrangler, as it is deployed; false where it is not installed. */
async function buildWorker(folder: string): Promise<boolean> {
  rmSync(folder, { recursive: true, force: true });
  if (!existsSync('node_modules/.bin/wrangler') || !statSync('wrangler.toml').isFile()) return false;
  const child = spawn(
    'taskset',
    ['-c', String(CLIENT_CORE), 'node_modules/.bin/wrangler', 'deploy', '--dry-run', `--outdir=${folder}`],
    {
      stdio: 'ignore',
      env: { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: '1' },
    },
  );
  const code = await new Promise<number | null>((resolve) => {
    child.once('close', resolve);
    child.once('error', () => resolve(1));
  });
  return code === 0;
}
