import { dutyBasis, dutyLast, dutyLeft, dutyWhere } from '../../cards/duty-text.ts';
import { type NudgeItemModel, nudge, outForm, wentForm } from '../../cards/nudge.ts';
import { dayOf, sayDate } from '../lib/day.ts';
import { dutiesSubject } from '../work/duties-changed.ts';
import { isOpenItem, type NudgeItem, nudgeItems } from '../work/nudge-items.ts';
import { awayHouseholds, targetsOf } from '../work/nudge-targets.ts';
import { privateView } from './define.ts';

/** Answers that change nothing but the reminder, or that an excuse stands behind. */
const TAKEN_BACK = /^(arranged|away|out)/;

function saidOf({ row, about }: NudgeItem, today: string): string | null {
  if (row.answer === null) return about.left === 0 ? '这一项做完了，谢谢您。' : null;
  const [kind, reason] = row.answer.split(':');
  const moved = about.due > about.period.to ? `时间顺延到${sayDate(about.due, today)}。` : '';
  switch (kind) {
    case 'arranged':
      return '您来安排，这一期不再提醒。';
    case 'away':
      return `记下了：${reason ?? '有事'}。${moved}`;
    case 'out':
      return `记下了：联系户外出。${moved}`;
    case 'went':
      return about.left > 0 ? `记上了，还可以再去${about.left}次。` : '记上了，这一项做完了。';
    default:
      return '这一项做完了，谢谢您。';
  }
}

/**
 * One card a person with all that is short (decision 31); rendered when it is sent, so who met all gets none. It follows
 * what he does, wherever he records it.
 */
export const nudgeView = privateView<{ at: number; member: number }>({
  name: 'nudge.card',
  follows: ({ member }) => [dutiesSubject(member)],
  render(v, { at }) {
    if (!v.viewer) return null;
    const today = dayOf(v.now);
    const items = nudgeItems(v, v.viewer.memberId, at);
    const open = items.filter(isOpenItem);
    const answered = items.some((item) => item.row.answer !== null);
    if (items.length === 0 || (open.length === 0 && !answered && !v.standing)) return null;
    const models: NudgeItemModel[] = items.map((item) => ({
      title: `${dutyLeft(item.duty, item.about)}${dutyLast(item.duty, today)}`,
      where: dutyWhere(item.duty, item.about, today),
      basis: dutyBasis(item.duty),
      said: saidOf(item, today),
    }));
    const dues = open.map((item) => item.about.due).sort();
    return nudge({
      at,
      items: models.map((model, index) => {
        const item = items[index];
        return item && item.about.left === 0
          ? { ...model, title: `${item.about.period.label}：${item.duty.clause.title}` }
          : model;
      }),
      until: dues[0] ? sayDate(dues[0], today) : '',
      households: awayHouseholds(open).length > 0,
      phone: open.some(({ duty }) => takesCalls(duty)),
      undo: items.some(({ row }) => row.answer !== null && TAKEN_BACK.test(row.answer)),
    });
  },
});

function takesCalls({ clause }: NudgeItem['duty']): boolean {
  const obligation = clause.obligation;
  const modes = [...(obligation?.modes ?? []), ...(obligation?.makeUp?.modes ?? [])];
  return modes.includes('phone') || obligation?.modes === undefined;
}

/** Where one may have been; `at` 0 = asked for by /我的, about everything that is short. */
export const wentView = privateView<{ at: number; mode: string }>({
  name: 'nudge.went',
  render(v, { at, mode }) {
    if (!v.viewer) return null;
    return wentForm({
      at,
      phone: mode === 'phone',
      targets: targetsOf(v, v.viewer.memberId, at).map(({ label, value }) => ({ label, value })),
      today: dayOf(v.now),
    });
  },
});

export const outView = privateView<{ at: number }>({
  name: 'nudge.out',
  render(v, { at }) {
    if (!v.viewer) return null;
    const households = awayHouseholds(nudgeItems(v, v.viewer.memberId, at).filter(isOpenItem));
    return households.length > 0 ? outForm({ at, households }) : null;
  },
});
