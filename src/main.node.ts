import { existsSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import cron from 'node-cron';
import { assertSound, openStore } from '../db/node.ts';
import { createApp } from './app.ts';
import { type Config, loadConfig, requireSecretKey } from './config.ts';
import { accepting } from './http/accept.ts';
import { createMetrics } from './http/metrics.ts';
import { listen } from './http/serve.ts';
import { systemClock } from './lib/clock.ts';
import { AppError } from './lib/errors.ts';
import { createLog, describeError } from './lib/log.ts';
import { assembleOffice } from './office/assemble.ts';
import { readGauges } from './office/metrics.ts';
import { createFeishu } from './platforms/feishu/index.ts';
import { openPlayground } from './playground.ts';
import { ensureAdministrators } from './work/administrators.ts';

/** SIGTERM: what was accepted is finished within this time, ms (issue 2, point 1). */
const GRACE = 10_000;

interface Running {
  app: ReturnType<typeof createApp>;
  /** Ends streams and connections first, then the office, then the store. */
  close(): Promise<void>;
  say: string;
}

/** Composition root 1: configuration → office → platforms → routes → serve and tick. */
async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = loadConfig(process.env);
  const running = config.playground ? await openPlayground(config) : await openOffice(config);
  const server = listen(running.app.fetch, config, (port) => {
    process.stdout.write(`${running.say.replace('{url}', `http://${config.host}:${port}/`)}\n`);
  });
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), GRACE).unref();
    // Open streams first, then no new connection; then what was accepted is finished.
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    await running.close();
    if ('closeIdleConnections' in server) server.closeIdleConnections();
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 1000))]);
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
}

async function openOffice(config: Config): Promise<Running> {
  const log = createLog(config.logLevel);
  const store = openStore(config.databasePath);
  assertSound(store);
  const metrics = createMetrics({ process: true });
  const platforms = config.feishu
    ? [createFeishu({ ...config.feishu, httpsProxy: config.httpsProxy, log, now: systemClock.now })]
    : [];
  const office = assembleOffice({
    store,
    secret: requireSecretKey(config),
    clock: systemClock,
    platforms,
    log,
    meter: metrics.meter,
  });
  const admins = config.admins.flatMap((admin) =>
    platforms
      .filter((platform) => platform.name === admin.platform)
      .map((platform) => ({ connection: platform.connection, id: admin.id })),
  );
  const code = await office.write(() => ensureAdministrators(office.q, systemClock.now(), admins));
  await office.start({ afterOutage: true });
  for (const platform of platforms) await platform.start?.(accepting(office.deliver, log));
  await office.beat();
  const timer = cron.schedule('* * * * *', () => office.beat(), { noOverlap: true });
  const app = createApp({
    platforms,
    sink: office.deliver,
    ready: () => store.db.get(sql`select 1`) !== undefined,
    now: systemClock.now,
    log,
    metrics: metrics.edge(() => readGauges(office.q, platforms, systemClock.now())),
  });
  return {
    app,
    async close() {
      await timer.stop();
      for (const platform of platforms) await platform.stop?.();
      await office.stop();
      store.close();
    },
    say: [
      `连心助手已启动：{url}`,
      ...(code ? [`还没有管理员。请在飞书私聊机器人，发送：认领 ${code}`] : []),
    ].join('\n'),
  };
}

main().catch((error: unknown) => {
  if (error instanceof AppError) process.stderr.write(`${error.userText}\n`);
  else createLog('error').error(describeError(error), 'the start failed');
  process.exit(1);
});
