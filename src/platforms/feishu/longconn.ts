import type { EventDispatcher, HttpInstance, WSClient } from '@larksuiteoapi/node-sdk';
import { describeError, type Log } from '../../lib/log.ts';
import type { Answer, Inbound } from '../platform.ts';
import { isObject, type JsonObject } from '../read.ts';
import { httpInstance, proxyAgent } from './client.ts';
import { sdkLog } from './sdk-log.ts';

export interface LongConnectionOptions {
  appId: string;
  appSecret: string;
  baseUrl: string;
  httpsProxy?: string;
  log: Log;
  now: () => number;
  parse: (envelope: JsonObject) => Inbound;
  /** The wire form of an answer to a card press. */
  answer: (inbound: Inbound, answer: Answer) => unknown;
}

export interface LongConnection {
  start(deliver: (inbound: Inbound) => Promise<Answer>): Promise<void>;
  stop(): Promise<void>;
  /** Was it opened in this process? */
  started(): boolean;
  /** `reconnects`: how often it came up again since the start; `changedAt`: epoch ms of its last coming up or going down. */
  state(): { up: boolean; detail: string; reconnects: number; changedAt?: number };
}

/** Without it a half-open socket stays silent for ever (feishu.md 3.3). */
const PING_TIMEOUT_S = 10;
const HANDSHAKE_TIMEOUT_MS = 15_000;
/** The SDK gives up for good on a refusal (wrong secret, too many connections); we ask again. */
const RESTART_MS = 60_000;

/**
 * Events and card presses over the SDK's WSClient (feishu.md 3): no public address is needed.
 * An event is acknowledged only after `deliver` resolved, that is after the durable commit; when it
 * rejects, the ack says 500 and Feishu pushes it again (decision 1).
 */
export function createLongConnection(options: LongConnectionOptions): LongConnection {
  const { log } = options;
  let socket: WSClient | undefined;
  let restart: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  let refusal: string | undefined;
  let reconnects = 0;
  let changedAt: number | undefined;
  let wasUp = false;

  const cameUp = (): void => {
    if (wasUp) reconnects += 1;
    wasUp = true;
    refusal = undefined;
    changedAt = options.now();
  };
  const wentDown = (): void => {
    changedAt = options.now();
  };

  /** Stands where the SDK expects its dispatcher: it flattens envelopes and checks nothing (feishu.md 6.1). */
  const dispatcher = (deliver: (inbound: Inbound) => Promise<Answer>) => ({
    async invoke(envelope: unknown): Promise<unknown> {
      if (!isObject(envelope)) return undefined;
      const inbound = options.parse(envelope);
      const answer = await deliver(inbound);
      return inbound.kind === 'action' ? options.answer(inbound, answer) : undefined;
    },
  });

  async function open(deliver: (inbound: Inbound) => Promise<Answer>): Promise<void> {
    const sdk = await import('@larksuiteoapi/node-sdk');
    if (stopped) return;
    socket = new sdk.WSClient({
      appId: options.appId,
      appSecret: options.appSecret,
      domain: options.baseUrl,
      agent: await proxyAgent(options),
      httpInstance: await httpInstance(sdk.defaultHttpInstance as HttpInstance, options),
      logger: sdkLog(log),
      loggerLevel: sdk.LoggerLevel.warn,
      handshakeTimeoutMs: HANDSHAKE_TIMEOUT_MS,
      wsConfig: { pingTimeout: PING_TIMEOUT_S },
      onReady: () => {
        cameUp();
        log.info({ platform: 'feishu' }, '长连接已接通');
      },
      onReconnecting: () => {
        wentDown();
        log.warn({ platform: 'feishu' }, '长连接断开，正在重连');
      },
      onReconnected: () => {
        cameUp();
        log.info({ platform: 'feishu', reconnects }, '长连接已重新接通');
      },
      onError: (error) => {
        wentDown();
        refusal = /code=(\d+)/.exec(error.message)?.[1] ?? 'exhausted';
        log.error(
          { platform: 'feishu', code: refusal },
          '长连接被拒绝，一分钟后再试；请核对 FEISHU_APP_ID、FEISHU_APP_SECRET',
        );
        restart = setTimeout(() => reopen(deliver), RESTART_MS);
      },
    });
    // The SDK only ever calls `invoke` of it (1.74.0, handleEventData).
    await socket.start({ eventDispatcher: dispatcher(deliver) as unknown as EventDispatcher });
  }

  function reopen(deliver: (inbound: Inbound) => Promise<Answer>): void {
    socket?.close({ force: true });
    open(deliver).catch((error: unknown) => log.error({ error: describeError(error) }, '长连接没能重新打开'));
  }

  return {
    start: async (deliver) => {
      stopped = false;
      await open(deliver);
    },
    async stop() {
      stopped = true;
      if (restart) clearTimeout(restart);
      socket?.close();
    },
    started: () => socket !== undefined && !stopped,
    state() {
      const since = { reconnects, ...(changedAt === undefined ? {} : { changedAt }) };
      const status = socket?.getConnectionStatus().state ?? 'idle';
      if (status === 'connected') return { up: true, detail: '长连接正常', ...since };
      if (refusal) return { up: false, detail: `长连接被拒绝（${refusal}），请核对应用凭证`, ...since };
      const detail = status === 'reconnecting' ? '长连接断开，正在重连' : '长连接正在接通';
      return { up: false, detail, ...since };
    },
  };
}
