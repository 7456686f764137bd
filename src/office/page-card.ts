import type { Card } from '../../cards/card.ts';
import { isForm, waysOf } from '../work/ways-card.ts';
import type { CardAt } from './card-at.ts';
import { hide, type PageBlock, pageFields, pageWords } from './page-model.ts';
import { openToken, type PageToken, sealForm, sealToken } from './page-token.ts';
import type { Parts } from './parts.ts';
import { targetOf } from './ways.ts';

/** Everything on a card, each with a link of its own. */
export function cardBlocks(
  parts: Parts,
  { member, connection, externalId }: PageToken,
  at: CardAt,
  card: Card,
  now: number,
): PageBlock[] {
  const acts = waysOf(card).map(({ target }): PageBlock => {
    const own = targetOf(target);
    const path = sealToken(parts.pageVault, { member, connection, externalId, at, target: own }, now);
    if (!isForm(target)) {
      const { label, style = 'plain', confirm } = target;
      return { kind: 'act', path, label, style, ...(confirm ? { ask: confirm.text } : {}) };
    }
    const seal = {
      nonce: openToken(parts.pageVault, path)?.nonce ?? '',
      action: target.action,
      value: target.value ?? {},
      attempt: 0,
    };
    const sealed = sealForm(parts.pageVault, seal);
    return { kind: 'form', path, sealed, fields: pageFields(target.fields), submit: target.submit };
  });
  return [...pageWords(card), ...acts];
}

/** A card's title and state as a page says them. */
export const cardHead = (card: Card): { title: string; state?: string } => ({
  title: hide(card.title),
  ...(card.status ? { state: card.status } : {}),
});
