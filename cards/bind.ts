import type { Card, Option } from './card.ts';

export const PURPOSES: readonly Option[] = [
  { label: '支部工作群（发清单、派任务）', value: 'work' },
  { label: '居民群（不发工作清单）', value: 'residents' },
];

export interface BindModel {
  chat: number;
  group: string;
  /** 第一支部的工作群; null = not claimed yet. */
  bound: string | null;
  orgs: Option[];
  /** There are more orgs than the list holds. */
  more: boolean;
  purpose: 'work' | 'residents' | null;
}

/** Decision 11: whose group, and of which kind. */
export function bindForm(model: BindModel): Card {
  if (model.orgs.length === 0) {
    return {
      title: '这个群由书记或管理员来认领',
      tone: 'info',
      blocks: [{ kind: 'text', text: '请所在支部的书记在群里发“/绑定”。' }],
    };
  }
  return {
    title: `认领“${model.group}”`,
    tone: 'info',
    blocks: [
      ...(model.bound ? [{ kind: 'text' as const, text: `现在是${model.bound}。` }] : []),
      {
        kind: 'form',
        name: 'bind',
        action: 'bind.save',
        value: { chat: model.chat },
        fields: [
          {
            kind: 'select',
            name: 'org',
            label: '是哪里的群',
            options: model.orgs,
            value: model.orgs[0]?.value,
            required: true,
          },
          {
            kind: 'select',
            name: 'purpose',
            label: '是什么群',
            options: [...PURPOSES],
            value: model.purpose ?? 'work',
            required: true,
          },
        ],
        submit: '认领',
      },
      ...(model.more
        ? [
            {
              kind: 'text' as const,
              text: '没列全。可以在群里直接发：/绑定 第一支部',
              size: 'small' as const,
              tone: 'muted' as const,
            },
          ]
        : []),
    ],
  };
}

/** Rebinding asks first. */
export function bindConfirm(model: {
  chat: number;
  org: number;
  purpose: string;
  group: string;
  from: string;
  to: string;
}): Card {
  return {
    title: `“${model.group}”要改吗？`,
    tone: 'wait',
    blocks: [
      {
        kind: 'fields',
        rows: [
          { label: '现在', value: model.from },
          { label: '改为', value: model.to },
        ],
      },
      { kind: 'text', text: '已经记下的走访和诉求不动，以后在群里记的归新的。', size: 'small' },
      {
        kind: 'buttons',
        buttons: [
          {
            label: '改',
            action: 'bind.sure',
            value: { chat: model.chat, org: model.org, purpose: model.purpose },
            style: 'primary',
          },
          { label: '不改', action: 'bind.keep', value: { chat: model.chat } },
        ],
      },
    ],
  };
}

export function bindDone(model: { group: string; bound: string | null; work: boolean }): Card {
  if (!model.bound) return { title: `“${model.group}”没有认领`, tone: 'done', blocks: [] };
  return {
    title: `已认领 · “${model.group}”是${model.bound}`,
    tone: 'good',
    blocks: [
      {
        kind: 'text',
        text: model.work
          ? '正在和名册核对群里的人，对不上的发给您认一认。'
          : '居民群里不发工作清单，也不点工作人员的名。',
      },
      { kind: 'text', text: '不对的话，在群里发“/绑定”重选，或发“/解绑”。', size: 'small', tone: 'muted' },
    ],
  };
}

export function unbindConfirm(model: { chat: number; group: string; bound: string }): Card {
  return {
    title: `解除认领“${model.group}”？`,
    tone: 'wait',
    blocks: [
      { kind: 'text', text: `现在是${model.bound}。解除后不再发清单，已经记下的都在。` },
      {
        kind: 'buttons',
        buttons: [
          { label: '解除', action: 'unbind.sure', value: { chat: model.chat }, style: 'danger' },
          { label: '不解除', action: 'bind.keep', value: { chat: model.chat } },
        ],
      },
    ],
  };
}
