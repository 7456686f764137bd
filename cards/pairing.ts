import type { Block, Card, Option } from './card.ts';

export interface PairingListModel {
  /** 您, or a name. */
  whose: string;
  rows: { id: number; label: string; note: string }[];
  /** Who may change it gets the form; `heirs` are the others of the branch. */
  change: { member: number; heirs: Option[] } | null;
}

/** 结对: whose households these are, since when, last met when. */
export function pairingList(model: PairingListModel): Card {
  const blocks: Block[] = [];
  if (model.rows.length === 0) {
    blocks.push({
      kind: 'text',
      text: model.change ? '结一户请发：/结对 李梅 3号楼 张某' : '还没有联系户，由书记来结对。',
    });
  } else {
    blocks.push({
      kind: 'list',
      items: model.rows.map((row) => [row.label, row.note].filter(Boolean).join(' · ')),
    });
    if (model.change) {
      blocks.push({
        kind: 'form',
        name: 'pairings',
        action: 'pairing.change',
        value: { member: model.change.member },
        fields: [
          {
            kind: 'select',
            name: 'pairing',
            label: '哪一户',
            options: model.rows.map((row) => ({ label: row.label, value: String(row.id) })),
            required: true,
          },
          {
            kind: 'select',
            name: 'to',
            label: '怎么改',
            options: [{ label: '结束结对', value: 'end' }, ...model.change.heirs],
            required: true,
          },
        ],
        submit: '保存',
      });
    }
  }
  return { title: `${model.whose}的联系户 · ${model.rows.length}户`, tone: 'info', blocks };
}

export function pairingChoose(model: { member: number; name: string; options: Option[] }): Card {
  return {
    title: `${model.name}和哪一户结对？`,
    tone: 'info',
    blocks: [
      {
        kind: 'form',
        name: 'which',
        action: 'pairing.begin',
        value: { member: model.member },
        fields: [
          { kind: 'select', name: 'household', label: '选一户', options: model.options, required: true },
        ],
        submit: '结对',
      },
    ],
  };
}

export function pairingDone(model: {
  pairing: number;
  name: string;
  household: string;
  since: string;
  standing: boolean;
  others: string[];
}): Card {
  const title = `${model.name} · ${model.household}`;
  if (!model.standing)
    return {
      title: `${title} · 结对已结束`,
      tone: 'done',
      blocks: [{ kind: 'text', text: '以前的走访都还算数。' }],
    };
  return {
    title: `已结对 · ${title}`,
    tone: 'good',
    blocks: [
      {
        kind: 'text',
        text: `从${model.since}起。${model.others.length > 0 ? `这户的联系人还有${model.others.join('、')}。` : ''}`,
      },
      {
        kind: 'buttons',
        buttons: [{ label: '结错了，取消', action: 'pairing.undo', value: { pairing: model.pairing } }],
      },
    ],
  };
}
