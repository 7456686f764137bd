import type { Card, Tone } from '../../../cards/card.ts';
import { head, SHORTENINGS, shorten } from '../shorten.ts';
import { CARD_BYTES, CARD_ELEMENTS, TEXT_CHARACTERS } from './limits.ts';
import { renderBlock } from './render-block.ts';
import { type Element, plain } from './render-text.ts';

const TEMPLATE: Record<Tone, string> = {
  plain: 'default',
  info: 'blue',
  good: 'green',
  wait: 'orange',
  urgent: 'red',
  done: 'grey',
};

const TAG_COLOR: Record<Tone, string> = {
  plain: 'neutral',
  info: 'blue',
  good: 'green',
  wait: 'orange',
  urgent: 'red',
  done: 'neutral',
};

interface RenderOptions {
  /** The card goes to one person: a press then tells us so, which Feishu itself does not (feishu.md 2.3). */
  toPerson: boolean;
}

/**
 * The neutral card as Feishu's card JSON 2.0, by the documented properties alone, for one unknown property
 * fails the whole card (feishu.md 5.2). All text is `plain_text`, which has no markup to escape from.
 * A card too big for the platform loses the tails of its texts first, then whole blocks, never a button.
 */
export function renderCard(card: Card, options: RenderOptions): Element {
  for (const shortening of SHORTENINGS) {
    const rendered = renderWhole(shorten(card, shortening), options);
    if (fits(rendered)) return rendered;
  }
  const most = SHORTENINGS.at(-1);
  const shortened = most ? shorten(card, most) : card;
  const acting = shortened.blocks.filter((block) => block.kind === 'buttons' || block.kind === 'form');
  return renderWhole(
    { ...shortened, blocks: [{ kind: 'text', text: '内容太多，这里放不下，请分开查看。' }, ...acting] },
    options,
  );
}

function renderWhole(card: Card, options: RenderOptions): Element {
  const title = card.title.trim() || '连心';
  return {
    schema: '2.0',
    config: {
      update_multi: true,
      // A forwarded card would carry what it shows to people who may not see it (care 5).
      enable_forward: false,
      enable_forward_interaction: false,
      summary: { content: plain(title).content },
    },
    header: {
      title: plain(title),
      template: TEMPLATE[card.tone],
      ...(card.status
        ? { text_tag_list: [{ tag: 'text_tag', text: plain(card.status), color: TAG_COLOR[card.tone] }] }
        : {}),
    },
    body: {
      vertical_spacing: 'medium',
      elements: card.blocks.flatMap((block, index) => renderBlock(block, { ...options, index })),
    },
  };
}

/** Bytes of the JSON that is sent, and elements counted as Feishu does: whatever has a tag. */
function fits(card: Element): boolean {
  return Buffer.byteLength(JSON.stringify(card), 'utf8') <= CARD_BYTES && countTags(card) <= CARD_ELEMENTS;
}

function countTags(node: unknown): number {
  if (Array.isArray(node)) return node.reduce((sum: number, item) => sum + countTags(item), 0);
  if (typeof node !== 'object' || node === null) return 0;
  return Object.values(node).reduce((sum: number, item) => sum + countTags(item), 'tag' in node ? 1 : 0);
}

/** A line of plain text as a text message: what could be markup there (`<at …>`, `<b>`) is taken its meaning. */
export function renderText(text: string): string {
  const harmless = plain(text).content.trim() || '…';
  return harmless.length <= TEXT_CHARACTERS ? harmless : `${head(harmless, TEXT_CHARACTERS)}……`;
}
