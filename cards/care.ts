import type { Card } from './card.ts';

export interface TroublesModel {
  rows: { id: number; label: string }[];
  more: number;
}

/** Messages that did not go out or may have (decisions 37, 40): lane, reason and time, never the text. */
export function troublesCard(model: TroublesModel): Card {
  const total = model.rows.length + model.more;
  if (total === 0) return { title: '消息都发出去了', tone: 'good', blocks: [] };
  return {
    title: `有${total}条消息没发成`,
    tone: 'wait',
    blocks: [
      { kind: 'text', text: '“不确定”的可能已经送到，重发会重复一次。', size: 'small', tone: 'muted' },
      { kind: 'list', items: model.rows.map((row) => row.label) },
      {
        kind: 'form',
        name: 'troubles',
        action: 'care.settle',
        fields: [
          {
            kind: 'select',
            name: 'message',
            label: '哪一条',
            options: [
              ...model.rows.map((row) => ({ label: row.label, value: String(row.id) })),
              { label: '这里列出的全部', value: 'all' },
            ],
            required: true,
          },
          {
            kind: 'select',
            name: 'how',
            label: '怎么办',
            options: [
              { label: '重发', value: 'resend' },
              { label: '不发了', value: 'drop' },
            ],
            required: true,
          },
        ],
        submit: '确定',
      },
    ],
  };
}
