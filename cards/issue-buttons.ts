import type { IssueAct } from '../src/domain/issue-types.ts';
import type { Button } from './card.ts';
import type { IssueFace } from './issue-face.ts';

export type FormName =
  | 'here'
  | 'unit'
  | 'settle'
  | 'outside'
  | 'explain'
  | 'reassign'
  | 'later'
  | 'put-off'
  | 'done'
  | 'how-far'
  | 'told'
  | 'return'
  | 'good'
  | 'fair'
  | 'bad'
  | 'asked'
  | 'word'
  | 'word-bad'
  | 'third'
  | 'withdraw'
  | 'transfer'
  | 'topic'
  | 'again';

/** Which act a form asks for: its right is checked before the form opens. */
export const FORM_ACTS: Readonly<Record<FormName, IssueAct>> = {
  here: 'handleHere',
  unit: 'dispatch',
  settle: 'settle',
  outside: 'outside',
  explain: 'explain',
  reassign: 'reassign',
  later: 'askLater',
  'put-off': 'promise',
  done: 'resolve',
  'how-far': 'resolve',
  told: 'told',
  return: 'return',
  good: 'evaluate',
  fair: 'evaluate',
  bad: 'evaluate',
  asked: 'evaluate',
  word: 'word',
  'word-bad': 'word',
  third: 'third',
  withdraw: 'withdraw',
  transfer: 'transfer',
  topic: 'retopic',
  again: 'reopen',
};

interface Choice {
  label: string;
  act: IssueAct;
  form?: FormName;
  action?: string;
  value?: Record<string, string>;
  /** Shown only if this holds besides right and state. */
  when?: (face: IssueFace) => boolean;
  /** Never among the four in sight. */
  rare?: true;
}

const waiting = (face: IssueFace): boolean => face.part === 'decide';
const handling = (face: IssueFace): boolean => face.part === 'handle';
const dateNotTold = (face: IssueFace): boolean => !face.told || face.correction !== null;

/** In the order of what people do next; the first that is left becomes the one coloured button. */
const CHOICES: readonly Choice[] = [
  { label: '收回', act: 'takeBack', action: 'issue.back', when: (face) => face.mine?.undo === 'takeBack' },
  {
    label: '点错了',
    act: 'fixSignOff',
    action: 'evaluate.fix',
    when: (face) => face.mine?.undo === 'fixSignOff',
  },

  {
    label: '按建议办',
    act: 'handleHere',
    action: 'triage.accept',
    when: (face) => waiting(face) && face.suggestion !== null,
  },
  { label: '换人或改期', act: 'handleHere', form: 'here', when: (face) => face.suggestion !== null },
  { label: '本支部办', act: 'handleHere', form: 'here', when: (face) => face.suggestion === null },
  { label: '派给单位', act: 'dispatch', form: 'unit', when: (face) => face.hasUnits },
  { label: '当场已解决', act: 'settle', form: 'settle', rare: true },
  { label: '上报', act: 'escalate', action: 'triage.escalate', when: (face) => face.hasParent, rare: true },
  { label: '解释疏导', act: 'explain', form: 'explain', rare: true },
  { label: '线下转办', act: 'outside', form: 'outside', rare: true },

  { label: '定办法', act: 'third', form: 'third', when: (face) => face.part === 'third' },
  { label: '同意延期', act: 'promise', action: 'triage.agree', when: (face) => face.later !== null },
  { label: '不延期', act: 'refuseLater', action: 'triage.refuse', when: (face) => face.later !== null },

  { label: '我来办', act: 'claim', action: 'handle.claim', when: (face) => face.part === 'take' },
  {
    label: '已告诉群众',
    act: 'told',
    form: 'told',
    when: (face) => (handling(face) ? dateNotTold(face) : face.part === 'tell'),
  },
  { label: '办好了', act: 'resolve', form: 'done', when: handling },
  {
    label: '申请延期',
    act: 'askLater',
    form: 'later',
    when: (face) => handling(face) && face.later === null && face.grade !== 'danger',
  },
  { label: '退回', act: 'return', form: 'return', when: (face) => handling(face) || face.part === 'take' },

  { label: '满意', act: 'word', action: 'evaluate.good', when: (face) => face.part === 'word' },
  { label: '基本满意', act: 'word', action: 'evaluate.fair', when: (face) => face.part === 'word' },
  { label: '不满意，原因…', act: 'word', form: 'word-bad', when: (face) => face.part === 'word' },

  { label: '满意', act: 'evaluate', form: 'good' },
  { label: '基本满意', act: 'evaluate', form: 'fair' },
  { label: '不满意，原因…', act: 'evaluate', form: 'bad' },
  { label: '没联系上', act: 'notReached', action: 'evaluate.missed' },
  { label: '看电话', act: 'evaluate', action: 'evaluate.phone', rare: true },

  {
    label: '改派',
    act: 'reassign',
    form: 'reassign',
    when: (face) => face.state !== 'rework' || face.holder !== null,
    rare: true,
  },
  {
    label: '定谁来办',
    act: 'reassign',
    form: 'reassign',
    when: (face) => face.state === 'rework' && face.holder === null,
  },
  {
    label: '改期',
    act: 'promise',
    form: 'put-off',
    when: (face) => face.later === null && face.grade !== 'danger',
    rare: true,
  },
  { label: '换类别', act: 'retopic', form: 'topic', rare: true },
  { label: '不是急事', act: 'regrade', action: 'triage.calm', when: (face) => face.grade === 'danger' },
  {
    label: '是急事',
    act: 'regrade',
    action: 'triage.alarm',
    when: (face) => face.grade !== 'danger' && waiting(face),
    rare: true,
  },
  { label: '转交别处', act: 'transfer', form: 'transfer', rare: true },
  { label: '群众不办了', act: 'withdraw', form: 'withdraw', rare: true },
  { label: '又坏了', act: 'reopen', form: 'again', when: (face) => face.reopenable, rare: true },
];

