import type { Block } from './card.ts';

/** What an answer to words of danger begins with (decision 34). */
export const dangerLine = (numbers: readonly string[]): string =>
  `这像是急事。有危险请先打电话：${numbers.join(' · ')}`;

/** The same on a card, large; nothing where there is no danger. */
export function dangerBlocks(numbers: readonly string[]): Block[] {
  return numbers.length === 0
    ? []
    : [{ kind: 'text', text: dangerLine(numbers), size: 'large', tone: 'urgent' }];
}
