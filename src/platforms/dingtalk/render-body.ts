import type { Block } from '../../../cards/card.ts';
import { inParagraph, paragraphs, plainLine, plainLines } from './render-text.ts';

/** All that is read on a card as the documented subset of markdown (dingtalk.md 7); buttons and forms stand elsewhere. */
export function renderBody(blocks: Block[]): string {
  return paragraphs(blocks.map(renderBlock));
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'text': {
      const lines = plainLines(block.text);
      const strong = block.size === 'large' || block.tone === 'urgent';
      return inParagraph(strong ? lines.map((line) => `**${line}**`) : lines);
    }
    case 'quote':
      return plainLines(block.text)
        .map((line) => `> ${line}`)
        .join('\n>\n');
    case 'fields':
      return inParagraph(
        block.rows
          .filter((row) => row.value.trim())
          .map((row) => `**${plainLine(row.label)}**：${plainLine(row.value)}`),
      );
    case 'list':
      return block.items
        .map((item, index) => `${block.ordered ? `${index + 1}.` : '-'} ${plainLine(item)}`)
        .join('\n');
    case 'divider':
    case 'form':
    case 'buttons':
      return '';
    default:
      return block satisfies never;
  }
}
