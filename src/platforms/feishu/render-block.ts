import type { Block } from '../../../cards/card.ts';
import { type ButtonOptions, renderButtons } from './render-button.ts';
import { renderForm } from './render-form.ts';
import { columns, type Element, paragraph } from './render-text.ts';

/** Zero or more elements for one block of the neutral card; blocks without a word leave no gap. */
export function renderBlock(block: Block, options: ButtonOptions & { index: number }): Element[] {
  switch (block.kind) {
    case 'text': {
      const color = block.tone === 'muted' ? 'grey' : block.tone === 'urgent' ? 'red' : undefined;
      return block.text.trim() ? [paragraph(block.text, { size: block.size, color })] : [];
    }
    case 'quote':
      return block.text.trim() ? [columns([[paragraph(block.text)]], { background: 'grey' })] : [];
    case 'fields': {
      const lines = block.rows.filter((row) => row.value.trim()).map((row) => `${row.label}：${row.value}`);
      return lines.length > 0 ? [paragraph(lines.join('\n'))] : [];
    }
    case 'list': {
      const lines = block.items.map((item, index) => (block.ordered ? `${index + 1}. ${item}` : `· ${item}`));
      return lines.length > 0 ? [paragraph(lines.join('\n'))] : [];
    }
    case 'divider':
      return [{ tag: 'hr' }];
    case 'form':
      return [renderForm(block, options)];
    case 'buttons':
      return renderButtons(block.buttons, block.more ?? [], options);
    default:
      return block satisfies never;
  }
}
