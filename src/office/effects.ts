import type { LiveCard } from '../../db/queries/cards.ts';
import type { Queries } from '../../db/queries/index.ts';
import type { EdgeEffects } from '../commands/define.ts';
import type { Calendar } from '../domain/calendar.ts';
import { nextSendTime } from '../domain/calendar-quiet.ts';
import { PAGE } from '../domain/own-page.ts';
import { dayOf } from '../lib/day.ts';
import type { Vault } from '../lib/vault.ts';
import { sayNews } from '../work/own-page.ts';
import { groupPayload, isViewRef, type Payload, sealContent } from './payload.ts';

/** What effects need to know of their cause. */
export interface EffectsInput {
  q: Queries;
  vault: Vault;
  calendar: Calendar;
  now: number;
  /** Outbox rows are unique by (cause, ordinal): the inbox key, or `job:<name>:<period>:<scope>`. */
  cause: string;
  actorId: number | null;
  /** Cards caused by somebody's act do not wait for working hours (decision 33); jobs do. */
  exempt: boolean;
  /**
   * Epoch ms at which messages really go out, where `now` is a job's moved time (`tick --now`, decision 46): quiet
   * hours and delays are then measured by `now`, and what is shown is shown as of `now`.
   */
  sendsAt?: number;
  /** Where the act happened: who acted is answered there. */
  connection: string | null;
  /** The pressed card's row: it is answered directly and needs no update. */
  exceptCard?: number;
}

/** Effects are rows written in the same transaction as what caused them. */
export function makeEffects(input: EffectsInput): EdgeEffects {
  const { q, vault, now, cause } = input;
  let ordinal = 0;
  const stale = new Set<number>();
  const moved = input.sendsAt !== undefined;
  const realTime = (instant: number): number =>
    input.sendsAt === undefined ? instant : input.sendsAt + Math.max(0, instant - now);

  const move = (
    kind: 'forward' | 'recall',
    target: { connection: string; type: 'chat' | 'user'; id: string },
    messageId: string,
  ): void =>
    q.outbox.add({
      cause,
      ordinal: ordinal++,
      connection: target.connection,
      kind,
      targetType: target.type,
      targetId: target.id,
      lane: 'answer',
      payload: JSON.stringify((kind === 'recall' ? { recall: true } : { forward: true }) satisfies Payload),
      messageId,
      exempt: true,
      notBefore: realTime(now),
      now: input.sendsAt ?? now,
    });

  const update = (card: LiveCard, away?: true) =>
    q.outbox.add({
      cause,
      ordinal: ordinal++,
      connection: card.connection,
      kind: 'update',
      targetType: card.targetType,
      targetId: card.targetId,
      lane: 'answer',
      payload: JSON.stringify({ card: card.id, away } satisfies Payload),
      messageId: card.messageId,
      exempt: true,
      notBefore: realTime(now),
      now: input.sendsAt ?? now,
    });

  const fx: EdgeEffects = {
    now,
    q,
    calendar: input.calendar,
    sendTo(target, what, options = {}) {
      const exempt = options.exempt ?? input.exempt;
      const wanted = options.notBefore ?? now;
      const payload =
        'ref' in what
          ? JSON.stringify({
              view: what.ref.view,
              params: what.ref.params,
              viewer: what.viewer,
              asOf: moved ? now : undefined,
              say: what.say ? vault.seal(what.say) : undefined,
            } satisfies Payload)
          : 'group' in what
            ? groupPayload(vault, what.group, what)
            : sealContent(vault, what.content);
      q.outbox.add({
        cause,
        ordinal: ordinal++,
        connection: target.connection,
        kind: 'send',
        targetType: target.type,
        targetId: target.id,
        lane: options.lane ?? 'answer',
        payload,
        exempt: moved || exempt,
        notBefore: realTime(moved && !exempt ? nextSendTime(wanted, input.calendar) : wanted),
        now: input.sendsAt ?? now,
      });
    },
    privately(memberId, what, options) {
      const identities = q.members.reachable(memberId);
      // Who acted is answered where he acted; anybody else where he was last, and once (decision 6).
      const here = memberId === input.actorId ? input.connection : null;
      const identity = identities.find((each) => each.connection === here) ?? identities[0];
      if (!identity) return false;
      fx.sendTo(
        { connection: identity.connection, type: 'user', id: identity.externalId },
        isViewRef(what) ? { ref: what, viewer: memberId } : { content: what },
        options,
      );
      if (identity.connection === PAGE && memberId !== input.actorId) sayNews(fx, memberId);
      return true;
    },
    toGroup(chatId, what, options) {
      const chat = q.chats.get(chatId);
      if (!chat || chat.goneAt !== null) return;
      fx.sendTo(
        { connection: chat.connection, type: 'chat', id: chat.externalId },
        isViewRef(what) ? { ref: what, viewer: null } : { group: what },
        options,
      );
    },
    changed(subject) {
      for (const card of q.cards.following(subject)) {
        if (card.id === input.exceptCard || stale.has(card.id) || q.outbox.pendingUpdate(card.id)) continue;
        stale.add(card.id);
        update(card);
      }
    },
    clearGroup(chatId) {
      const chat = q.chats.get(chatId);
      if (!chat || chat.goneAt !== null) return;
      for (const card of q.cards.standingIn(chat.connection, chat.externalId)) update(card, true);
    },
    recall: (target, messageId) => move('recall', target, messageId),
    forward: (target, messageId) => move('forward', target, messageId),
    audit: (act, subject, data) => q.audit.append({ at: now, actorId: input.actorId, act, subject, data }),
    actorOf: (memberId) => q.members.actor(memberId, dayOf(now)),
  };
  return fx;
}
