import type { Card } from '../../../cards/card.ts';
import { AppError } from '../../lib/errors.ts';
import type { Delivery, Finding, Outbound, PlatformLimits } from '../platform.ts';
import { type JsonObject, obj, str } from '../read.ts';
import { createCardRefresh } from './card-refresh.ts';
import { createTemplate } from './card-template.ts';
import { createCards, isCardId, NOT_DELIVERED, ROUTE_KEY, TEMPLATE_UNUSABLE } from './cards.ts';
import { classify } from './classify.ts';
import { type Called, createClient } from './client.ts';
import { diagnose } from './diagnose.ts';
import { DINGTALK_LIMITS, FREE_EDITION } from './limits.ts';
import { readLostEvents } from './lost-events.ts';
import { download } from './media.ts';
import { recallMessage, sendMessage } from './messages.ts';
import { metered, type Spent } from './meter.ts';
import type { DingTalkOptions } from './options.ts';
import { renderCardMessage, renderText } from './render.ts';
import type { SessionWebhooks } from './session-webhooks.ts';
import { cardSecret } from './verify.ts';
import { createWebhookSend, WEBHOOK_ID } from './webhook-send.ts';

export interface DingTalkApi {
  /** As of now: cards live only while their template is usable. */
  limits(): PlatformLimits;
  deliver(out: Outbound): Promise<Delivery>;
  /** After a press in a group was answered: the same card for everybody else. Returns at once; never rejects. */
  refresh(outTrackId: string, card: Card, group: string): void;
  /** Tells DingTalk where presses go (webhook mode); never rejects. */
  registerCallback(): Promise<{ ok: boolean; code: string }>;
  download(key: string, maxBytes: number): Promise<Uint8Array>;
  /** Somebody's name in the directory, which costs nothing of the month; undefined where it does not tell. Rejects when it cannot be asked now. */
  personName(id: string): Promise<string | undefined>;
  /** Events that DingTalk gave up pushing by HTTP, which this takes off its list; free. Rejects when it cannot be asked now. */
  lostEvents(): Promise<JsonObject[]>;
  diagnose(wire: { up: boolean; detail: string } | undefined, fix: boolean): Promise<Finding[]>;
  /** What the last call told about the way to DingTalk. */
  state(): { up: boolean; detail: string };
  stop(): void;
}

const NO_UPDATE: Delivery = { status: 'failed', code: 'no_update', reason: '这种消息发出后不能再改' };
const NO_RECALL: Delivery = { status: 'failed', code: 'no_recall', reason: '这种消息撤不回' };
const NOT_HERE: Delivery = { status: 'failed', code: 'not_supported', reason: '钉钉没有这个功能' };

