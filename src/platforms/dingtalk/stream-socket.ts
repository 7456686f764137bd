import type { StreamTiming } from './stream-timing.ts';

export interface StreamSocket {
  /** A silent no-op once closed: what was not acknowledged is pushed again. */
  send(text: string): void;
  /** Says goodbye and, if nobody answers, hangs up. */
  close(): void;
}

export interface SocketEvents {
  frame(text: string): void;
  /** Nothing was heard for long though the line answers. */
  deaf(): void;
  /** Once, however it came about. */
  closed(): void;
}

export interface SocketOptions {
  url: string;
  httpsProxy?: string;
  timing: StreamTiming;
}

/** Frames are a few KB; the limit is for who is not DingTalk. */
const FRAME_MAX = 4 * 1024 * 1024;

/**
 * One WebSocket with its own heartbeat (the SDK's leaks a timer a reconnect, dingtalk.md 8). Resolves when the
 * handshake is done, rejects when it is not; afterwards everything comes by `events`.
 */
export async function connectSocket(options: SocketOptions, events: SocketEvents): Promise<StreamSocket> {
  const { url, timing } = options;
  const { WebSocket } = await import('ws');
  const socket = new WebSocket(url, {
    handshakeTimeout: timing.handshake,
    maxPayload: FRAME_MAX,
    perMessageDeflate: false,
    agent: await proxyAgent(options),
  });
  let missed = 0;
  let quiet = 0;
  let heartbeat: ReturnType<typeof setInterval> | undefined;

  function beat(): void {
    if (missed >= timing.missesAllowed) {
      socket.terminate();
      return;
    }
    missed += 1;
    quiet += timing.pingEvery;
    socket.ping();
    if (quiet >= timing.deafAfter) {
      quiet = 0;
      events.deaf();
    }
  }

  return new Promise((resolve, reject) => {
    // Its message may hold the address with the ticket; `closed` follows anyway.
    socket.on('error', () => undefined);
    socket.on('pong', () => {
      missed = 0;
    });
    socket.on('message', (data) => {
      quiet = 0;
      events.frame(String(data));
    });
    socket.on('close', () => {
      clearInterval(heartbeat);
      // Where the handshake failed nobody holds the socket yet.
      if (heartbeat) events.closed();
      else reject(new Error('no handshake'));
    });
    socket.on('open', () => {
      heartbeat = setInterval(beat, timing.pingEvery);
      resolve({
        send: (text) => {
          if (socket.readyState === WebSocket.OPEN) socket.send(text);
        },
        close() {
          socket.close(1000);
          setTimeout(() => socket.terminate(), timing.goodbye).unref();
        },
      });
    });
  });
}

async function proxyAgent({ url, httpsProxy }: SocketOptions) {
  if (!httpsProxy || !url.startsWith('wss:')) return undefined;
  const { HttpsProxyAgent } = await import('https-proxy-agent');
  return new HttpsProxyAgent(httpsProxy);
}
