import type { Card } from './card.ts';

/** 文字版: what it is, and the way back. */
export function plainCard(model: { on: boolean }): Card {
  return {
    title: model.on ? '文字版开着：卡片都写成文字发给您' : '文字版关着：卡片照常带按钮',
    tone: 'good',
    blocks: [
      {
        kind: 'text',
        text: model.on
          ? '每条下面写着能办什么，照着发一行就行。'
          : '手机上点不了按钮、看不清卡片的，可以打开文字版。',
      },
      {
        kind: 'buttons',
        buttons: [
          model.on
            ? { label: '换回卡片', action: 'plain.set', value: { on: false } }
            : { label: '打开文字版', action: 'plain.set', value: { on: true }, style: 'primary' },
        ],
      },
    ],
  };
}
