import type { OutboxRow } from '../../db/queries/outbox.ts';
import { PAGE } from '../domain/own-page.ts';
import { backoff } from '../lib/backoff.ts';
import type { Delivery, PlatformLimits } from '../platforms/platform.ts';
import { keepNews } from '../work/own-page.ts';
import { mayRepeat } from './doubt.ts';
import type { Parts } from './parts.ts';
import type { Placing } from './prepare.ts';
import { QUOTA } from './quota.ts';
import { renderFor } from './render-for.ts';
import { tellAdministrators } from './trouble.ts';

/** An answer that cannot be delivered stops blocking those behind it (decision 38) … */
const ANSWER_GIVEN_UP = 10 * 60_000;
/** … but one that was held for an allowance is old before its first attempt. */
const TRIES = 3;

/** Inside a transaction: what became of a leased message. */
export function recordDelivery(
  parts: Parts,
  row: OutboxRow,
  delivery: Delivery,
  limits: PlatformLimits | undefined,
  now: number,
  { placed, emptied }: { placed?: Placing; emptied?: number } = {},
): void {
  const { q } = parts;
  // A definite "no" to this attempt says nothing about an earlier one that may have arrived.
  const inDoubt = row.firstAttemptAt !== null && row.firstAttemptAt !== row.attemptedAt;
  switch (delivery.status) {
    case 'sent':
      q.outbox.sent(row.id, delivery.messageId, now);
      if (row.connection === PAGE) keepNews(q, row.targetId, row.id);
      if (row.targetType === 'user' && delivery.chatId)
        q.members.rememberPrivateChat(row.connection, row.targetId, delivery.chatId);
      if (placed) place(parts, row, delivery.messageId, placed, now);
      if (emptied !== undefined) q.cards.retire(emptied, now);
      return;
    case 'retry':
      if (
        row.lane === 'answer' &&
        row.kind !== 'update' &&
        row.attempts >= TRIES &&
        delivery.code !== QUOTA &&
        now - row.createdAt > ANSWER_GIVEN_UP
      ) {
        giveUp(parts, row, inDoubt ? 'uncertain' : 'dead', delivery.code, now);
      } else {
        q.outbox.again(
          row.id,
          now + (delivery.afterMs ?? backoff(row.attempts, Math.random())),
          delivery.code,
          inDoubt,
        );
      }
      return;
    case 'failed':
      if (row.kind === 'update') {
        const card = q.cards.at(row.connection, row.messageId ?? '');
        if (card) q.cards.retire(card.id, now);
        q.outbox.end(row.id, 'dropped', delivery.code, now);
      } else giveUp(parts, row, inDoubt ? 'uncertain' : 'dead', delivery.code, now);
      return;
    case 'unknown':
      if (mayRepeat(row, limits, now))
        q.outbox.again(row.id, now + backoff(row.attempts, Math.random()), delivery.code, true);
      else giveUp(parts, row, 'uncertain', delivery.code, now);
  }
}

function giveUp(parts: Parts, row: OutboxRow, state: 'dead' | 'uncertain', code: string, now: number): void {
  parts.q.outbox.end(row.id, state, code, now);
  parts.meter.givenUp(state);
  parts.log.warn({ code, message: row.id, lane: row.lane, state }, 'a message was given up');
  tellAdministrators(parts, row, now);
}

function place(parts: Parts, row: OutboxRow, messageId: string, placed: Placing, now: number): void {
  const { cards } = parts.q;
  const subjects = parts.views.get(placed.view)?.follows?.(placed.params) ?? [];
  const card = cards.place({
    connection: row.connection,
    targetType: row.targetType,
    targetId: row.targetId,
    messageId,
    viewerId: placed.viewer,
    view: placed.view,
    params: placed.params,
    subjects,
    now,
  });
  if (placed.fixed) {
    cards.retire(card.id, now);
    return;
  }
  // The matter may have moved while the card was under way, when nothing followed it yet.
  if (cards.unmoved(subjects, placed.at)) return;
  const fresh = renderFor(parts, placed, placed.asOf ?? now);
  if (JSON.stringify(fresh) === JSON.stringify(placed.rendered)) return;
  parts.q.outbox.add({
    cause: `placed:${row.id}`,
    ordinal: 0,
    connection: row.connection,
    kind: 'update',
    targetType: row.targetType,
    targetId: row.targetId,
    lane: 'answer',
    payload: JSON.stringify({ card: card.id }),
    messageId,
    exempt: true,
    notBefore: now,
    now,
  });
}
