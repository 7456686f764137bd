import type { Card } from '../../../cards/card.ts';
import type { Delivery, Outbound } from '../platform.ts';
import { isObject, list, obj, str } from '../read.ts';
import type { CardTemplate } from './card-template.ts';
import {
  type CallFailure,
  classify,
  isAlreadyThere,
  isPermissionFailure,
  isTemplateFailure,
  isTooBig,
} from './classify.ts';
import type { Called } from './client.ts';
import { recallMessage, repeatable } from './messages.ts';
import type { MeteredClient } from './meter.ts';
import { renderCard } from './render-card.ts';

export interface CardOptions {
  robotCode: string;
  mode: 'webhook' | 'stream';
}

/** Cards are known by our own id, the `outTrackId`; this prefix tells them from messages, which cannot be updated. */
const CARD_ID = 'card-';
const cardId = (uuid: string): string => `${CARD_ID}${uuid}`;
export const isCardId = (messageId: string | undefined): messageId is string =>
  messageId?.startsWith(CARD_ID) === true;

/** Under this key our address for presses is registered (webhook mode). */
export const ROUTE_KEY = 'lianxin';

/** The row comes again, now rendered as a message with all its ways. */
export const TEMPLATE_UNUSABLE: Delivery = { status: 'retry', code: 'template_unusable', afterMs: 1 };

/** The place refused it, so it would refuse a message too. */
export const NOT_DELIVERED = 'card_not_delivered';

/** Carriers remembered for taking cards back. */
const REMEMBERED = 5_000;

const WITHDRAWN: Card = {
  title: '已撤回',
  tone: 'done',
  blocks: [{ kind: 'text', text: '这条消息已撤回。', tone: 'muted' }],
};

export function createCards(options: CardOptions, template: CardTemplate) {
  const { robotCode } = options;
  /** What recalls take: a card's message has an id of its own (`carrierId`, dingtalk.md 4.2). */
  const carriers = new Map<string, string>();

  function remember(outTrackId: string, carrierId: string): void {
    if (!carrierId) return;
    carriers.set(outTrackId, carrierId);
    if (carriers.size > REMEMBERED) for (const oldest of carriers.keys()) return void carriers.delete(oldest);
  }

  function create(client: MeteredClient, out: Outbound, card: Card, templateId: string, small: boolean) {
    const group = out.target.type === 'chat' ? out.target.id : undefined;
    const cardParamMap = renderCard(card, { group, small });
    const space = {
      // A forwarded card would carry what it shows to people who may not see it (care 5).
      supportForward: false,
      lastMessageI18n: { ZH_CN: cardParamMap.lastMessage ?? '' },
      notification: { alertContent: cardParamMap.lastMessage ?? '', notificationOff: false },
    };
    return client.call('POST', '/v1.0/card/instances/createAndDeliver', {
      cardTemplateId: templateId,
      outTrackId: cardId(out.uuid),
      userIdType: 1,
      ...(options.mode === 'stream'
        ? { callbackType: 'STREAM' }
        : { callbackType: 'HTTP', callbackRouteKey: ROUTE_KEY }),
      cardData: { cardParamMap },
      openSpaceId: `dtv1.card//${group === undefined ? 'IM_ROBOT' : 'IM_GROUP'}.${out.target.id}`,
      ...(group === undefined
        ? {
            imRobotOpenSpaceModel: space,
            imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode },
          }
        : { imGroupOpenSpaceModel: space, imGroupOpenDeliverModel: { robotCode } }),
    });
  }

  return {
    /**
     * `outTrackId` makes a card safe to repeat (dingtalk.md 5.10): in doubt it is sent again at once and, if need be,
     * at any age. A template that DingTalk refuses is put aside, and the row comes again to go as a message.
     */
    async send(client: MeteredClient, out: Outbound, card: Card, templateId: string): Promise<Delivery> {
      let created = await create(client, out, card, templateId, false);
      if (failed(created, (failure) => classify(failure).status === 'unknown'))
        created = await create(client, out, card, templateId, false);
      if (failed(created, isTooBig)) created = await create(client, out, card, templateId, true);

      const messageId = cardId(out.uuid);
      if (created.ok) {
        template.worked();
        const delivery = deliveryOf(created.answer, messageId);
        if (delivery.status === 'sent') remember(messageId, carrierOf(created.answer));
        return delivery;
      }
      if (isAlreadyThere(created.failure)) return { status: 'sent', messageId };
      if (isTemplateFailure(created.failure) || isPermissionFailure(created.failure)) {
        template.failed(created.failure.code);
        return TEMPLATE_UNUSABLE;
      }
      return repeatable(created);
    },

    /** Everything is replaced, for everybody; also what one person was shown after his press (dingtalk.md 4.3). */
    async update(client: MeteredClient, outTrackId: string, card: Card, group?: string): Promise<Delivery> {
      let put = await putCard(client, outTrackId, card, { group });
      if (failed(put, isTooBig)) put = await putCard(client, outTrackId, card, { group, small: true });
      return put.ok ? { status: 'sent', messageId: outTrackId } : repeatable(put);
    },

    /** By its carrier where that is known; else, and where its time is over, it says that it was withdrawn. */
    async recall(client: MeteredClient, out: Outbound, outTrackId: string): Promise<Delivery> {
      const carrier = carriers.get(outTrackId);
      if (carrier) {
        const recalled = await recallMessage(client, robotCode, out.target, carrier);
        if (recalled.status === 'sent') return { status: 'sent', messageId: outTrackId };
        if (recalled.status === 'retry') return recalled;
      }
      const put = await putCard(client, outTrackId, WITHDRAWN, {});
      return put.ok ? { status: 'sent', messageId: outTrackId } : repeatable(put);
    },
  };
}

const failed = (called: Called, how: (failure: CallFailure) => boolean): boolean =>
  !called.ok && !called.tokenMissing && how(called.failure);

function putCard(
  client: MeteredClient,
  outTrackId: string,
  card: Card,
  target: { group?: string; small?: boolean },
): Promise<Called> {
  return client.call('PUT', '/v1.0/card/instances', {
    outTrackId,
    userIdType: 1,
    cardData: { cardParamMap: renderCard(card, target) },
    cardUpdateOptions: { updateCardDataByKey: false, updatePrivateDataByKey: false },
  });
}

const resultsOf = (answer: unknown): unknown[] => list(obj(answer, 'result'), 'deliverResults');
const carrierOf = (answer: unknown): string => str(resultsOf(answer)[0], 'carrierId');

/** HTTP 200 is not success: the one place it was for says whether it arrived (dingtalk.md 4.2). */
function deliveryOf(answer: unknown, messageId: string): Delivery {
  const [result] = resultsOf(answer);
  if (!isObject(result)) return { status: 'unknown', code: 'no_deliver_result' };
  if (result.success === true) return { status: 'sent', messageId };
  return {
    status: 'failed',
    code: NOT_DELIVERED,
    reason: '卡片没能送到：机器人可能不在群里，或对方不在应用的可见范围',
  };
}
