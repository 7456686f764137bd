import type { Button, Card } from './card.ts';

export interface DiaryModel {
  /** One a visit, newest first: day, place, person, words. */
  entries: { day: string; who: string; met: boolean; note: string | null }[];
  page: number;
  more: boolean;
}

/** 民情日记: a member's own visits, to himself (S4-32). */
export function diary(model: DiaryModel): Card {
  if (model.entries.length === 0) {
    return {
      title: '民情日记',
      tone: 'info',
      blocks: [
        {
          kind: 'text',
          text:
            model.page === 0 ? '还没有记录。去过群众家，发一句：/走访 3号楼 张某 什么事' : '没有更早的了。',
        },
      ],
    };
  }
  const buttons: Button[] = [];
  if (model.page > 0)
    buttons.push({ label: '上一页', action: 'diary.page', value: { page: model.page - 1 } });
  if (model.more) buttons.push({ label: '下一页', action: 'diary.page', value: { page: model.page + 1 } });
  return {
    title: `民情日记 · 第${model.page + 1}页`,
    tone: 'info',
    blocks: [
      {
        kind: 'list',
        items: model.entries.map((entry) =>
          [`${entry.day}  ${entry.who}`, entry.met ? '' : '未遇', entry.note ?? '']
            .filter(Boolean)
            .join(' · '),
        ),
      },
      ...(buttons.length > 0 ? [{ kind: 'buttons' as const, buttons }] : []),
    ],
  };
}
