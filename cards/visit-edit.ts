import type { Card, Option } from './card.ts';

export const MODES: readonly Option[] = [
  { label: '入户', value: 'home' },
  { label: '电话', value: 'phone' },
  { label: '微信短信', value: 'message' },
  { label: '座谈', value: 'meeting' },
];

export interface EditModel {
  visit: number;
  version: number;
  batch: string;
  place: string;
  person: string;
  /** YYYY-MM-DD */
  day: string;
  mode: string;
  outcome: string;
  note: string;
  visitors: string;
}

/** 修改 as a form with every field; private only (decision 13). */
export function visitEdit(model: EditModel): Card {
  return {
    title: '修改这条走访',
    tone: 'info',
    blocks: [
      { kind: 'text', text: '改哪项填哪项，旧的内容留在底账里。', size: 'small', tone: 'muted' },
      {
        kind: 'form',
        name: 'edit',
        action: 'correct.save',
        value: { visit: model.visit, v: model.version },
        fields: [
          {
            kind: 'text',
            name: 'place',
            label: '在哪儿',
            value: model.place,
            placeholder: '3号楼2单元501',
            max: 60,
          },
          { kind: 'text', name: 'person', label: '谁家', value: model.person, placeholder: '张某', max: 20 },
          { kind: 'date', name: 'day', label: '哪一天', value: model.day, required: true },
          {
            kind: 'select',
            name: 'mode',
            label: '怎么联系的',
            value: model.mode,
            options: [...MODES],
            required: true,
          },
          {
            kind: 'select',
            name: 'outcome',
            label: '见到了吗',
            value: model.outcome,
            required: true,
            options: [
              { label: '见到了', value: 'met' },
              { label: '没见到', value: 'attempt' },
            ],
          },
          { kind: 'text', name: 'note', label: '什么事', value: model.note, multiline: true, max: 1000 },
          {
            kind: 'text',
            name: 'visitors',
            label: '走访人（几个人用、隔开）',
            value: model.visitors,
            max: 80,
          },
        ],
        submit: '保存',
      },
      {
        kind: 'buttons',
        buttons: [{ label: '不改了', action: 'correct.cancel', value: { batch: model.batch } }],
      },
    ],
  };
}

export interface PickModel {
  visit: number;
  version: number;
  batch: string;
  now: string;
  options: Option[];
}

/** [不是这户]: the likely ones in one tap, or a household of its own. */
export function visitPick(model: PickModel): Card {
  return {
    title: '是哪一户？',
    tone: 'info',
    blocks: [
      { kind: 'text', text: `现在记在：${model.now}` },
      {
        kind: 'form',
        name: 'pick',
        action: 'visit.moved',
        value: { visit: model.visit, v: model.version },
        fields: [
          {
            kind: 'select',
            name: 'household',
            label: '应该是',
            required: true,
            options: [...model.options, { label: '都不是，另记一户', value: 'new' }],
          },
        ],
        submit: '记到这户',
      },
      {
        kind: 'buttons',
        buttons: [{ label: '没记错', action: 'correct.cancel', value: { batch: model.batch } }],
      },
    ],
  };
}
