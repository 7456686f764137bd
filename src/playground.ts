import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Session } from 'node:inspector';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { everyMinute } from './every-minute.ts';
import { createMetrics } from './http/metrics.ts';
import { readGauges } from './office/metrics.ts';
import { assemblePlayground, type PlaygroundPlan } from './playground-office.ts';
import { playPast } from './playground-past.ts';
import { PERSONAS, PLACE } from './web/playground/community.ts';
import { createPlaygroundWeb } from './web/playground/index.tsx';

/** The playground (issue 2, point 12): a made-up community on a database of its own that goes with the process. */
export async function openPlayground(config: Config) {
  const folder = mkdtempSync(join(tmpdir(), 'lianxin-'));
  const plan: PlaygroundPlan = {
    path: join(folder, 'playground.db'),
    secret: randomBytes(32).toString('base64'),
    publicUrl: config.publicUrl ?? (config.port > 0 ? `http://${config.host}:${config.port}` : undefined),
    logLevel: config.logLevel === 'info' ? 'warn' : config.logLevel,
  };
  const past = await playPast(plan);
  const metrics = createMetrics({ process: true });
  const { log, store, clock, playground, office, host } = assemblePlayground(plan, {
    past,
    meter: metrics.meter,
  });
  await office.start();
  const web = createPlaygroundWeb({
    playground,
    host,
    personas: PERSONAS,
    epoch: String(Date.now()),
    place: PLACE,
  });
  const timer = everyMinute(() => office.beat(), log);
  const app = createApp({
    platforms: [playground],
    sink: office.deliver,
    pages: office.pages,
    ready: () => true,
    now: clock.now,
    log,
    metrics: metrics.edge(() => readGauges(office.q, [playground], clock.now())),
    playground: web.app,
  });
  return {
    app,
    begin: tidyUp,
    async close() {
      web.close();
      await timer.stop();
      await office.stop();
      store.close();
      rmSync(folder, { recursive: true, force: true });
    },
    say: '连心助手的演示场开了，用浏览器打开：{url}\n（没有设置飞书凭证，所以开的是演示场；数据是编的，关掉就没了。）',
  };
}

/**
 * What the start needed and nobody needs any more goes back to the system at once, 15 MB: an idle server would do
 * nothing that makes the engine look for it. Only this way of asking also gives up the room kept for young objects.
 */
function tidyUp(): void {
  const session = new Session();
  session.connect();
  session.post('HeapProfiler.collectGarbage', () => setImmediate(() => session.disconnect()));
}
