import type { Block, Button, Card } from './card.ts';

export interface HouseholdModel {
  household: number;
  building: string;
  head: string;
  /** Only to the paired member and the branch secretary (care 8); null = not for these eyes. */
  full: { address: string; phone: string | null } | null;
  consent: string;
  paired: string[];
  /** Words only of visits the viewer may read. */
  visits: { day: string; by: string; met: boolean; note: string | null }[];
  mayChange: boolean;
}

/** 户: what one may see of it. */
export function householdCard(model: HouseholdModel): Card {
  const rows = [
    ...(model.full ? [{ label: '住址', value: model.full.address || '没记' }] : []),
    ...(model.full?.phone ? [{ label: '电话', value: model.full.phone }] : []),
    { label: '联系人', value: model.paired.join('、') || '还没有结对' },
    { label: '告知', value: model.consent },
  ];
  const blocks: Block[] = [{ kind: 'fields', rows }];
  if (model.visits.length > 0) {
    blocks.push({
      kind: 'list',
      items: model.visits.map((visit) =>
        [`${visit.day}  ${visit.by}`, visit.met ? '' : '未遇', visit.note ?? ''].filter(Boolean).join(' · '),
      ),
    });
  } else {
    blocks.push({ kind: 'text', text: '还没有走访记录。', size: 'small', tone: 'muted' });
  }
  const buttons: Button[] = [];
  if (model.consent === '未告知' && model.full)
    buttons.push({ label: '念一遍告知', action: 'household.notice', value: { household: model.household } });
  if (model.mayChange)
    buttons.push({ label: '补电话、人口', action: 'household.edit', value: { household: model.household } });
  if (buttons.length > 0) blocks.push({ kind: 'buttons', buttons });
  return { title: [model.building, model.head].filter(Boolean).join(' ') || '这一户', tone: 'info', blocks };
}

/** Several of that name: choose one. */
export function householdChoice(options: { label: string; value: string }[]): Card {
  return {
    title: '是哪一户？',
    tone: 'info',
    blocks: [
      {
        kind: 'form',
        name: 'which',
        action: 'household.open',
        fields: [{ kind: 'select', name: 'household', label: '选一户', options, required: true }],
        submit: '打开',
      },
    ],
  };
}

/** The notice of decision 26, to be read out at the first contact (care 23): 120 characters, no legal words. */
export function householdNotice(model: {
  household: number;
  who: string;
  org: string;
  phone: string | null;
}): Card {
  const notice = `我是${model.org}的${model.who}。您说的情况我会记下来，只为给您办事，只有联系您家的同志、支部和上级的书记委员、给您办事的人看得到，留多久按规定来。您不想记、想改、想删都行，不影响给您办事。${model.phone ? `想问就打${model.phone}。` : '想问就到社区来。'}`;
  return {
    title: '第一次上门，念给群众听',
    tone: 'info',
    blocks: [
      { kind: 'quote', text: notice },
      { kind: 'text', text: '念完，点群众的意思：', size: 'small' },
      {
        kind: 'buttons',
        buttons: [
          {
            label: '同意记',
            action: 'household.consent',
            value: { household: model.household, state: '同意' },
            style: 'primary',
          },
          {
            label: '只告知了',
            action: 'household.consent',
            value: { household: model.household, state: '已告知' },
          },
          {
            label: '不愿意记',
            action: 'household.consent',
            value: { household: model.household, state: '不愿' },
          },
        ],
      },
    ],
  };
}

/** P2 fields of a household, private only. */
export function householdEdit(model: {
  household: number;
  head: string;
  phone: string;
  size: string;
  address: string;
}): Card {
  return {
    title: '这一户的资料',
    tone: 'info',
    blocks: [
      { kind: 'text', text: '不记身份证号。不知道的空着就行。', size: 'small', tone: 'muted' },
      {
        kind: 'form',
        name: 'household',
        action: 'household.save',
        value: { household: model.household },
        fields: [
          { kind: 'text', name: 'head', label: '户主', value: model.head, max: 20 },
          { kind: 'text', name: 'phone', label: '电话', value: model.phone, max: 20 },
          { kind: 'text', name: 'size', label: '几口人', value: model.size, max: 3 },
        ],
        submit: '保存',
      },
    ],
  };
}
