import type { Card } from './card.ts';

/** In place of a card that is no longer its viewer's: nothing of the matter stays on his screen (decision 15, care 5). */
export function putAway(): Card {
  return {
    title: '这张卡片已经收起',
    tone: 'done',
    blocks: [{ kind: 'text', text: '上面的事现在不在您手上，不用再办了。谢谢您。' }],
  };
}
