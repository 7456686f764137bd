import type { Block, Card, Field } from '../../cards/card.ts';

/** How far a card is cut: characters of a text, entries of a list, options of a select. */
export interface Shortening {
  characters: number;
  items: number;
  options: number;
}

/** Tried in turn until the card fits what its platform takes (feishu.md 5.2: 30 KB, 200 elements; dingtalk.md 5.2: 15,000 bytes). */
export const SHORTENINGS: readonly Shortening[] = [
  {
    characters: Number.POSITIVE_INFINITY,
    items: Number.POSITIVE_INFINITY,
    options: Number.POSITIVE_INFINITY,
  },
  { characters: 3000, items: 60, options: 120 },
  { characters: 1200, items: 40, options: 80 },
  { characters: 500, items: 25, options: 50 },
  { characters: 200, items: 12, options: 25 },
  { characters: 80, items: 6, options: 12 },
];

/** The same card with its long parts cut; every cut says that there is more, and how much where it can be told. */
export function shorten(card: Card, by: Shortening): Card {
  return {
    ...card,
    title: cut(card.title, Math.min(by.characters, 200)),
    blocks: card.blocks.map((block) => shortenBlock(block, by)),
  };
}

function shortenBlock(block: Block, by: Shortening): Block {
  switch (block.kind) {
    case 'text':
    case 'quote':
      return { ...block, text: cut(block.text, by.characters) };
    case 'fields': {
      const rows = block.rows
        .slice(0, by.items)
        .map((row) => ({ ...row, value: cut(row.value, by.characters) }));
      const left = block.rows.length - rows.length;
      return { ...block, rows: left > 0 ? [...rows, { label: '未列出', value: `还有${left}项` }] : rows };
    }
    case 'list': {
      const items = block.items.slice(0, by.items).map((item) => cut(item, by.characters));
      const left = block.items.length - items.length;
      return { ...block, items: left > 0 ? [...items, `还有${left}条，这里放不下`] : items };
    }
    case 'form':
      return { ...block, fields: block.fields.map((field) => shortenField(field, by)) };
    default:
      return block;
  }
}

/** What was chosen stays on offer, else sending the form would change it. */
function shortenField(field: Field, by: Shortening): Field {
  if (field.kind !== 'select' && field.kind !== 'multi') return field;
  const kept = new Set(field.kind === 'select' ? [field.value] : field.values);
  const options = field.options.filter((option, index) => index < by.options || kept.has(option.value));
  return { ...field, options };
}

function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${head(text, max)}……（还有，这里放不下）`;
}

/** The first characters, without half of a surrogate pair at the end. */
export function head(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
}
