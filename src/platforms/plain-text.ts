import type { Block, Button, Card, Field } from '../../cards/card.ts';
import type { FormBlock, Ways } from './platform.ts';

/** Choices of a list that are written out; the rest is understood when typed all the same. */
const CHOICES = 12;

/**
 * A card in words (文字版): what it says, then what one can type for each thing on it, and one link. For clients that
 * show no cards, and people who would rather read.
 */
export function renderPlain(card: Card, ways?: Ways): string {
  const head = card.status ? `${card.title}（${card.status}）` : card.title;
  const body = card.blocks.flatMap(wordsOf).filter((line) => line.trim() !== '');
  const lines = ways ? linesOf(card, ways) : [];
  const link = ways?.whole?.() ?? null;
  return [
    head,
    ...body,
    ...(lines.length > 0 ? ['', '要办哪件，就发哪一行：', ...lines] : []),
    ...(lines.length > 0 && link ? [`在网页上办：${link}`] : []),
  ].join('\n');
}

function wordsOf(block: Block): string[] {
  switch (block.kind) {
    case 'text':
      return [block.text];
    case 'quote':
      return [`“${block.text}”`];
    case 'fields':
      return block.rows.filter((row) => row.value.trim()).map((row) => `${row.label}：${row.value}`);
    case 'list':
      return block.items.map((item, index) => `${block.ordered ? `${index + 1}.` : '·'} ${item}`);
    case 'form':
      return block.fields.flatMap(fieldWords);
    default:
      return [];
  }
}

/** What stands in the field, or may be chosen. */
function fieldWords(field: Field): string[] {
  if (field.kind === 'text') return field.value ? [`${field.label}：${field.value}`] : [];
  if (field.kind === 'date') return field.value ? [`${field.label}：${field.value}`] : [];
  const chosen =
    field.kind === 'select'
      ? field.options.find((option) => option.value === field.value)?.label
      : field.options
          .filter((option) => field.values?.includes(option.value))
          .map((option) => option.label)
          .join('、');
  const choices = field.options.slice(0, CHOICES).map((option, index) => `${index + 1} ${option.label}`);
  const rest = field.options.length > CHOICES ? `……共${field.options.length}项` : '';
  return [`${field.label}${chosen ? `（现在是${chosen}）` : ''}：${choices.join('、')}${rest}`];
}

/** A line each for what is in sight, one for all the rest. */
function linesOf(card: Card, ways: Ways): string[] {
  const typed = (target: Button | FormBlock): string[] => {
    const line = ways.line(target);
    return line === null ? [] : [line];
  };
  const lines: string[] = [];
  for (const block of card.blocks) {
    if (block.kind === 'form') lines.push(...typed(block));
    if (block.kind !== 'buttons') continue;
    lines.push(...block.buttons.flatMap(typed));
    const more = (block.more ?? []).flatMap(typed);
    if (more.length > 0) lines.push(`还可以：${more.join('；')}`);
  }
  return lines;
}
