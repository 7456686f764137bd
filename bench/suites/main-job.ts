import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { ask, CLIENT_CORE, type Running, startServer } from '../lib/processes.ts';
import { median, promise, table } from '../lib/report.ts';
import type { Measured, Order } from '../load/client.ts';
import { TEN_GROUPS } from '../office/size.ts';
import { DATA, JS, prepareOffice, startProduct } from './product.ts';

export interface MainJobOptions {
  /** The product's start file. */
  start: string;
  rounds: number;
  seconds: number;
  /** Names of servers; all of them unless told. */
  only?: readonly string[];
}

const WARM = 2;
/**
 * Longer than it takes to use up what the platform lets an app send in a minute (1,000 at 50/s): what is measured then is
 * the job up to the acknowledgement, with answers going out at the pace at which they may.
 */
const WARM_SENDING = 22;

interface Server {
  name: string;
  stores: string;
  path: string;
  warmSeconds: number;
  begin(): Promise<Running>;
}

/**
 * (a) The whole main job over HTTP beside the bare limit and the peers, in one run: turn by turn, so that a machine that
 * slows down slows all of them. Promises of performance.md.
 */
export async function mainJob({ start, rounds, seconds, only }: MainJobOptions): Promise<void> {
  const office = prepareOffice('ten-groups', TEN_GROUPS);
  const sink = await startServer([`${JS}/load/sink.js`], { core: CLIENT_CORE });
  const servers = serversOf(start, office.path, sink.port).filter(
    (each) => !only || only.includes(each.name),
  );
  const results = new Map<string, { perSecond: number[]; cpuMicros: number[]; p99: number[] }>();
  for (let round = 0; round < rounds; round += 1) {
    for (const server of servers) {
      const running = await server.begin();
      const order: Order = {
        port: running.port,
        path: server.path,
        cast: office.cast,
        run: `${server.name}-${round}`,
        connections: 16,
        warmSeconds: server.warmSeconds,
        seconds,
      };
      const before = running.cpuMs();
      const measured = await ask<Measured>([`${JS}/load/client.js`, JSON.stringify(order)]);
      const cpu = running.cpuMs() - before;
      await running.stop();
      if (measured.bad > 0) throw new Error(`${server.name} refused ${measured.bad} events`);
      const kept = results.get(server.name) ?? { perSecond: [], cpuMicros: [], p99: [] };
      kept.perSecond.push(measured.perSecond);
      kept.cpuMicros.push((cpu * 1000) / (measured.perSecond * (seconds + order.warmSeconds)));
      kept.p99.push(measured.p99);
      results.set(server.name, kept);
    }
  }
  await sink.stop();

  const of = (name: string): number => median(results.get(name)?.perSecond ?? [0]);
  table(
    `主流程，16 个连接，${rounds} 轮中位数`,
    servers.map(({ name, stores }) => ({
      服务器: name,
      应答前已存: stores,
      每秒事件: Math.round(of(name)),
      为极限的: (of(name) / of('bare')).toFixed(2),
      '每事件 CPU 微秒': Math.round(median(results.get(name)?.cpuMicros ?? [0])),
      'p99 毫秒': median(results.get(name)?.p99 ?? [0]),
    })),
  );
  if (only) return;
  const times = (other: string, least: number): void =>
    promise(
      `主流程 ≥ ${least} × ${other}`,
      of('lianxin') >= least * of(other),
      (of('lianxin') / of(other)).toFixed(2),
    );
  times('bare', 0.5);
  times('sdk-express', 1.5);
  if (servers.some(({ name }) => name === 'koishi')) times('koishi', 4);
}

function serversOf(start: string, office: string, sinkPort: number): Server[] {
  const fresh = (name: string, from?: string): string => {
    const path = `${DATA}/run-${name}.db`;
    for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
    if (from) copyFileSync(from, path);
    return path;
  };
  const peers = existsSync('bench/node_modules/express');
  if (!peers) console.log('没有装对照组：先运行 npm ci --prefix bench');
  return [
    {
      name: 'bare',
      stores: '落盘（一行）',
      path: '/',
      warmSeconds: WARM,
      begin: () => startServer([`${JS}/servers/bare.js`, fresh('bare')]),
    },
    {
      name: 'lianxin',
      stores: '落盘（全部）',
      path: '/webhook/feishu',
      warmSeconds: WARM_SENDING,
      begin: () => startProduct(start, fresh('lianxin', office), sinkPort),
    },
    ...(peers
      ? [
          {
            name: 'sdk-express',
            stores: '不存',
            path: '/webhook',
            warmSeconds: WARM,
            begin: () => startServer(['bench/servers/sdk-express.mjs']),
          },
          {
            name: 'koishi',
            stores: '不存',
            path: '/webhook',
            warmSeconds: WARM,
            begin: () => startServer(['bench/servers/koishi.mjs', `http://127.0.0.1:${sinkPort}`]),
          },
        ]
      : []),
  ];
}
