import type { Block, Button, Card } from './card.ts';
import { type OpenableRow, rowButtons, rowLine } from './issue-rows.ts';

/** Monday's card to the secretary, whose group is gone. */
export function weeklyPrivate(card: Card, group: string | null): Card {
  const name = group ? `“${group}”` : '工作群';
  return {
    ...card,
    blocks: [
      {
        kind: 'text',
        text: `${name}里没有我了，这周的清单先发给您。请把我加回群里，再认领一次。`,
        size: 'small',
      },
      ...card.blocks,
    ],
  };
}

export interface WeeklyListModel {
  org: number;
  name: string;
  total: number;
  page: number;
  more: boolean;
  rows: OpenableRow[];
}

/** Open matters that this person may see, each with a button to open it. */
export function weeklyList(model: WeeklyListModel): Card {
  if (model.rows.length === 0) {
    return {
      title: `${model.name}未办结的事`,
      tone: 'info',
      blocks: [{ kind: 'text', text: '没有要您看的。跟您有关的，发“我的”就能看到。' }],
    };
  }
  const turn: Button[] = [];
  const value = (page: number) => ({ org: model.org, page });
  if (model.page > 0) turn.push({ label: '上一页', action: 'mine.week', value: value(model.page - 1) });
  if (model.more) turn.push({ label: '下一页', action: 'mine.week', value: value(model.page + 1) });
  const blocks: Block[] = [
    { kind: 'list', items: model.rows.map(rowLine) },
    { kind: 'buttons', ...rowButtons(model.rows) },
  ];
  if (turn.length > 0) blocks.push({ kind: 'buttons', buttons: turn });
  return { title: `${model.name}未办结的事 · ${model.total}件`, tone: 'info', blocks };
}
