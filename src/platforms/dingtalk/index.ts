import type { Answer, Inbound, Platform } from '../platform.ts';
import { createApi, type DingTalkApi } from './api.ts';
import { createFetch } from './fetch.ts';
import { createInbound } from './inbound.ts';
import { createLostEvents } from './lost-events.ts';
import type { DingTalkOptions } from './options.ts';
import { createPeople } from './people.ts';
import { createSessionWebhooks } from './session-webhooks.ts';
import { createStream, type Stream } from './stream.ts';

export type { DingTalkOptions } from './options.ts';

const MINUTE = 60_000;
/** Where presses go must be told to DingTalk once; an outage at the start must not leave the cards dead. */
const REGISTER_AFTER = [0, MINUTE, 5 * MINUTE, 30 * MINUTE];

/** DingTalk behind the port: HTTP or Stream in, `fetch` out. */
export function createDingTalk(options: DingTalkOptions): Platform {
  const connection = `dingtalk:${options.clientId}`;
  const webhooks = createSessionWebhooks([options.baseUrl, options.oapiUrl]);
  const api = createApi(options, webhooks);
  const people = createPeople(api.personName);
  const inbound = createInbound({ ...options, connection }, webhooks, people);
  const { reader } = inbound;

  /** Only who pressed sees the answer (dingtalk.md 4.5): in a group the rest are shown the same card afterwards. */
  function cardAnswer(pressed: Inbound, answer: Answer): unknown {
    if (pressed.kind === 'action' && pressed.chat.type === 'group' && pressed.chat.id && answer.card)
      api.refresh(pressed.messageId, answer.card, pressed.chat.id);
    return reader.cardAnswer(pressed, answer);
  }

  const stream =
    options.mode === 'stream'
      ? createStream({ ...options, fetch: createFetch(options), reader: { ...reader, cardAnswer } })
      : undefined;
  const registration = options.mode === 'webhook' ? keepRegistered(options, api) : undefined;
  const lost =
    options.mode === 'webhook' && options.aesKey && options.token
      ? createLostEvents({ read: api.lostEvents, parse: reader.event, log: options.log })
      : undefined;

  return {
    name: 'dingtalk',
    connection,
    get limits() {
      return api.limits();
    },
    receive: inbound.receive,
    heard: people.note,
    answer: (what, answer, request) =>
      request?.route === 'card' ? cardAnswer(what, answer) : inbound.answer(what, answer, request),
    deliver: api.deliver,
    chatMembers: people.members,
    download: ({ key }, maxBytes) => api.download(key, maxBytes),
    diagnose: ({ fix = false } = {}) => api.diagnose(stream?.state(), fix),
    async start(deliver) {
      registration?.start();
      lost?.start(deliver);
      await stream?.start(deliver);
    },
    async stop() {
      registration?.stop();
      lost?.stop();
      api.stop();
      await stream?.stop();
    },
    state: () => stateOf(api, stream),
  };
}

function stateOf(api: DingTalkApi, stream: Stream | undefined): ReturnType<Platform['state']> {
  const calls = api.state();
  if (!stream) return calls;
  const wire = stream.state();
  return { ...wire, up: wire.up && calls.up, detail: `${wire.detail}；${calls.detail}` };
}

/** By HTTP presses come only to the registered address (dingtalk.md 4.5); each start renews it with our secret. */
function keepRegistered(options: DingTalkOptions, api: DingTalkApi) {
  const { cardTemplateId, publicUrl, cardUrl, log } = options;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  function attempt(index: number): void {
    const delay = REGISTER_AFTER[index];
    if (delay === undefined) return;
    timer = setTimeout(async () => {
      const { ok, code } = await api.registerCallback();
      if (ok || stopped) return;
      log.warn(
        { platform: 'dingtalk', code },
        '卡片回调地址没有登记上，稍后再试；也可运行 lianxin doctor --fix',
      );
      attempt(index + 1);
    }, delay);
    timer.unref?.();
  }

  return {
    start: () => {
      if (cardTemplateId && (publicUrl || cardUrl)) attempt(0);
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
