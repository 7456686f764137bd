import { writeFileSync } from 'node:fs';
import { ask, CLIENT_CORE, startServer } from '../lib/processes.ts';
import { promise, type Row, table } from '../lib/report.ts';
import { CONNECTION } from '../load/app.ts';
import type { Measured, Order } from '../load/client.ts';
import { dealPresses, PRESSES_A_CARD } from '../office/presses.ts';
import { startBeside } from './beside.ts';
import { DATA, fullOffice, JS, ownCopy, startProduct } from './product.ts';

export interface CallbacksOptions {
  start: string;
  /** The command line's start file, for the import beside. */
  cli: string;
  seconds: number;
}

const RATE = 200;
const WARM = 3;
/** Promises of performance.md, ms. */
const P99 = 50;
const NEVER_OVER = 500;

/**
 * Cards that are pressed at fixed times whatever the server does, on the full-size office; alone, and with a ledger being
 * read and an import running beside. Every answer must hold the new card. Latency counts from the time at which a press
 * was due.
 */
export async function callbacks({ start, cli, seconds }: CallbacksOptions): Promise<void> {
  const deck = await prepareDeck(Math.ceil((RATE * (WARM + seconds)) / PRESSES_A_CARD));
  const sink = await startServer([`${JS}/load/sink.js`], { core: CLIENT_CORE });
  const rows: Row[] = [];
  for (const beside of [false, true]) {
    const path = ownCopy(deck.path, 'run-pressed');
    const server = await startProduct(start, path, sink.port);
    const others = beside ? await startBeside(cli, path) : undefined;
    const order: Order = {
      port: server.port,
      path: '/webhook/feishu',
      cast: deck.cast,
      run: `pressed-${beside}`,
      connections: 32,
      warmSeconds: WARM,
      seconds,
      rate: RATE,
    };
    const before = server.cpuMs();
    const measured = await ask<Measured>([`${JS}/load/client.js`, JSON.stringify(order)]);
    const cpu = server.cpuMs() - before;
    const besides = await others?.ended();
    await server.stop();
    rows.push({
      旁边: besides ?? '无',
      p50: measured.p50,
      p99: measured.p99,
      'p99.9': measured.p999,
      最慢: measured.worst,
      没答以新卡: measured.bad,
      '每次 CPU 毫秒': (cpu / (RATE * (WARM + seconds))).toFixed(2),
    });
    promise(
      `${beside ? '读台账和导入时' : ''}按卡片都答以新卡`,
      measured.bad === 0,
      `${measured.bad} 次没有`,
    );
    if (beside)
      promise(
        `读台账和导入时按卡片都不超过 ${NEVER_OVER} 毫秒`,
        measured.worst <= NEVER_OVER,
        `${measured.worst}`,
      );
    else promise(`按卡片 ${RATE}/s 的 p99 ≤ ${P99} 毫秒`, measured.p99 <= P99, `${measured.p99}`);
  }
  await sink.stop();
  table(`按卡片，${RATE}/s，全量办公室，毫秒（从应到之时算）`, rows);
}

/** The full-size office with so many cards standing in it, and who presses what. */
async function prepareDeck(cards: number): Promise<{ path: string; cast: string }> {
  const cast = `${DATA}/pressed.json`;
  const { path } = await fullOffice('pressed', (at) => {
    const presses = dealPresses({ ...at, connection: CONNECTION, cards, now: Date.now() });
    writeFileSync(cast, JSON.stringify(presses));
  });
  return { path, cast };
}
