import { ask, CLIENT_CORE, startServer } from '../lib/processes.ts';
import { promise, type Row, table } from '../lib/report.ts';
import type { Measured, Order } from '../load/client.ts';
import { startBeside } from './beside.ts';
import { fullOffice, JS, ownCopy, startProduct } from './product.ts';

export interface OpenLoopOptions {
  start: string;
  /** The command line's start file, for the import beside. */
  cli: string;
  seconds: number;
}

/** Webhooks while a report and an import run beside (performance.md). */
const BESIDE_P99 = 100;

/**
 * (b) Events at fixed times whatever the server does, on the full-size office; alone, and with a ledger being read and an
 * import running beside, on the server's own core. Latency counts from the time at which an event was due.
 */
export async function openLoop({ start, cli, seconds }: OpenLoopOptions): Promise<void> {
  const office = await fullOffice('quiet');
  const sink = await startServer([`${JS}/load/sink.js`], { core: CLIENT_CORE });
  const rows: Row[] = [];
  for (const { rate, beside } of [
    { rate: 200, beside: false },
    { rate: 200, beside: true },
    { rate: 1000, beside: false },
    { rate: 1000, beside: true },
  ]) {
    const path = ownCopy(office.path, 'run-open');
    const server = await startProduct(start, path, sink.port);
    const others = beside ? await startBeside(cli, path) : undefined;
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
    const besides = await others?.ended();
    const memory = server.memoryMb();
    await server.stop();
    rows.push({
      每秒: rate,
      旁边: besides ?? '无',
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
