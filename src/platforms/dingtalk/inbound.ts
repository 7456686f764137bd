import type { Answer, Inbound, RawRequest, Received } from '../platform.ts';
import { parseObject } from '../read.ts';
import type { DingTalkOptions } from './options.ts';
import { parseCard } from './parse-card.ts';
import { headOf, parseEvent } from './parse-event.ts';
import { parseMessage } from './parse-message.ts';
import type { People } from './people.ts';
import { digest } from './read.ts';
import { renderCardAnswer } from './render-card.ts';
import type { SessionWebhooks } from './session-webhooks.ts';
import type { Reader } from './stream-handle.ts';
import { checkCard, checkRobot, refused } from './verify.ts';
import { createEventGate } from './verify-event.ts';

export interface InboundSide {
  /** For both ways in. */
  reader: Reader;
  receive(request: RawRequest): Received;
  answer(inbound: Inbound, answer: Answer, request?: RawRequest): unknown;
}

const NOT_JSON = '请求体不是钉钉推送的 JSON；请检查中间的代理是否改动了请求体。';
const STREAM_ONLY =
  '收到网页推送，但现在是 Stream 方式。请在开发者后台把消息接收模式和事件推送都选成 Stream；要用网页推送，请设置 DINGTALK_MODE=webhook。';
/** The robot's way of saying nothing (dingtalk.md 1.6). */
const SILENCE = { msgtype: 'empty' };
/** One console setting makes every message useless: the log need not say so each time. */
const NOTE_EVERY_MS = 3_600_000;

/** What DingTalk brings, by HTTP on three addresses or by Stream, and how each is answered. */
export function createInbound(
  options: DingTalkOptions & { connection: string },
  webhooks: Pick<SessionWebhooks, 'remember'>,
  people: Pick<People, 'note'>,
): InboundSide {
  const { connection, clientSecret, now, log } = options;
  const gate = createEventGate(options);
  const noted = new Map<string, number>();

  function note(operator: string): void {
    if (now() - (noted.get(operator) ?? Number.NEGATIVE_INFINITY) < NOTE_EVERY_MS) return;
    noted.set(operator, now());
    log.warn({ platform: 'dingtalk', connection }, operator);
  }

  const reader: Reader = {
    message(body) {
      const inbound = parseMessage(body, { connection, now: now(), note });
      if (inbound.kind === 'message') webhooks.remember(body);
      people.note(inbound);
      return inbound;
    },
    card: (body, key, at) => parseCard(body, { connection, dedupeKey: `evt:${key}`, at: at ?? now() }),
    event(body, head) {
      const inbound = parseEvent(body, head, { connection, now: now() });
      people.note(inbound);
      return inbound;
    },
    cardAnswer: (inbound, answer) => {
      if (inbound.kind !== 'action') return {};
      const { chat } = inbound;
      return renderCardAnswer(answer, chat.type === 'group' && chat.id ? { group: chat.id } : {});
    },
  };

  function robot(request: RawRequest): Received {
    const why = checkRobot(request, clientSecret);
    if (why) return why;
    const body = bodyOf(request);
    return body ? { kind: 'inbound', inbound: reader.message(body) } : refused(400, 'bad_body', NOT_JSON);
  }

  function card(request: RawRequest): Received {
    const why = checkCard(request, clientSecret);
    if (why) return why;
    const body = bodyOf(request);
    if (!body) return refused(400, 'bad_body', NOT_JSON);
    const stamp = request.headers['x-ddpaas-signature-timestamp'] ?? '';
    // The body is not signed, and a press has no id of its own by HTTP.
    const key = digest(body.outTrackId, body.userId, body.content ?? body.value, stamp);
    return { kind: 'inbound', inbound: reader.card(body, key, Number(stamp)) };
  }

  function event(request: RawRequest): Received {
    const opened = gate.open(request);
    if (opened.kind === 'refused') return opened;
    const head = headOf(opened.event);
    if (head.type === 'check_url') return { kind: 'challenge', body: gate.success(request.now) };
    return { kind: 'inbound', inbound: reader.event(opened.event, head) };
  }

  return {
    reader,
    receive(request) {
      if (options.mode === 'stream') return refused(401, 'webhook_off', STREAM_ONLY);
      if (request.route === undefined) return robot(request);
      return request.route === 'card' ? card(request) : event(request);
    },
    answer(inbound, answer, request) {
      if (request?.route === 'event') return gate.success(request.now);
      if (request?.route === 'card') return reader.cardAnswer(inbound, answer);
      return SILENCE;
    },
  };
}

function bodyOf(request: RawRequest) {
  return parseObject(Buffer.from(request.body).toString('utf8'));
}
