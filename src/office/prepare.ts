import type { Content } from '../../cards/card.ts';
import type { OutboxRow } from '../../db/queries/outbox.ts';
import { dayOf } from '../lib/day.ts';
import type { Outbound } from '../platforms/platform.ts';
import type { Parts } from './parts.ts';
import { openContent, type Payload, renderView } from './payload.ts';

/** Where a live card will be remembered once the platform has named its message. */
export interface Placing {
  view: string;
  params: Record<string, string | number | boolean>;
  viewer: number | null;
  /** Job time it was rendered for, where that is not the clock's (`tick --now`). */
  asOf?: number;
  /** What was rendered, to notice a change that happened while the message was under way. */
  rendered: string;
}

export type Prepared = { out: Outbound; placed?: Placing } | { drop: 'dropped' | 'dead'; why: string | null };

/** Renders a leased row from the present state (decision 39). */
export function prepare(parts: Parts, row: OutboxRow, now: number): Prepared {
  const { q } = parts;
  const payload = JSON.parse(row.payload) as Payload;
  const base = {
    kind: row.kind,
    target: { type: row.targetType, id: row.targetId },
    uuid: row.uuid,
    messageId: row.messageId ?? undefined,
  };
  if ('recall' in payload || 'forward' in payload) return { out: { ...base, content: { text: '' } } };
  if ('sealed' in payload)
    return { out: { ...base, content: openContent(parts.vault, payload), answers: payload.answers } };
  const card = 'card' in payload ? q.cards.get(payload.card) : undefined;
  if ('card' in payload && (!card || card.retiredAt !== null)) return { drop: 'dropped', why: null };
  const placing: Omit<Placing, 'rendered'> | undefined = card
    ? { view: card.view, params: card.params, viewer: card.viewerId }
    : 'view' in payload
      ? { view: payload.view, params: payload.params, viewer: payload.viewer, asOf: payload.asOf }
      : undefined;
  if (!placing) return { drop: 'dropped', why: null };
  const content = renderFor(parts, placing, placing.asOf ?? now);
  if (content === null) return { drop: 'dropped', why: null };
  return card
    ? { out: { ...base, content, messageId: card.messageId, version: q.cards.nextVersion(card.id) } }
    : {
        out: { ...base, content },
        placed: 'card' in content ? { ...placing, rendered: JSON.stringify(content) } : undefined,
      };
}

/** As its viewer may see it now; who has left is shown nothing (decision 15), a group has no viewer. */
export function renderFor(parts: Parts, placing: Omit<Placing, 'rendered'>, now: number): Content | null {
  const { q } = parts;
  const viewer = placing.viewer === null ? null : q.members.actor(placing.viewer, dayOf(now));
  if (placing.viewer !== null && viewer === null) return null;
  return renderView(
    parts.views,
    { q, now, calendar: parts.calendar(), viewer },
    { view: placing.view, params: placing.params },
  );
}
