import { existsSync } from 'node:fs';
import type { Hono } from 'hono';
import type { AppOptions } from './app.ts';
import { importByChild } from './cli/import-child.ts';
import { type Config, loadConfig } from './config.ts';
import { type Direct, directly } from './http/direct.ts';
import { createMetrics } from './http/metrics.ts';
import { createPushes } from './http/push.ts';
import { listen } from './http/serve.ts';
import { systemClock } from './lib/clock.ts';
import { AppError } from './lib/errors.ts';
import { describeError, type Log } from './lib/log.ts';
import { createLog } from './lib/node-log.ts';
import { readGauges, sumGauges } from './office/metrics.ts';
import { hasDirectory, openFleet } from './offices/node-offices.ts';
import { openSingle } from './offices/single-office.ts';
import { whenUnlocked } from './offices/when-unlocked.ts';

/** SIGTERM: what was accepted is finished within this time, ms (issue 2, point 1). */
const GRACE = 10_000;

interface Running {
  /** Made when the first request comes that is for it. */
  app: () => Promise<Hono>;
  /** What does not have to go through the app. */
  direct?: Direct;
  /** Begins what nobody waits for, once the port is open. */
  begin?(): void;
  /** Ends streams and connections first, then the office, then the store. */
  close(): Promise<void>;
  say: string;
}

/** Composition root 1: configuration → office → platforms → routes → serve and tick. */
async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = loadConfig(process.env);
  const running: Running =
    config.playground && !hasDirectory(config) ? await playground(config) : await openOffices(config);
  const say = (port: number): void => {
    process.stdout.write(`${running.say.replaceAll('{url}', `http://${config.host}:${port}/`)}\n`);
    running.begin?.();
  };
  let app: Promise<Hono> | undefined;
  const server = listen(
    async (request, node) => {
      app ??= running.app();
      return (await app).fetch(request, node);
    },
    config,
    say,
    running.direct,
  );
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), GRACE).unref();
    // Open streams first, then no new connection; then what was accepted is finished.
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    await running.close();
    server.closeIdleConnections();
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 1000))]);
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
}

/** The office of the variables, those of the directory, or both; with neither the playground opens. */
async function openOffices(config: Config): Promise<Running> {
  const log = createLog(config.logLevel);
  const metrics = createMetrics({ process: true });
  const fleet = hasDirectory(config) ? openFleet({ config, log, meter: metrics.meter }) : undefined;
  const single = config.playground
    ? undefined
    : await openSingle({ config, log, meter: metrics.meter, importRoster: importByChild() });
  await fleet?.start();
  const beat = async (): Promise<void> => {
    await Promise.all([single?.beat(), fleet?.beat()]);
  };
  let timer: Beating | undefined;
  const platforms = single?.platforms ?? [];
  const edge = metrics.edge(() =>
    sumGauges([
      ...(single ? [readGauges(single.office.q, platforms, systemClock.now())] : []),
      ...(fleet?.gauges() ?? []),
    ]),
  );
  const options: AppOptions = {
    platforms,
    sink: single?.office.deliver,
    pages: single?.office.pages,
    offices: fleet && ((id) => fleet.find(id)),
    ready: () => (single?.ready() ?? true) && (fleet?.ready() ?? true),
    now: systemClock.now,
    log,
    metrics: edge,
  };
  return {
    app: async () => (await import('./app.ts')).createApp(options),
    direct: directly(createPushes(options), edge.acked),
    begin() {
      timer = beating(beat, log);
    },
    async close() {
      await timer?.stop();
      await Promise.all([single?.close(), fleet?.stop()]);
    },
    say: [
      `连心助手已启动：{url}`,
      ...(fleet
        ? ['单位目录已打开：各单位的推送地址是 {url}o/<单位>/webhook/feishu（钉钉 …/webhook/dingtalk）']
        : []),
      ...(single?.claim ? [`还没有管理员。请私聊机器人，发送：认领 ${single.claim}`] : []),
    ].join('\n'),
  };
}

interface Beating {
  stop(): Promise<void>;
}

/** The first beat, then one at each full minute; an event that comes before it is taken before it. */
function beating(beat: () => Promise<unknown>, log: Log): Beating {
  let timer: Beating | undefined;
  let stopped = false;
  void whenUnlocked(beat, log)
    .catch((error: unknown) => log.error({ error: describeError(error) }, 'the first tick failed'))
    .then(() => import('./every-minute.ts'))
    .then(({ everyMinute }) => {
      if (!stopped) timer = everyMinute(beat, log);
    });
  return {
    async stop() {
      stopped = true;
      await timer?.stop();
    },
  };
}

async function playground(config: Config): Promise<Running> {
  const { openPlayground } = await import('./playground.ts');
  const { app, ...rest } = await openPlayground(config);
  return { ...rest, app: async () => app };
}

main().catch((error: unknown) => {
  if (error instanceof AppError) process.stderr.write(`${error.userText}\n`);
  else createLog('error').error({ error }, 'the start failed');
  process.exit(1);
});
