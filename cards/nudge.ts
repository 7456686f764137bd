import type { Block, Button, Card, Option } from './card.ts';

export interface NudgeItemModel {
  /** 11月还可以去联系点1次，上次是11月6日 */
  title: string;
  /** 第一网格。11月30日（周一）当天去也算。 */
  where: string;
  basis: string;
  /** What was answered or done; null while it is open. */
  said: string | null;
}

export interface NudgeModel {
  at: number;
  items: NudgeItemModel[];
  /** 11月30日（周一）: the nearest last day of what is open. */
  until: string;
  /** Somebody of it lives in a household that may be away. */
  households: boolean;
  /** A telephone call makes up for some of it. */
  phone: boolean;
  /** An answer was given that may be taken back. */
  undo: boolean;
}

/** A private nudge (cards.md): what is still possible, until when, by which clause; never what was missed. */
export function nudge(model: NudgeModel): Card {
  const open = model.items.filter((item) => item.said === null);
  const [only] = model.items;
  const blocks: Block[] = model.items.flatMap((item): Block[] => [
    ...(model.items.length > 1 ? [{ kind: 'text' as const, text: item.title, size: 'large' as const }] : []),
    { kind: 'text', text: item.said ?? item.where },
    ...(item.said === null
      ? [{ kind: 'text' as const, text: item.basis, size: 'small' as const, tone: 'muted' as const }]
      : []),
  ]);
  const value = { at: model.at };
  if (open.length > 0) {
    const more: Button[] = [
      { label: '去不了：出差', action: 'mine.away', value: { ...value, reason: '出差' } },
      { label: '去不了：生病', action: 'mine.away', value: { ...value, reason: '生病' } },
      ...(model.households ? [{ label: '联系户外出', action: 'mine.out', value }] : []),
      ...(model.phone
        ? [{ label: '已电话联系', action: 'mine.been', value: { ...value, mode: 'phone' } }]
        : []),
    ];
    blocks.push({
      kind: 'buttons',
      buttons: [
        { label: '去过了，补记', action: 'mine.been', value: { ...value, mode: 'home' }, style: 'primary' },
        { label: '我来安排', action: 'mine.arrange', value },
      ],
      more,
    });
  }
  if (model.undo)
    blocks.push({ kind: 'buttons', buttons: [{ label: '点错了', action: 'mine.undo', value }] });
  const title =
    model.items.length === 1 && only
      ? only.title
      : open.length > 0
        ? `联系群众还有${open.length}项可以去做 · ${model.until}前`
        : '联系群众的几项都有数了';
  return { title, tone: open.length > 0 ? 'info' : 'done', blocks };
}

export interface WentModel {
  at: number;
  phone: boolean;
  targets: Option[];
  today: string;
}

/** [去过了，补记] and [已电话联系]: where, which day, what; all else is known already. */
export function wentForm(model: WentModel): Card {
  const [only] = model.targets;
  return {
    title: model.phone ? '记一次电话联系' : '补记一次走访',
    tone: 'info',
    blocks: [
      {
        kind: 'form',
        name: 'went',
        action: 'mine.went',
        value: { at: model.at, mode: model.phone ? 'phone' : 'home' },
        fields: [
          {
            kind: 'select',
            name: 'target',
            label: model.phone ? '和哪儿联系的' : '去了哪儿',
            options: [...model.targets, { label: '别的地方（写在下面）', value: 'other' }],
            value: only?.value,
            required: true,
          },
          { kind: 'date', name: 'day', label: '哪一天', value: model.today, required: true },
          {
            kind: 'text',
            name: 'note',
            label: '见了谁、什么事',
            placeholder: '张某 低保咨询',
            multiline: true,
            max: 500,
          },
        ],
        submit: '记上',
      },
      { kind: 'buttons', buttons: [{ label: '不记了', action: 'mine.back', value: { at: model.at } }] },
    ],
  };
}

/** 联系户外出: which of them. */
export function outForm(model: { at: number; households: Option[] }): Card {
  return {
    title: '哪一户外出了？',
    tone: 'info',
    blocks: [
      { kind: 'text', text: '记下以后时间顺延，不算您没去。', size: 'small', tone: 'muted' },
      {
        kind: 'form',
        name: 'out',
        action: 'mine.gone',
        value: { at: model.at },
        fields: [
          {
            kind: 'select',
            name: 'household',
            label: '选一户',
            options:
              model.households.length > 1
                ? [...model.households, { label: '都外出了', value: 'all' }]
                : model.households,
            value: model.households.length === 1 ? model.households[0]?.value : undefined,
            required: true,
          },
        ],
        submit: '记下',
      },
      { kind: 'buttons', buttons: [{ label: '不记了', action: 'mine.back', value: { at: model.at } }] },
    ],
  };
}