/** Every label that a matter's card may bear, to tell a step that is not open now from any other word. */
export const ISSUE_LABELS: readonly string[] = [...new Set(CHOICES.map((choice) => choice.label))];

/** Ways back and aside: never the coloured one. */
const ASIDE: readonly IssueAct[] = ['takeBack', 'fixSignOff', 'regrade', 'withdraw', 'reopen'];

/** Four in sight, the rest behind 更多; every one carries the matter and its version (decision 12). */
export function faceButtons(face: IssueFace): { buttons: Button[]; more: Button[] } {
  const fit = CHOICES.filter((choice) => face.can.has(choice.act) && (choice.when?.(face) ?? true));
  const plain = fit.filter((choice) => !choice.rare);
  const shown = plain.slice(0, 4);
  const behind = fit.filter((choice) => !shown.includes(choice));
  const first = shown.find((choice) => !ASIDE.includes(choice.act));
  const button = (choice: Choice): Button => ({
    label: choice.label,
    action: choice.action ?? 'issue.form',
    value: { issue: face.id, v: face.v, ...(choice.form ? { form: choice.form } : {}) },
    style: choice === first ? 'primary' : 'plain',
  });
  // Another category by one tap: the two that the words might also mean.
  const topics = waiting(face) ? face.alternatives.filter((topic) => topic !== face.topic) : [];
  const instead = topics.map(
    (topic): Button => ({
      label: `是“${topic}”`,
      action: 'triage.topic',
      value: { issue: face.id, v: face.v, topic },
      style: 'plain',
    }),
  );
  return { buttons: shown.map(button), more: [...behind.map(button), ...instead] };
}

/** The group's card carries the decision's buttons (decision 12); whatever asks for words opens in private (13). */
export function groupButtons(issue: { id: number; v: number; hasParent: boolean; hasUnits: boolean }): {
  buttons: Button[];
  more: Button[];
} {
  const value = (form?: FormName) => ({ issue: issue.id, v: issue.v, ...(form ? { form } : {}) });
  const button = (label: string, form: FormName): Button => ({
    label,
    action: 'issue.form',
    value: value(form),
    style: 'plain',
  });
  return {
    buttons: [
      { ...button('当场已解决', 'settle') },
      { ...button('本支部办', 'here'), style: 'primary' },
      button('派给单位', 'unit'),
    ],
    more: [
      ...(issue.hasParent
        ? [{ label: '上报', action: 'triage.escalate', value: value(), style: 'plain' as const }]
        : []),
      button('解释疏导', 'explain'),
      button('线下转办', 'outside'),
    ],
  };
}
