import { THIRD_PATHS } from '../src/domain/issue-types.ts';
import type { Block, Card, Values } from './card.ts';
import type { FormName } from './issue-buttons.ts';
import { asked, done, howFar, sentence, whichWord } from './issue-form-ends.ts';
import {
  channel,
  date,
  type FormSpec,
  type IssueFormModel,
  line,
  options,
  pick,
  text,
} from './issue-form-fields.ts';

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
  done: done('solved'),
  'how-far': howFar,
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
  asked: whichWord('asked'),
  word: whichWord('spot'),
  'word-bad': {
    title: '群众不满意',
    action: 'evaluate.bad',
    submit: '记下，再办一次',
    fields: () => [sentence()],
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
    ...(spec.note ? [{ kind: 'text' as const, text: spec.note(m) }] : []),
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