/** The outbound half of DingTalk (dingtalk.md 4, 5; decisions 37–40). */
export function createApi(options: DingTalkOptions, webhooks: Pick<SessionWebhooks, 'take'>): DingTalkApi {
  const robotCode = options.robotCode ?? options.clientId;
  const client = createClient(options);
  const template = createTemplate(options);
  const cards = createCards({ robotCode, mode: options.mode }, template);
  const byWebhook = createWebhookSend(webhooks, options.now);
  let state = { up: true, detail: '还没有调用过' };
  /** What was taken by no delivery: the next one brings it to the books. */
  let loose: Spent = { calls: 0, pushes: 0 };

  const meter = () =>
    metered(client, (called) => {
      state = stateAfter(called);
    });

  async function aside<T>(run: (client: ReturnType<typeof meter>) => Promise<T>): Promise<T> {
    const own = meter();
    try {
      return await run(own);
    } finally {
      loose = { calls: loose.calls + own.spent.calls, pushes: loose.pushes + own.spent.pushes };
    }
  }

  const refreshing = createCardRefresh(
    (outTrackId, card, group) => aside((own) => cards.update(own, outTrackId, card, group)),
    options.background,
  );

  async function send(own: ReturnType<typeof meter>, out: Outbound): Promise<Delivery> {
    const { content, target } = out;
    if ('text' in content)
      return (await byWebhook(own, out)) ?? sendMessage(own, robotCode, target, renderText(content.text));
    const templateId = out.plain ? undefined : template.usable();
    const { ways, plain } = out;
    if (templateId) {
      const sent = await cards.send(own, out, content.card, templateId);
      // Whatever DingTalk has against this one card, its message may still do.
      if (sent.status !== 'failed' || sent.code === NOT_DELIVERED || !ways) return sent;
    }
    if (!ways && template.justFailed()) return TEMPLATE_UNUSABLE;
    const body = renderCardMessage(content.card, { toPerson: target.type === 'user', ways, plain });
    return sendMessage(own, robotCode, target, body);
  }

  async function update(
    own: ReturnType<typeof meter>,
    { content, messageId, target }: Outbound,
  ): Promise<Delivery> {
    if (!isCardId(messageId) || !('card' in content)) return NO_UPDATE;
    await refreshing.clear(messageId);
    return cards.update(own, messageId, content.card, target.type === 'chat' ? target.id : undefined);
  }

  async function recall(own: ReturnType<typeof meter>, out: Outbound): Promise<Delivery> {
    const { messageId } = out;
    if (!messageId || messageId.startsWith(WEBHOOK_ID)) return NO_RECALL;
    if (!isCardId(messageId)) return recallMessage(own, robotCode, out.target, messageId);
    await refreshing.clear(messageId);
    return cards.recall(own, out, messageId);
  }

  const deliverers: Record<Outbound['kind'], typeof send> = {
    send,
    // There is no answering of one message: it goes to the conversation (dingtalk.md, table of features).
    reply: send,
    update,
    recall,
    react: async () => NOT_HERE,
    forward: async () => NOT_HERE,
  };

  const api: DingTalkApi = {
    limits: () => ({
      ...DINGTALK_LIMITS,
      cardLifeMs: template.usable() ? DINGTALK_LIMITS.cardLifeMs : 0,
      monthly: options.monthly ?? FREE_EDITION,
    }),

    async deliver(out) {
      const own = meter();
      const delivery = await deliverers[out.kind](own, out);
      const spent = { calls: own.spent.calls + loose.calls, pushes: own.spent.pushes + loose.pushes };
      loose = { calls: 0, pushes: 0 };
      return { ...delivery, spent };
    },

    refresh: refreshing.refresh,

    registerCallback: () =>
      aside(async (own) => {
        const registered = await own.call('POST', '/v1.0/card/callbacks/register', {
          callbackRouteKey: ROUTE_KEY,
          callbackUrl: options.cardUrl ?? `${options.publicUrl ?? ''}/webhook/dingtalk/card`,
          apiSecret: cardSecret(options.clientSecret),
          forceUpdate: true,
        });
        return { ok: registered.ok, code: registered.ok ? '' : classify(registered.failure).code };
      }),

    download: (key, maxBytes) =>
      aside((own) => download({ ...options, robotCode }, own, client.fetch, key, maxBytes)),

    async personName(id) {
      const asked = await client.callOld('/topapi/v2/user/get', { userid: id, language: 'zh_CN' });
      if (asked.ok) return str(obj(asked.answer, 'result'), 'name') || undefined;
      const { code } = classify(asked.failure);
      if (asked.tokenMissing || asked.failure.httpStatus === 0 || asked.failure.httpStatus >= 500)
        throw new AppError(code, { userText: '通讯录暂时问不到。', operatorText: `通讯录问不到（${code}）` });
      return undefined;
    },

    lostEvents: () => readLostEvents(client),

    diagnose: (wire, fix) =>
      aside((own) =>
        diagnose({
          options,
          template,
          own,
          proveToken: client.proveToken,
          wire,
          fix,
          register: api.registerCallback,
        }),
      ),

    state: () => {
      const trouble = template.trouble();
      return trouble ? { ...state, detail: `${state.detail}；互动卡片暂停（${trouble.code}）` } : state;
    },

    stop: refreshing.end,
  };
  return api;
}

function stateAfter(called: Called): { up: boolean; detail: string } {
  if (called.ok) return { up: true, detail: '接口正常' };
  const { code } = classify(called.failure);
  if (called.tokenMissing)
    return {
      up: false,
      detail: `取不到访问凭证（${code}），请核对 DINGTALK_CLIENT_ID、DINGTALK_CLIENT_SECRET 和网络`,
    };
  if (called.failure.httpStatus === 0) return { up: false, detail: `连不上钉钉（${code}）` };
  return { up: true, detail: `接口可达，上次返回 ${code}` };
}
