import { DurableObject } from 'cloudflare:workers';
import type { DurableObjectState } from '@cloudflare/workers-types';
import { openDurableStore } from '../db/durable-object.ts';
import { CommitFailed } from '../db/store.ts';
import { type Config, loadConfig, requireSecretKey } from './config.ts';
import { systemClock } from './lib/clock.ts';
import { DAY, MINUTE } from './lib/day.ts';
import { AppError, errorCode } from './lib/errors.ts';
import { describeError, type Log } from './lib/log.ts';
import { assembleOffice } from './office/assemble.ts';
import type { Office } from './office/office.ts';
import { createFeishu } from './platforms/feishu/index.ts';
import type { Answer, Inbound, Platform } from './platforms/platform.ts';
import { ensureAdministrators } from './work/administrators.ts';
import { workerLog } from './worker-log.ts';

/** What a Worker is given: strings as in `.env.example`, and the binding of `wrangler.toml`. */
export type WorkerEnv = Readonly<Record<string, unknown>>;

/** What became of an event. `lost`: it is not on disk, the platform must push it again (decision 1). */
export type Delivered =
  | { kind: 'answered'; answer: Answer }
  | { kind: 'lost' }
  | { kind: 'failed'; code: string };

const SECOND = 1000;
/** How long an alarm waits for what is being sent, before it arms the next one. */
const SETTLE = 20 * SECOND;
/** If the object is evicted while it sends, an alarm this much later takes over; what is left is tried again as soon. */
const TAKE_OVER = 5 * SECOND;

/**
 * Configuration and platform of a Worker, from the same variables as on Node.
 * Throws `AppError` `config` with the variable's name and the remedy.
 */
export function readWorker(env: WorkerEnv): { config: Config; platform: Platform; log: Log } {
  const strings = Object.entries(env).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const config = loadConfig(Object.fromEntries(strings));
  const log = workerLog(config.logLevel);
  if (!config.feishu) {
    throw new AppError('config', {
      userText: 'FEISHU_APP_ID 没有设置：Worker 上没有演示场，请先配置飞书应用。',
    });
  }
  if (config.feishu.mode === 'longconn') {
    throw new AppError('config', { userText: 'FEISHU_MODE 请改为 webhook：Worker 上不能保持长连接。' });
  }
  return { config, platform: createFeishu({ ...config.feishu, log, now: systemClock.now }), log };
}

/** The second host of the Office: one object, one SQLite database, one writer. `alarm()` is one tick (decision 42). */
export class OfficeObject extends DurableObject<WorkerEnv> {
  private readonly office: Office;
  private readonly log: Log;

  constructor(ctx: DurableObjectState, env: WorkerEnv) {
    super(ctx, env);
    const { config, platform, log } = readWorker(env);
    this.log = log;
    this.office = assembleOffice({
      store: openDurableStore(ctx.storage),
      secret: requireSecretKey(config),
      clock: systemClock,
      platforms: [platform],
      log,
    });
    void ctx.blockConcurrencyWhile(async () => {
      await this.office.start();
      await this.nameAdministrators(config, platform.connection);
    });
  }

  /** ADMINS of the configuration; with no administrator at all, the code to claim it (decision 6). */
  private async nameAdministrators(config: Config, connection: string): Promise<void> {
    const { q, write } = this.office;
    const admins = config.admins.map(({ id }) => ({ connection, id }));
    const code = await write(() => ensureAdministrators(q, systemClock.now(), admins));
    if (code) this.log.warn({ claim: code }, '还没有管理员。请在飞书私聊机器人，发送：认领，加这个号码');
  }

  /** The one call from the Worker. Never rejects by itself: a rejection means that the object was not reached. */
  async deliver(inbound: Inbound): Promise<Delivered> {
    try {
      const answer = await this.office.deliver(inbound);
      await this.armBy(systemClock.now() + TAKE_OVER);
      return { kind: 'answered', answer };
    } catch (error) {
      if (error instanceof CommitFailed) return { kind: 'lost' };
      this.log.error({ kind: inbound.kind, error: describeError(error) }, 'an event could not be handled');
      return { kind: 'failed', code: errorCode(error) };
    }
  }

  /** One tick: due jobs, then what is due to be sent. An error must not cost the next alarm: there is only one. */
  override async alarm(): Promise<void> {
    try {
      await this.office.beat();
      await this.office.settle(SETTLE);
    } catch (error) {
      this.log.error({ error: describeError(error) }, 'a tick failed');
    } finally {
      await this.ctx.storage.setAlarm(this.nextTick());
    }
  }

  /** `min(next job, next outbox)`, and once a day for what must be purged; a minute if that cannot be told. */
  private nextTick(): number {
    const now = systemClock.now();
    try {
      const job = this.office.nextDue(now) ?? now + DAY;
      const { outbox } = this.office.q;
      const message = outbox.open(now) > 0 ? now + TAKE_OVER : (outbox.nextAt() ?? now + DAY);
      return Math.max(now + SECOND, Math.min(now + DAY, job, message));
    } catch (error) {
      this.log.error({ error: describeError(error) }, 'the next tick is unknown');
      return now + MINUTE;
    }
  }

  private async armBy(at: number): Promise<void> {
    const armed = await this.ctx.storage.getAlarm();
    if (armed === null || armed > at) await this.ctx.storage.setAlarm(at);
  }
}
