import type { Card, Content } from '../../cards/card.ts';
import { putAway } from '../../cards/put-away.ts';
import type { Moment } from '../../db/queries/cards.ts';
import type { OutboxRow } from '../../db/queries/outbox.ts';
import { codeOf } from '../domain/text/card-code.ts';
import type { Outbound } from '../platforms/platform.ts';
import { isPlain } from '../work/plain-setting.ts';
import type { CardAt } from './card-at.ts';
import type { Parts } from './parts.ts';
import { isStatic, openContent, type Payload } from './payload.ts';
import { renderFor } from './render-for.ts';
import { makeWays } from './ways.ts';

/** Where a live card will be remembered once the platform has named its message. */
export interface Placing {
  view: string;
  params: Record<string, string | number | boolean>;
  viewer: number | null;
  /** Job time it was rendered for, where that is not the clock's (`tick --now`). */
  asOf?: number;
  /** What was rendered and when, to notice a change that happened while the message was under way. */
  rendered: Content;
  at: Moment;
  /** It stays as it was sent: the platform, or the words its reader asked for, cannot be updated. */
  fixed: boolean;
}

export type Prepared =
  | { out: Outbound; placed?: Placing /** The live card that ends with this. */; emptied?: number }
  | { drop: 'dropped' | 'dead'; why: string | null };

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
  if (isStatic(payload)) {
    const content = openContent(parts.vault, payload);
    const out = { ...base, content, answers: payload.answers };
    return { out: { ...out, ...otherWays(parts, row, content, { row: row.id }, now) } };
  }
  const card = 'card' in payload ? q.cards.get(payload.card) : undefined;
  if ('card' in payload && (!card || card.retiredAt !== null)) return { drop: 'dropped', why: null };
  const placing: Omit<Placing, 'rendered' | 'at' | 'fixed'> | undefined = card
    ? { view: card.view, params: card.params, viewer: card.viewerId }
    : 'view' in payload
      ? { view: payload.view, params: payload.params, viewer: payload.viewer, asOf: payload.asOf }
      : undefined;
  if (!placing) return { drop: 'dropped', why: null };
  const content = renderFor(parts, { ...placing, standing: card !== undefined }, placing.asOf ?? now);
  const said = 'view' in payload && payload.say ? parts.vault.open(payload.say) : null;
  // Whose card it was sees it no more (decision 15): what stood on it goes too, and then it follows nothing.
  const away = 'card' in payload && payload.away === true;
  if (card && (away || (content === null && card.viewerId !== null)))
    return {
      out: {
        ...base,
        content: { card: putAway() },
        messageId: card.messageId,
        version: q.cards.nextVersion(card.id),
      },
      emptied: card.id,
    };
  if (content === null)
    return said === null ? { drop: 'dropped', why: null } : { out: { ...base, content: { text: said } } };
  if (card)
    return { out: { ...base, content, messageId: card.messageId, version: q.cards.nextVersion(card.id) } };
  if (!('card' in content)) return { out: { ...base, content } };
  const ways = otherWays(parts, row, content, { view: placing.view, params: placing.params }, now);
  const fixed = ways.plain === true || limitsOf(parts, row)?.cardLifeMs === 0;
  return {
    out: { ...base, content: withWord(content, said), ...ways },
    placed: { ...placing, rendered: content, at: q.cards.moment(), fixed },
  };
}

const limitsOf = (parts: Parts, row: OutboxRow) =>
  parts.platforms.find((each) => each.connection === row.connection)?.limits;

/** How everything on a card is reached without pressing it; and whether its reader wants words anyway. */
function otherWays(
  parts: Parts,
  row: OutboxRow,
  content: Content,
  at: CardAt,
  now: number,
): Pick<Outbound, 'ways' | 'plain'> {
  if (!('card' in content) || (row.kind !== 'send' && row.kind !== 'reply')) return {};
  const { connection, targetId: externalId } = row;
  const known = row.targetType === 'user' ? parts.q.members.byIdentity(connection, externalId) : undefined;
  const reader = known ? { member: known.member.id, connection, externalId } : null;
  const plain = reader !== null && isPlain(parts.q, reader.member);
  // Live cards are pressed; a platform that has to fall back from them needs the other ways as well.
  const ways = makeWays(parts, { card: content.card, at, code: codeOf(row.id), reader }, now);
  return plain ? { ways, plain } : { ways };
}

/** The card with what is to be said as its first line. */
function withWord(content: { card: Card }, said: string | null): Content {
  if (said === null) return content;
  const { card } = content;
  return { card: { ...card, blocks: [{ kind: 'text', text: said, size: 'large' }, ...card.blocks] } };
}
