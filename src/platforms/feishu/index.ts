import type { Log } from '../../lib/log.ts';
import type { Answer, ChatRef, Inbound, Platform, RawRequest, Received } from '../platform.ts';
import type { JsonObject } from '../read.ts';
import { createApi } from './api.ts';
import { createClient } from './client.ts';
import { diagnose } from './diagnose.ts';
import { download } from './download.ts';
import { FEISHU_LIMITS } from './limits.ts';
import { createLongConnection } from './longconn.ts';
import { parse } from './parse.ts';
import { renderCard } from './render.ts';
import { plain } from './render-text.ts';
import { createVerifier } from './verify.ts';

export interface FeishuOptions {
  appId: string;
  appSecret: string;
  /** Both are needed to receive by webhook (decision 2). */
  encryptKey?: string;
  verificationToken?: string;
  baseUrl: string;
  mode: 'webhook' | 'longconn';
  httpsProxy?: string;
  /** How long an API call may be silent, ms; 5 s unless told. */
  callTimeoutMs?: number;
  log: Log;
  /** Epoch ms; where an event carries no time at all, and for the state of the long connection. */
  now: () => number;
  /** Keeps a host alive until this is done (a Worker's waitUntil); elsewhere work goes on by itself. */
  background?: (work: Promise<unknown>) => void;
}

const TOAST = { info: 'info', good: 'success', bad: 'error' } as const;
/** A toast is one line of a phone's screen. */
const TOAST_MAX = 60;
const BOT_ID_RETRY_MS = 60_000;
/** Private chats remembered to tell a press there from one in a group; ids only. */
const CHATS_REMEMBERED = 20_000;

/** Feishu behind the port: webhook or long connection in, the official SDK out. */
export function createFeishu(options: FeishuOptions): Platform {
  const connection = `feishu:${options.appId}`;
  const api = createApi(createClient(options));
  const chats = new Map<string, ChatRef['type']>();
  const bot = learnBotId(api.botId, options);
  const verify =
    options.encryptKey && options.verificationToken
      ? createVerifier({
          appId: options.appId,
          encryptKey: options.encryptKey,
          verificationToken: options.verificationToken,
        })
      : undefined;

  function read(envelope: JsonObject): Inbound {
    const inbound = parse(envelope, {
      connection,
      now: options.now(),
      botId: bot,
      chatType: (id) => chats.get(id),
    });
    if ('chat' in inbound && inbound.kind === 'message') remember(chats, inbound.chat);
    return inbound;
  }

  function answer(inbound: Inbound, { toast, card }: Answer): unknown {
    if (inbound.kind !== 'action') return {};
    const toPerson = inbound.chat.type === 'p2p';
    return {
      ...(toast ? { toast: { type: TOAST[toast.tone], content: plain(toast.text, TOAST_MAX).content } } : {}),
      ...(card ? { card: { type: 'raw', data: renderCard(card, { toPerson }) } } : {}),
    };
  }

  const longConnection =
    options.mode === 'longconn' ? createLongConnection({ ...options, parse: read, answer }) : undefined;

  return {
    name: 'feishu',
    connection,
    limits: FEISHU_LIMITS,
    forwards: true,
    answer,
    receive: (request: RawRequest): Received => {
      if (!verify) {
        const operator =
          '收到网页推送，但现在是长连接方式。要用网页推送，请设置 FEISHU_MODE=webhook 和加密策略。';
        return { kind: 'refused', status: 401, error: 'webhook_off', operator };
      }
      const verified = verify(request);
      if (verified.kind === 'refused') return verified;
      if (verified.kind === 'challenge')
        return { kind: 'challenge', body: { challenge: verified.challenge } };
      return { kind: 'inbound', inbound: read(verified.envelope) };
    },
    async deliver(out) {
      const delivery = await api.deliver(out);
      if (delivery.status === 'sent' && delivery.chatId && out.target.type === 'user') {
        remember(chats, { id: delivery.chatId, type: 'p2p' });
      }
      return delivery;
    },
    chatMembers: api.chatMembers,
    diagnose: ({ fix = false } = {}) =>
      diagnose({
        call: api.call,
        appId: options.appId,
        baseUrl: options.baseUrl,
        mode: options.mode,
        wire: longConnection?.started() ? longConnection.state() : undefined,
        fix,
        now: options.now,
      }),
    download: (file, maxBytes) => download(api.call, file, maxBytes),
    ...(longConnection ? { start: longConnection.start, stop: longConnection.stop } : {}),
    state: () => {
      const wire = longConnection?.state();
      const calls = api.state();
      return wire ? { ...wire, up: wire.up && calls.up, detail: `${wire.detail}；${calls.detail}` } : calls;
    },
  };
}

/** Asked for when first needed, in the background: an event must not wait for Feishu (issue 2, point 2). */
function learnBotId(
  ask: () => Promise<string | undefined>,
  { now, background }: Pick<FeishuOptions, 'now' | 'background'>,
): () => string | undefined {
  let id: string | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;
  return () => {
    if (id === undefined && now() - askedAt >= BOT_ID_RETRY_MS) {
      askedAt = now();
      const asking = ask().then(
        (found) => {
          id = found;
        },
        () => undefined,
      );
      background?.(asking);
    }
    return id;
  };
}

/** The newest ids; the oldest go, and are learnt again from the next message there. */
function remember(chats: Map<string, ChatRef['type']>, chat: ChatRef): void {
  if (!chat.id) return;
  chats.delete(chat.id);
  chats.set(chat.id, chat.type);
  if (chats.size > CHATS_REMEMBERED) {
    const oldest = chats.keys().next();
    if (!oldest.done) chats.delete(oldest.value);
  }
}
