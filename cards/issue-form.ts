import { ANSWERERS, CHANNELS, CLOSE_KINDS, SATISFACTION, THIRD_PATHS } from '../src/domain/issue-types.ts';
import type { Block, Card, Field, Option, Values } from './card.ts';
import type { FormName } from './issue-buttons.ts';

/** What a form needs to be filled in with: choices from the roster and what is likely. */
export interface IssueFormModel {
  id: number;
  v: number;
  number: number;
  /** 6号楼楼道灯不亮 */
  what: string;
  form: FormName;
  /** The resident's words, so that nobody decides from memory; null when the viewer may not see them. */
  words: string | null;
  members: Option[];
  units: Option[];
  topics: Option[];
  member: string | null;
  unit: string | null;
  topic: string;
  /** Likely day, YYYY-MM-DD; null for matters by the hour, where no day is asked. */
  day: string | null;
}

const options = (words: Readonly<Record<string, string>>, skip: readonly string[] = []): Option[] =>
  Object.entries(words)
    .filter(([value]) => !skip.includes(value))
    .map(([value, label]) => ({ value, label }));

const text = (
  name: string,
  label: string,
  placeholder: string,
  more: { required?: boolean } = {},
): Field => ({
  kind: 'text',
  name,
  label,
  placeholder,
  multiline: true,
  required: more.required ?? true,
  max: 500,
});
const line = (name: string, label: string, placeholder: string, required = true): Field => ({
  kind: 'text',
  name,
  label,
  placeholder,
  required,
  max: 60,
});
const pick = (name: string, label: string, choices: Option[], value?: string | null): Field => ({
  kind: 'select',
  name,
  label,
  options: choices,
  required: true,
  ...(value ? { value } : {}),
});
const date = (m: IssueFormModel, label: string): Field[] =>
  m.day === null ? [] : [{ kind: 'date', name: 'day', label, value: m.day }];
const channel = (label: string): Field => pick('channel', label, options(CHANNELS));

interface FormSpec {
  title: string;
  action: string;
  submit: string;
  fields(m: IssueFormModel): Field[];
  value?: Values;
}

const asked = (satisfaction: keyof typeof SATISFACTION): FormSpec => ({
  title: `群众说：${SATISFACTION[satisfaction]}`,
  action: 'evaluate.ask',
  submit: '记下',
  value: { satisfaction },
  fields: () => [
    ...(satisfaction === 'bad' ? [text('sentence', '群众怎么说的', '例如：灯换了，晚上还是闪')] : []),
    channel('怎么问的'),
    pick('answerer', '谁答的', options(ANSWERERS), 'self'),
    line('witness', '见证人（用纸条时写）', '没有就不填', false),
  ],
});

