import type { Block, Button, Card, Field, Option } from './card.ts';

export interface PolicyModel {
  adoption: number;
  title: string;
  /** 茹岗社区党委 · 文号 */
  source: string;
  /** 梧桐社区 · 2026年10月1日起 */
  where: string;
  clauses: { place: string; quote: string }[];
}

export interface PolicyListModel {
  policies: PolicyModel[];
  mayAdopt: boolean;
  /** Presets not adopted yet. */
  offered: Option[];
}

/** 制度: what binds here, word for word (decision 29); a secretary may adopt, change and end. */
export function policyList(model: PolicyListModel): Card {
  const blocks: Block[] = model.policies.flatMap((policy): Block[] => [
    { kind: 'text', text: `《${policy.title}》`, size: 'large' },
    {
      kind: 'text',
      text: [policy.source, policy.where].filter(Boolean).join(' · '),
      size: 'small',
      tone: 'muted',
    },
    { kind: 'list', items: policy.clauses.map((clause) => `${clause.place}“${clause.quote}”`) },
    ...(model.mayAdopt
      ? [
          {
            kind: 'buttons' as const,
            buttons: [
              { label: '改文号和数字', action: 'policy.edit', value: { adoption: policy.adoption } },
              {
                label: '停用',
                action: 'policy.end',
                value: { adoption: policy.adoption },
                confirm: {
                  title: '停用这个制度',
                  text: '明天起不再按它提醒和统计，走访记录都在。',
                },
              } satisfies Button,
            ],
          },
        ]
      : []),
  ]);
  if (model.policies.length === 0)
    blocks.push({ kind: 'text', text: '还没有采用制度：没有定数，也不提醒。走访、诉求照常记。' });
  if (model.mayAdopt && model.offered.length > 0) {
    blocks.push({
      kind: 'buttons',
      buttons: [{ label: '采用一个制度', action: 'policy.choose', value: {}, style: 'primary' }],
    });
  }
  const count = model.policies.length;
  return { title: count > 0 ? `现行制度 · ${count}个` : '现行制度', tone: 'info', blocks };
}

/** 采用: which, where, from when, with one's own 文号. */
export function policyAdopt(model: { offered: Option[]; orgs: Option[]; from: string }): Card {
  return {
    title: '采用一个制度',
    tone: 'info',
    blocks: [
      {
        kind: 'text',
        text: '采用就是按原文存一份自己的，文号和数字以后还能改。',
        size: 'small',
        tone: 'muted',
      },
      {
        kind: 'form',
        name: 'adopt',
        action: 'policy.adopt',
        fields: [
          select('system', '哪个制度', model.offered),
          select('org', '用在哪儿', model.orgs),
          { kind: 'date', name: 'from', label: '从哪天起', value: model.from, required: true },
          { kind: 'text', name: 'docNo', label: '你们的文号（没有就空着）', max: 40 },
          { kind: 'text', name: 'issuer', label: '发文机关（没有就空着）', max: 40 },
        ],
        submit: '采用',
      },
      { kind: 'buttons', buttons: [{ label: '不采用了', action: 'policy.list', value: {} }] },
    ],
  };
}

function select(name: string, label: string, options: Option[]): Field {
  return {
    kind: 'select',
    name,
    label,
    options,
    value: options.length === 1 ? options[0]?.value : undefined,
    required: true,
  };
}

export interface PolicyEditModel {
  adoption: number;
  title: string;
  docNo: string;
  issuer: string;
  /** One number a clause that has one. */
  counts: { clause: string; label: string; value: string }[];
}

/** One's own 文号, 发文机关 and numbers (decision 29). */
export function policyEdit(model: PolicyEditModel): Card {
  return {
    title: `改《${model.title}》`,
    tone: 'info',
    blocks: [
      {
        kind: 'text',
        text: '原文不动。改了数字，从今天起按新的算，以前的不变。',
        size: 'small',
        tone: 'muted',
      },
      {
        kind: 'form',
        name: 'edit',
        action: 'policy.save',
        value: { adoption: model.adoption },
        fields: [
          { kind: 'text', name: 'docNo', label: '文号', value: model.docNo, max: 40 },
          { kind: 'text', name: 'issuer', label: '发文机关', value: model.issuer, max: 40 },
          ...model.counts.map(
            (count): Field => ({
              kind: 'text',
              name: `count_${count.clause}`,
              label: count.label,
              value: count.value,
              max: 4,
            }),
          ),
        ],
        submit: '保存',
      },
      { kind: 'buttons', buttons: [{ label: '不改了', action: 'policy.list', value: {} }] },
    ],
  };
}
