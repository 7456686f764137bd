import type { Content } from '../../../cards/card.ts';
import { renderPlain } from '../plain-text.ts';
import type { Delivery, Outbound } from '../platform.ts';
import { list, obj, str } from '../read.ts';
import { CallError } from './call-error.ts';
import { classify, isParentGone } from './classify.ts';
import type { Called, FeishuClient } from './client.ts';
import { renderCard, renderText } from './render.ts';

export interface FeishuApi {
  /** One call, remembered for `state`. */
  call: FeishuClient['call'];
  deliver(out: Outbound): Promise<Delivery>;
  chatMembers(chatId: string): Promise<{ id: string; name: string }[]>;
  /** Our own open_id in this app; undefined when Feishu does not answer. */
  botId(): Promise<string | undefined>;
  /** What the last call told about the way to Feishu. */
  state(): { up: boolean; detail: string };
}

interface Sent {
  code?: number | undefined;
  data?: { message_id?: string | undefined; chat_id?: string | undefined } | undefined;
}

/** A recalled or deleted message cannot be recalled again: the wish is fulfilled. */
const GONE = new Set([230011, 230110]);
/** In place of a message that was to be forwarded. */
const GONE_TEXT = '这条消息已经撤回或过期，看不到了。';
/** A page of members may be short or long (feishu.md 4.6); no group has this many pages. */
const MOST_PAGES = 200;

/** The outbound half of Feishu, on the official SDK (feishu.md 4; decisions 37–40). */
export function createApi(feishu: FeishuClient): FeishuApi {
  let state = { up: true, detail: '还没有调用过' };

  const call: FeishuClient['call'] = async (run) => {
    const called = await feishu.call(run);
    state = stateAfter(called);
    return called;
  };

  const deliverers: Record<Outbound['kind'], (out: Outbound) => Promise<Delivery>> = {
    send: async (out) => {
      const body = write(out);
      const sent = await call((client) =>
        client.im.v1.message.create({
          params: { receive_id_type: out.target.type === 'user' ? 'open_id' : 'chat_id' },
          data: { receive_id: out.target.id, uuid: out.uuid, ...body },
        }),
      );
      return outcome(sent);
    },

    reply: async (out) => {
      if (!out.messageId) return deliverers.send(out);
      const sent = await call((client) =>
        client.im.v1.message.reply({ path: pathOf(out), data: { uuid: out.uuid, ...write(out) } }),
      );
      // Only after a definite "no": in doubt the same uuid is tried again as a reply (decision 40).
      if (!sent.ok && isParentGone(sent.failure)) return deliverers.send(out);
      return outcome(sent);
    },

    update: async (out) => {
      const body = write(out);
      const path = pathOf(out);
      const updated = await call((client) =>
        body.msg_type === 'interactive'
          ? client.im.v1.message.patch({ path, data: { content: body.content } })
          : client.im.v1.message.update({ path, data: body }),
      );
      return repeatable(updated, out.messageId ?? '');
    },

    recall: async (out) => {
      const recalled = await call((client) => client.im.v1.message.delete({ path: pathOf(out) }));
      if (!recalled.ok && GONE.has(recalled.failure.code))
        return { status: 'sent', messageId: out.messageId ?? '' };
      return repeatable(recalled, out.messageId ?? '');
    },

    react: async (out) => {
      const reacted = await call((client) =>
        client.im.v1.messageReaction.create({
          path: pathOf(out),
          data: { reaction_type: { emoji_type: emojiOf(out.content) } },
        }),
      );
      return repeatable(reacted, out.messageId ?? '');
    },

    forward: async (out) => {
      const forwarded = await call((client) =>
        client.im.v1.message.forward({
          path: pathOf(out),
          params: { receive_id_type: out.target.type === 'user' ? 'open_id' : 'chat_id', uuid: out.uuid },
          data: { receive_id: out.target.id },
        }),
      );
      // Who asked for it is told; nobody else need know.
      if (!forwarded.ok && isParentGone(forwarded.failure))
        return deliverers.send({ ...out, kind: 'send', content: { text: GONE_TEXT } });
      return outcome(forwarded);
    },
  };

  return {
    call,
    deliver: (out) => deliverers[out.kind](out),

    async chatMembers(chatId) {
      const members: { id: string; name: string }[] = [];
      let page: string | undefined;
      for (let turn = 0; turn < MOST_PAGES; turn += 1) {
        const listed = await call((client) =>
          client.im.v1.chatMembers.get({
            path: { chat_id: encodeURIComponent(chatId) },
            params: { member_id_type: 'open_id', page_size: 100, ...(page ? { page_token: page } : {}) },
          }),
        );
        if (!listed.ok) throw new CallError(listed.failure);
        for (const item of list(listed.answer.data, 'items')) {
          if (str(item, 'member_id')) members.push({ id: str(item, 'member_id'), name: str(item, 'name') });
        }
        page = listed.answer.data?.page_token;
        if (!listed.answer.data?.has_more || !page) break;
      }
      return members;
    },

    async botId() {
      // Not in the SDK; `bot` stands on top, not under `data` (feishu.md 2.1).
      const info = await call((client) =>
        client.request<{ code?: number; bot?: unknown }>({ method: 'GET', url: '/open-apis/bot/v3/info' }),
      );
      return info.ok ? str(obj(info.answer, 'bot'), 'open_id') || undefined : undefined;
    },

    state: () => state,
  };
}

