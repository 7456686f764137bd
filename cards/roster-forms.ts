import type { Card, Field, Option } from './card.ts';

interface FormModel {
  title: string;
  text?: string;
  action: string;
  value: Record<string, string | number>;
  fields: Field[];
  submit: string;
  /** Back to the person, or nowhere. */
  back: number | null;
}

function form(model: FormModel): Card {
  return {
    title: model.title,
    tone: 'info',
    blocks: [
      ...(model.text
        ? [{ kind: 'text' as const, text: model.text, size: 'small' as const, tone: 'muted' as const }]
        : []),
      {
        kind: 'form',
        name: 'roster',
        action: model.action,
        value: model.value,
        fields: model.fields,
        submit: model.submit,
      },
      ...(model.back === null
        ? []
        : [
            {
              kind: 'buttons' as const,
              buttons: [{ label: '不改了', action: 'roster.back', value: { member: model.back } }],
            },
          ]),
    ],
  };
}

const select = (name: string, label: string, options: Option[], value?: string): Field => ({
  kind: 'select',
  name,
  label,
  options,
  value,
  required: true,
});

export function addMemberForm(model: { org: number; roles: Option[]; orgs: Option[] }): Card {
  return form({
    title: '加一个人',
    text: '不用填身份证号、入党时间。飞书上的账号等他说话或进群时对上。',
    action: 'roster.create',
    value: { from: model.org },
    fields: [
      { kind: 'text', name: 'name', label: '姓名', required: true, max: 20 },
      select('role', '角色', model.roles, model.roles[0]?.value),
      select('org', '组织', model.orgs, model.orgs[0]?.value),
      { kind: 'text', name: 'phone', label: '手机号', max: 20 },
    ],
    submit: '加进名册',
    back: null,
  });
}

export function rolesForm(model: {
  member: number;
  name: string;
  options: Option[];
  orgs: Option[];
  today: string;
}): Card {
  return form({
    title: `${model.name} · 任职免职`,
    text: '任职从那天起有权，免职从那天起无权；以前的都留在底账里。',
    action: 'roster.role',
    value: { member: model.member },
    fields: [
      select('what', '做什么', model.options),
      {
        kind: 'select',
        name: 'org',
        label: '在哪里任职（任职时选）',
        options: model.orgs,
        value: model.orgs[0]?.value,
      },
      { kind: 'date', name: 'day', label: '从哪天起', value: model.today, required: true },
    ],
    submit: '保存',
    back: model.member,
  });
}

export function editMemberForm(model: {
  member: number;
  name: string;
  /** The last four digits; the number itself is not shown again (P2). */
  phone: string | null;
  orgs: Option[];
  org: string;
}): Card {
  return form({
    title: `${model.name} · 改资料`,
    action: 'roster.save',
    value: { member: model.member },
    fields: [
      { kind: 'text', name: 'name', label: '姓名', value: model.name, required: true, max: 20 },
      {
        kind: 'text',
        name: 'phone',
        label: '手机号',
        placeholder: model.phone === null ? '可不填' : `尾号${model.phone}，不改就空着`,
        max: 20,
      },
      select('org', '组织', model.orgs, model.org),
    ],
    submit: '保存',
    back: model.member,
  });
}

export function leaveForm(model: {
  member: number;
  name: string;
  status: string;
  pairings: number;
  heirs: Option[];
}): Card {
  const heirs = [
    { label: model.status === '转出' ? '先不交，书记另行安排' : '不交，回来还是他的', value: 'none' },
    ...model.heirs,
  ];
  return form({
    title: `${model.name} · ${model.status}？`,
    text: `${model.status === '转出' ? '转出后马上没有任何权限，职务到昨天为止，会谢谢他并告诉他交给了谁。' : '停用后马上没有任何权限，随时可以恢复。'}${model.pairings > 0 ? `他联系着${model.pairings}户。` : ''}`,
    action: 'roster.left',
    value: { member: model.member, status: model.status },
    fields: [select('heir', '联系的户交给谁', heirs, model.pairings > 0 ? undefined : 'none')],
    submit: model.status,
    back: model.member,
  });
}

export function pointsForm(model: {
  member: number;
  name: string;
  points: { id: number; label: string }[];
}): Card {
  return form({
    title: `${model.name} · 联系点`,
    text:
      model.points.length > 0
        ? `现有：${model.points.map((point) => point.label).join('、')}`
        : '还没有联系点。',
    action: 'roster.point',
    value: { member: model.member },
    fields: [
      select('what', '做什么', [
        ...['网格', '小区', '企业', '商户'].map((kind) => ({ label: `加一个${kind}`, value: `add:${kind}` })),
        ...model.points.map((point) => ({ label: `结束：${point.label}`, value: `end:${point.id}` })),
      ]),
      { kind: 'text', name: 'name', label: '名称（加的时候填）', placeholder: '第一网格', max: 30 },
    ],
    submit: '保存',
    back: model.member,
  });
}

export function orgForm(model: { org: number; name: string; kinds: Option[] }): Card {
  return form({
    title: `${model.name} · 加组织、改组织`,
    action: 'roster.org-save',
    value: { org: model.org },
    fields: [
      select(
        'what',
        '做什么',
        [
          { label: `在${model.name}下面加一个`, value: 'add' },
          { label: `改${model.name}的名称、电话`, value: 'change' },
        ],
        'add',
      ),
      { kind: 'text', name: 'name', label: '名称（不改名就空着）', max: 30 },
      { kind: 'select', name: 'kind', label: '类型（加的时候选）', options: model.kinds, value: '党支部' },
      { kind: 'text', name: 'phone', label: '可以公开的电话', max: 20 },
    ],
    submit: '保存',
    back: null,
  });
}
