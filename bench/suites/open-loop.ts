import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { ask, CLIENT_CORE, pinned, SERVER_CORE, startServer } from '../lib/processes.ts';
import { promise, type Row, table } from '../lib/report.ts';
import type { Measured, Order } from '../load/client.ts';
import { SECRET } from '../office/open.ts';
import { FULL } from '../office/size.ts';
import { DATA, JS, prepareOffice, startProduct } from './product.ts';

export interface OpenLoopOptions {
  start: string;
  /** The command line's start file, for the import beside. */
  cli: string;
  seconds: number;
}

/** Webhooks while a report and an import run beside (performance.md). */
const BESIDE_P99 = 100;
const ROWS = 5_000;

/**
 * (b) Events at fixed times whatever the server does, on the full-size office; alone, and with a ledger being read and an
 * import running beside, on the server's own core. Latency counts from the time at which an event was due.
 */
export async function openLoop({ start, cli, seconds }: OpenLoopOptions): Promise<void> {
  const office = existsSync(`${DATA}/open.db`)
    ? { path: `${DATA}/open.db`, cast: `${DATA}/open.json` }
    : prepareOffice('open', FULL);
  const sink = await startServer([`${JS}/load/sink.js`], { core: CLIENT_CORE });
  const rows: Row[] = [];
  for (const { rate, beside } of [
    { rate: 200, beside: false },
    { rate: 200, beside: true },
    { rate: 1000, beside: false },
    { rate: 1000, beside: true },
  ]) {
    const path = `${DATA}/run-open.db`;
    for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
    copyFileSync(office.path, path);
    const server = await startProduct(start, path, sink.port);
    const reader = beside
      ? await startServer([`${JS}/suites/reader.js`, path], { core: SERVER_CORE })
      : undefined;
    const imported = beside ? importBeside(cli, path) : undefined;
    const order: Order = {
      port: server.port,
      path: '/webhook/feishu',
      cast: office.cast,
      run: `open-${rate}-${beside}`,
      connections: 32,
      warmSeconds: 3,
      seconds,
      rate,
    };
    const measured = await ask<Measured>([`${JS}/load/client.js`, JSON.stringify(order)]);
    const importSeconds = await imported?.ended;
    await reader?.stop();
    const memory = server.memoryMb();
    await server.stop();
    rows.push({
      每秒: rate,
      旁边: beside ? `台账在读，导入${ROWS}户用${importSeconds}秒` : '无',
      p50: measured.p50,
      p99: measured.p99,
      'p99.9': measured.p999,
      最慢: measured.worst,
      没收下: measured.bad,
      'RSS MB': memory,
    });
    if (beside && rate === 200)
      promise(
        `读台账和导入时 200/s 的 p99 < ${BESIDE_P99} 毫秒`,
        measured.p99 < BESIDE_P99,
        `${measured.p99}`,
      );
  }
  await sink.stop();
  table('开环，全量办公室，毫秒（从应到之时算）', rows);
}

/** `lianxin import` on the same file, as an operator would run it beside the server. */
function importBeside(cli: string, database: string): { ended: Promise<number> } {
  const file = `${DATA}/户.csv`;
  const lines = Array.from(
    { length: ROWS },
    (_, nth) => `${60 + Math.floor(nth / 20)}号楼1单元${(nth % 20) + 1}01,张某,第1街道1社区`,
  );
  writeFileSync(file, `地址,户主,社区\n${lines.join('\n')}\n`);
  const began = performance.now();
  const [command, args] = pinned(SERVER_CORE, [cli, 'import', file]);
  const child = spawn(command, args, {
    env: { PATH: process.env.PATH ?? '', DATABASE_PATH: database, SECRET_KEY: SECRET },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return {
    ended: new Promise((resolve, reject) => {
      child.once('close', (code) =>
        code === 0
          ? resolve(Math.round((performance.now() - began) / 1000))
          : reject(new Error(`the import ended with ${code}`)),
      );
    }),
  };
}
