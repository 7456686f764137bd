import type { Card } from '../../cards/card.ts';
import type { OutboxRow } from '../../db/queries/outbox.ts';
import type { Actor } from '../domain/actor.ts';
import type { ViewRef } from '../views/define.ts';
import type { Parts } from './parts.ts';
import { cardOf, isStatic, openContent, type Payload } from './payload.ts';
import { renderFor } from './render-for.ts';

/** A card that is not pressed but spoken of: by what it shows, or, where it was written once for all, by its message. */
export type CardAt = ViewRef | { row: number };

/** What a sent card shows and to whom; null: it was none, or it was somebody else's. */
export function cardOfRow(parts: Parts, row: OutboxRow, actor: Actor): CardAt | null {
  if (row.kind !== 'send' && row.kind !== 'reply') return null;
  const payload = JSON.parse(row.payload) as Payload;
  if ('view' in payload) {
    const his = payload.viewer === null || payload.viewer === actor.memberId;
    return his ? { view: payload.view, params: payload.params } : null;
  }
  if (!isStatic(payload)) return null;
  const his =
    row.targetType === 'chat' ||
    parts.q.members.byIdentity(row.connection, row.targetId)?.member.id === actor.memberId;
  return his ? { row: row.id } : null;
}

/** The card as this member may see it now; null: there is nothing to show any more. */
export function cardAt(parts: Parts, at: CardAt, memberId: number, now: number): Card | null {
  if ('view' in at) return cardOf(renderFor(parts, { ...at, viewer: memberId }, now)) ?? null;
  const row = parts.q.outbox.get(at.row);
  const payload = row && (JSON.parse(row.payload) as Payload);
  if (!payload || !isStatic(payload)) return null;
  return cardOf(openContent(parts.vault, payload)) ?? null;
}