const FORMS: Readonly<Record<FormName, FormSpec>> = {
  here: {
    title: '本支部办',
    action: 'triage.here',
    submit: '就这样办',
    fields: (m) => [pick('handler', '由谁来办', m.members, m.member), ...date(m, '最晚哪天')],
  },
  unit: {
    title: '派给单位',
    action: 'dispatch.to',
    submit: '派单',
    fields: (m) => [pick('unit', '派给', m.units, m.unit), ...date(m, '最晚哪天')],
  },
  settle: {
    title: '当场已解决',
    action: 'triage.settle',
    submit: '记下',
    fields: () => [text('result', '怎么解决的', '例如：当场换了灯泡')],
  },
  outside: {
    title: '线下转办',
    action: 'triage.outside',
    submit: '记下',
    fields: (m) => [
      line('whom', '转给谁', '例如：市自来水公司'),
      line('number', '他们的单号', '没有就不填', false),
      ...date(m, '最晚哪天'),
    ],
  },
  explain: {
    title: '解释疏导',
    action: 'triage.explain',
    submit: '记下',
    fields: () => [text('reason', '向群众怎么说清楚', '例如：按规定要满60岁才能办，还差半年')],
  },
  reassign: {
    title: '改派',
    action: 'triage.reassign',
    submit: '改派',
    fields: (m) => [
      pick('to', '改由谁来办', [...m.members, ...m.units]),
      ...date(m, '最晚哪天（往后改要告诉群众）'),
    ],
  },
  later: {
    title: '申请延期',
    action: 'handle.later',
    submit: '送书记定',
    fields: (m) => [
      { kind: 'date', name: 'day', label: '延到哪天', required: true, ...(m.day ? { value: m.day } : {}) },
      text('reason', '为什么', '例如：缺配件，厂家周五发货'),
    ],
  },
  'put-off': {
    title: '改期',
    action: 'triage.later',
    submit: '改期',
    fields: (m) => [
      { kind: 'date', name: 'day', label: '改到哪天', required: true, ...(m.day ? { value: m.day } : {}) },
      text('reason', '为什么（会告诉群众）', '例如：缺配件'),
    ],
  },
  done: {
    title: '办好了',
    action: 'handle.done',
    submit: '记下',
    fields: () => [
      text('result', '办得怎么样', '例如：换了声控灯，试过能亮'),
      pick('kind', '办成了哪一种', options(CLOSE_KINDS), 'solved'),
      pick(
        'told',
        '告诉群众了吗',
        [
          ...options(CHANNELS).map((each) => ({ ...each, label: `${each.label}告诉了` })),
          { value: 'no', label: '还没告诉' },
        ],
        'no',
      ),
    ],
  },
  told: { title: '已告诉群众', action: 'told.done', submit: '记下', fields: () => [channel('怎么告诉的')] },
  return: {
    title: '退回',
    action: 'handle.return',
    submit: '退回',
    fields: () => [text('reason', '为什么办不了', '例如：这段路灯归市政管')],
  },
  good: asked('good'),
  fair: asked('fair'),
  bad: asked('bad'),
  'word-bad': {
    title: '群众不满意',
    action: 'evaluate.bad',
    submit: '记下，再办一次',
    fields: () => [text('sentence', '群众怎么说的', '例如：灯换了，晚上还是闪')],
  },
  third: {
    title: '定一个办法',
    action: 'triage.third',
    submit: '定下',
    fields: (m) => [
      pick('path', '用哪一种', options(THIRD_PATHS)),
      { kind: 'date', name: 'day', label: '哪一天', required: true, ...(m.day ? { value: m.day } : {}) },
    ],
  },
  withdraw: {
    title: '群众不办了',
    action: 'issue.withdraw',
    submit: '撤回这件事',
    fields: () => [text('reason', '群众怎么说的', '例如：自己找人修好了')],
  },
  transfer: {
    title: '转交别处',
    action: 'triage.transfer',
    submit: '转交',
    fields: () => [
      line('whom', '转交给', '例如：区信访局'),
      line('number', '他们的单号', '没有就不填', false),
      channel('怎么告诉群众的'),
    ],
  },
  topic: {
    title: '换类别',
    action: 'triage.topic',
    submit: '换',
    fields: (m) => [pick('topic', '类别', m.topics, m.topic)],
  },
  again: {
    title: '又坏了',
    action: 'reopen.again',
    submit: '再办一次',
    fields: () => [text('words', '群众怎么说的', '例如：修好三天又不亮了', { required: false })],
  },
};

/** A form in private chat, with the way back beside it (decision 13: personal data in private only). */
export function issueForm(m: IssueFormModel): Card {
  const spec = FORMS[m.form];
  const key: Values = { issue: m.id, v: m.v };
  const blocks: Block[] = [
    ...(m.words ? [{ kind: 'quote' as const, text: m.words }] : []),
    {
      kind: 'form',
      name: `issue_${m.form.replace('-', '_')}`,
      action: spec.action,
      value: { ...key, ...spec.value },
      fields: spec.fields(m),
      submit: spec.submit,
    },
    {
      kind: 'buttons',
      buttons: [{ label: '返回', action: 'issue.open', value: { issue: m.id }, style: 'plain' }],
    },
  ];
  return { title: `${spec.title} · 第${m.number}号 · ${m.what}`, tone: 'info', blocks };
}
