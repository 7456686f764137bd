import type { Card } from './card.ts';

/** The failure sentence of cards.md: nothing typed is lost, and one button runs it again. */
export function failureCard(number: number): Card {
  return {
    title: '这条还没记上，原话已存好，不用重打',
    tone: 'wait',
    blocks: [
      { kind: 'text', text: `点“再试一次”。还不行，请把编号${number}告诉管理员。` },
      {
        kind: 'buttons',
        buttons: [{ label: '再试一次', action: 'office.retry', value: { event: number }, style: 'primary' }],
      },
    ],
  };
}
