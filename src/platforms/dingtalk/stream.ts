import type { Log } from '../../lib/log.ts';
import type { Answer, Inbound } from '../platform.ts';
import type { Fetch } from './fetch.ts';
import { handleFrame, type Reader } from './stream-handle.ts';
import { type Credentials, openConnection } from './stream-open.ts';
import { connectSocket, type StreamSocket } from './stream-socket.ts';
import { reconnectDelay, STREAM_TIMING, type StreamTiming } from './stream-timing.ts';

export interface StreamOptions extends Credentials {
  httpsProxy?: string;
  fetch: Fetch;
  reader: Reader;
  log: Log;
  now: () => number;
  timing?: Partial<StreamTiming>;
}

export interface Stream {
  /** Resolves when the connection is asked for, not when it is up. */
  start(deliver: (inbound: Inbound) => Promise<Answer>): Promise<void>;
  /** Waits shortly for what is being committed, then ends everything. */
  stop(): Promise<void>;
  state(): { up: boolean; detail: string; reconnects: number; changedAt?: number };
}

const REFUSED =
  'Stream 连接被拒绝，一分钟后再试。请核对 DINGTALK_CLIENT_ID、DINGTALK_CLIENT_SECRET，并确认开发者后台里机器人的消息接收模式是 Stream、应用版本已发布';

/**
 * DingTalk's Stream mode, a client of our own since the SDK's has faults (dingtalk.md 8). One state machine: at most
 * one attempt and one timer at a time, so no storm; one live socket, and beside it only those that DingTalk told us
 * to leave, for the new one is opened first.
 */
export function createStream(options: StreamOptions): Stream {
  const { log } = options;
  const timing = { ...STREAM_TIMING, ...options.timing };
  const working = new Set<Promise<void>>();
  const leaving = new Set<StreamSocket>();
  let run: AbortController | undefined;
  let deliver: (inbound: Inbound) => Promise<Answer> = async () => ({});
  let live: { socket: StreamSocket; since: number } | undefined;
  let connecting = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempts = 0;
  let opened = 0;
  let refusal: string | undefined;
  let changedAt: number | undefined;

  function again(delay: number): void {
    if (!run || run.signal.aborted || connecting || timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      void connect();
    }, delay);
  }

  function later(): void {
    attempts += 1;
    again(reconnectDelay(attempts, Math.random(), timing));
  }

  /** The old socket brings nothing any more though it is still up: at once, but not over and over. */
  function replace(): void {
    if (wasStable()) attempts = 0;
    if (attempts > 0) later();
    else {
      attempts = 1;
      again(0);
    }
  }

  function wasStable(): boolean {
    return live !== undefined && performance.now() - live.since >= timing.stableAfter;
  }

  async function connect(): Promise<void> {
    const signal = run?.signal;
    if (!signal || signal.aborted || connecting) return;
    connecting = true;
    const outcome = await attempt(signal);
    connecting = false;
    if (outcome === 'refused') again(timing.refusedDelay);
    else if (outcome === 'failed') later();
    // Lost again before we got here.
    else if (!live) later();
  }

  async function attempt(signal: AbortSignal): Promise<'up' | 'failed' | 'refused'> {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(timing.handshake)]);
    const answer = await openConnection(options.fetch, options, limit);
    if (signal.aborted) return 'failed';
    if (!answer.ok) {
      refusal = answer.refused ? answer.code : undefined;
      const message = answer.refused ? REFUSED : 'Stream 没有接通，稍后再试';
      log[answer.refused ? 'error' : 'warn']({ platform: 'dingtalk', code: answer.code, attempts }, message);
      return answer.refused ? 'refused' : 'failed';
    }
    try {
      await take(answer.url, signal);
      return 'up';
    } catch {
      log.warn({ platform: 'dingtalk', code: 'handshake', attempts }, 'Stream 没有接通，稍后再试');
      return 'failed';
    }
  }

  /** Connects and makes the new socket the live one; the one before may still bring its acknowledgements home. */
  async function take(url: string, signal: AbortSignal): Promise<void> {
    let self: StreamSocket | undefined;
    const early: string[] = [];
    let over = false;
    const socket = await connectSocket(
      { url, httpsProxy: options.httpsProxy, timing },
      {
        // A frame may come in the same packet as the handshake's answer.
        frame: (text) => (self ? receive(self, text, signal) : early.push(text)),
        deaf: () => {
          if (self && self === live?.socket) replace();
        },
        closed: () => {
          over = true;
          if (self) lost(self);
        },
      },
    );
    self = socket;
    if (signal.aborted || over) {
      socket.close();
      if (over) throw new Error('closed at once');
      return;
    }
    if (live) leave(live.socket);
    live = { socket, since: performance.now() };
    refusal = undefined;
    changedAt = options.now();
    opened += 1;
    log.info({ platform: 'dingtalk', reconnects: opened - 1 }, 'Stream 已接通');
    for (const text of early) receive(socket, text, signal);
  }

  function leave(socket: StreamSocket): void {
    leaving.add(socket);
    setTimeout(() => socket.close(), timing.drain).unref();
  }

  function lost(socket: StreamSocket): void {
    if (leaving.delete(socket) || socket !== live?.socket) return;
    if (wasStable()) attempts = 0;
    live = undefined;
    changedAt = options.now();
    if (!run || run.signal.aborted) return;
    log.warn({ platform: 'dingtalk' }, 'Stream 断开，正在重连');
    later();
  }

  function receive(socket: StreamSocket, text: string, signal: AbortSignal): void {
    // What comes while we stop is not acknowledged, so it is pushed again to whoever comes next.
    if (signal.aborted) return;
    const work = handleFrame(text, { reader: options.reader, deliver, log }).then((answer) => {
      if (answer === 'disconnect') {
        if (socket === live?.socket) replace();
      } else if (answer !== undefined) socket.send(answer);
    });
    working.add(work);
    void work.finally(() => working.delete(work));
  }

  return {
    async start(sink) {
      deliver = sink;
      run = new AbortController();
      void connect();
    },
    async stop() {
      run?.abort();
      clearTimeout(timer);
      timer = undefined;
      await Promise.race([Promise.allSettled(working), pause(timing.goodbye)]);
      for (const socket of leaving) socket.close();
      live?.socket.close();
      live = undefined;
    },
    state() {
      const reconnects = Math.max(opened - 1, 0);
      const say = (up: boolean, detail: string) => ({ up, detail, reconnects, changedAt });
      if (live) return say(true, 'Stream 正常');
      if (refusal) return say(false, `Stream 被拒绝（${refusal}），请核对应用凭证`);
      return say(false, opened > 0 ? 'Stream 断开，正在重连' : 'Stream 正在接通');
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
