import type { Block, Button, Card } from './card.ts';
import { type OpenableRow, rowButtons, rowLine } from './issue-rows.ts';

export interface MineModel {
  /** 11月联系点2次，已去1次 · 11月30日（周一）前 · 四、2 */
  short: { line: string; names: string }[];
  /** What is done already, one line. */
  done: string[];
  waiting: OpenableRow[];
  /** All that waits, shown or not. */
  waitingTotal: number;
  /** 第121号 · 11月30日（周一）前 */
  promised: string[];
  followed: number;
  /** 11月25日—28日请假（出差） */
  leaves: string[];
}

const heading = (text: string): Block => ({ kind: 'text', text, size: 'large' });
const small = (text: string): Block => ({ kind: 'text', text, size: 'small', tone: 'muted' });

/** What I owe, what waits for me, what I promised (issue 2, point 11); in private always. */
export function mine(model: MineModel): Card {
  const blocks: Block[] = [];
  if (model.short.length > 0) {
    blocks.push(heading('还可以去的'));
    for (const { line, names } of model.short) {
      blocks.push({ kind: 'text', text: line });
      if (names) blocks.push(small(names));
    }
    blocks.push({
      kind: 'buttons',
      buttons: [
        {
          label: '去过了，补记',
          action: 'mine.been',
          value: { at: 0, mode: 'home' },
          style: model.waiting.length > 0 ? 'plain' : 'primary',
        },
      ],
    });
  }
  if (model.waiting.length > 0) {
    blocks.push(heading('等您办的'), { kind: 'list', items: model.waiting.map(rowLine) });
    const rest = model.waitingTotal - model.waiting.length;
    if (rest > 0) blocks.push(small(`还有${rest}件，办完这些会接着出来。`));
    const { buttons, more } = rowButtons(model.waiting);
    const [first, ...others] = buttons;
    blocks.push({
      kind: 'buttons',
      buttons: first ? [{ ...first, style: 'primary' }, ...others] : [],
      more,
    });
  }
  if (model.promised.length > 0)
    blocks.push(heading('答应过群众的'), { kind: 'list', items: model.promised });
  if (model.followed > 0) blocks.push(small(`您接的诉求还有${model.followed}件别人在办，有进展会告诉您。`));
  for (const line of model.leaves) blocks.push(small(line));
  for (const line of model.done) blocks.push(small(line));
  const nothing = model.short.length + model.waiting.length + model.promised.length === 0;
  if (nothing) blocks.unshift({ kind: 'text', text: '手头没有要办的事，辛苦了。' });
  blocks.push({
    kind: 'buttons',
    buttons: [...(nothing ? [] : [{ label: '刷新', action: 'mine.open', value: {} }]), whenButton],
  });
  return { title: titleOf(model, nothing), tone: nothing ? 'good' : 'info', blocks };
}

const whenButton: Button = { label: '几点提醒我', action: 'mine.when', value: {} };

function titleOf(model: MineModel, nothing: boolean): string {
  if (nothing) return '我的';
  const parts = [
    model.waitingTotal > 0 ? `等您办${model.waitingTotal}件` : '',
    model.short.length > 0 ? `还可以去${model.short.length}项` : '',
    model.promised.length > 0 ? `答应群众${model.promised.length}件` : '',
  ];
  return `我的：${parts.filter(Boolean).join('，')}`;
}

/** Times offered for one's own reminders; the first is the usual one (decision 31). */
export const TIMES = ['18:10', '08:30', '12:10', '20:00'] as const;

export function whenForm(model: { time: string }): Card {
  return {
    title: '几点提醒您？',
    tone: 'info',
    blocks: [
      small('每项最多提醒两次，只在工作日，只发给您自己。'),
      {
        kind: 'form',
        name: 'when',
        action: 'mine.set-when',
        fields: [
          {
            kind: 'select',
            name: 'time',
            label: '时间',
            value: model.time,
            required: true,
            options: TIMES.map((time, index) => ({
              label: `${time.replace(/^0/, '')}${index === 0 ? '（平时）' : ''}`,
              value: time,
            })),
          },
        ],
        submit: '就这个时间',
      },
      { kind: 'buttons', buttons: [{ label: '不改了', action: 'mine.open', value: {} }] },
    ],
  };
}
