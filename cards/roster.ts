import type { Block, Button, Card } from './card.ts';

export interface RosterModel {
  org: number;
  name: string;
  total: number;
  page: number;
  pages: number;
  rows: { id: number; label: string; note: string }[];
  waiting: number;
  mayAddOrg: boolean;
}

/** 名册: who is in, as what; twenty a page. */
export function rosterCard(model: RosterModel): Card {
  const turn = (page: number, label: string): Button => ({
    label,
    action: 'roster.page',
    value: { org: model.org, page },
  });
  const blocks: Block[] = [];
  if (model.rows.length > 0) {
    blocks.push({
      kind: 'list',
      items: model.rows.map((row) => [row.label, row.note].filter(Boolean).join(' · ')),
    });
    blocks.push({
      kind: 'form',
      name: 'roster',
      action: 'roster.open',
      fields: [
        {
          kind: 'select',
          name: 'member',
          label: '看一位或改一位',
          options: model.rows.map((row) => ({ label: row.label, value: String(row.id) })),
          required: true,
        },
      ],
      submit: '打开',
    });
  } else blocks.push({ kind: 'text', text: '还没有人。点“加人”，或由管理员一次导入。' });
  blocks.push({
    kind: 'buttons',
    buttons: [
      {
        label: '加人',
        action: 'roster.add',
        value: { org: model.org },
        style: model.rows.length === 0 ? 'primary' : 'plain',
      },
      ...(model.waiting > 0
        ? [
            {
              label: `等着确认 ${model.waiting}`,
              action: 'roster.waiting',
              value: {},
              style: 'primary' as const,
            },
          ]
        : []),
      ...(model.page > 1 ? [turn(model.page - 1, '上一页')] : []),
      ...(model.page < model.pages ? [turn(model.page + 1, '下一页')] : []),
    ],
    more: model.mayAddOrg
      ? [{ label: '加组织、改组织', action: 'roster.org', value: { org: model.org } }]
      : undefined,
  });
  const pages = model.pages > 1 ? ` · 第${model.page}页，共${model.pages}页` : '';
  return { title: `名册 · ${model.name} · ${model.total}人${pages}`, tone: 'info', blocks };
}

export interface MemberModel {
  member: number;
  name: string;
  status: string;
  rows: { label: string; value: string }[];
  mayChange: boolean;
  /** Somebody who is not 在册 can be taken back. */
  away: boolean;
}

export function memberCard(model: MemberModel): Card {
  const value = { member: model.member };
  const buttons: Button[] = model.away
    ? [{ label: '恢复在册', action: 'roster.return', value, style: 'primary' }]
    : [
        { label: '任职免职', action: 'roster.roles', value },
        { label: '改姓名电话', action: 'roster.edit', value },
        { label: '联系点', action: 'roster.points', value },
      ];
  const more: Button[] = model.away
    ? []
    : [
        { label: '停用', action: 'roster.leave', value: { ...value, status: '停用' } },
        { label: '转出', action: 'roster.leave', value: { ...value, status: '转出' } },
      ];
  return {
    title: model.name,
    tone: model.away ? 'done' : 'info',
    status: model.status,
    blocks: [
      { kind: 'fields', rows: model.rows },
      ...(model.mayChange
        ? [{ kind: 'buttons' as const, buttons, more: more.length > 0 ? more : undefined }]
        : []),
    ],
  };
}