/** In words where the person asked for them; a card that stands stays one (文字版 is for what comes). */
function write(out: Outbound): { msg_type: string; content: string } {
  if ('card' in out.content && out.plain && out.kind !== 'update')
    return textOf(renderPlain(out.content.card, out.ways));
  if ('card' in out.content) {
    const card = renderCard(out.content.card, { toPerson: out.target.type === 'user' });
    return { msg_type: 'interactive', content: JSON.stringify(card) };
  }
  return textOf(out.content.text);
}

function textOf(text: string): { msg_type: string; content: string } {
  return { msg_type: 'text', content: JSON.stringify({ text: renderText(text) }) };
}

function pathOf(out: Outbound): { message_id: string } {
  return { message_id: encodeURIComponent(out.messageId ?? '') };
}

/** A new message: what is in doubt stays in doubt, for a second one would be seen twice. */
function outcome(called: Called<Sent>): Delivery {
  if (!called.ok) return failureOf(called);
  const messageId = called.answer.data?.message_id;
  const chatId = called.answer.data?.chat_id;
  if (!messageId) return { status: 'unknown', code: 'no_message_id' };
  return { status: 'sent', messageId, ...(chatId ? { chatId } : {}) };
}

/** Updates, recalls and reactions do the same once or twice, so doubt is no reason not to repeat them at any age. */
function repeatable(called: Called<unknown>, messageId: string): Delivery {
  if (called.ok) return { status: 'sent', messageId };
  const failure = failureOf(called);
  return failure.status === 'unknown' ? { status: 'retry', code: failure.code } : failure;
}

/** Without a token nothing was sent, whatever the reason was. */
function failureOf(called: Extract<Called<unknown>, { ok: false }>): Exclude<Delivery, { status: 'sent' }> {
  const failure = classify(called.failure);
  if (!called.tokenMissing) return failure;
  const afterMs = failure.status === 'retry' ? failure.afterMs : undefined;
  return { status: 'retry', code: `token_${failure.code}`, ...(afterMs ? { afterMs } : {}) };
}

/** A reaction is named by Feishu's emoji_type, e.g. DONE, OK, THUMBSUP; anything else means DONE. */
function emojiOf(content: Content): string {
  return 'text' in content && /^[A-Za-z][A-Za-z_0-9]{0,39}$/.test(content.text) ? content.text : 'DONE';
}

function stateAfter(called: Called<unknown>): { up: boolean; detail: string } {
  if (called.ok) return { up: true, detail: '接口正常' };
  const { code } = classify(called.failure);
  if (called.tokenMissing)
    return { up: false, detail: `取不到访问凭证（${code}），请核对 FEISHU_APP_ID、FEISHU_APP_SECRET 和网络` };
  if (called.failure.httpStatus === 0 && called.failure.code === 0)
    return { up: false, detail: `连不上飞书（${code}）` };
  return { up: true, detail: `接口可达，上次返回 ${code}` };
}
