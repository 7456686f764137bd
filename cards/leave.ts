import type { Block, Card } from './card.ts';

export interface LeaveModel {
  leave: number;
  /** 李梅, when the card is for somebody else's eyes. */
  who: string | null;
  /** 11月25日—28日（出差） */
  when: string;
  /** Who decides meanwhile; null = this person decides nothing. */
  deputies: string[] | null;
  cancelled: boolean;
  over: boolean;
}

/** 请假: who is away when, and who steps in (decision 17). */
export function leaveCard(model: LeaveModel): Card {
  const who = model.who ? `${model.who} · ` : '';
  if (model.cancelled) {
    return {
      title: `已取消请假 · ${who}${model.when}`,
      tone: 'done',
      blocks: [{ kind: 'text', text: '照常提醒，照常收诉求。', size: 'small', tone: 'muted' }],
    };
  }
  const blocks: Block[] = [{ kind: 'text', text: '这几天不提醒联系群众的事，日子顺延。' }];
  if (model.deputies !== null) {
    blocks.push({
      kind: 'text',
      text:
        model.deputies.length > 0
          ? `这几天的研判先找：${model.deputies.join('、')}。`
          : '这几天还没有人接着研判，请和上级党组织说一声。',
    });
  }
  if (!model.over) {
    blocks.push({
      kind: 'buttons',
      buttons: [{ label: '取消请假', action: 'leave.cancel', value: { leave: model.leave } }],
    });
  }
  return { title: `请假已记 · ${who}${model.when}`, tone: 'good', blocks };
}

export interface LeaveFormModel {
  today: string;
  reasons: readonly string[];
  leaves: { leave: number; when: string }[];
}

/** A bare /请假: what is entered already, and a form for the next. */
export function leaveForm(model: LeaveFormModel): Card {
  const blocks: Block[] = [];
  if (model.leaves.length > 0) {
    blocks.push(
      { kind: 'list', items: model.leaves.map((each) => each.when) },
      {
        kind: 'buttons',
        buttons: model.leaves.slice(0, 4).map((each) => ({
          label: `取消${each.when.split('（')[0] ?? ''}`,
          action: 'leave.cancel',
          value: { leave: each.leave },
        })),
      },
    );
  }
  blocks.push(
    {
      kind: 'form',
      name: 'leave',
      action: 'leave.save',
      fields: [
        { kind: 'date', name: 'from', label: '从哪天', value: model.today, required: true },
        { kind: 'date', name: 'to', label: '到哪天（含）', value: model.today, required: true },
        {
          kind: 'select',
          name: 'reason',
          label: '什么原因',
          options: model.reasons.map((reason) => ({ label: reason, value: reason })),
          required: true,
        },
      ],
      submit: '记下',
    },
    { kind: 'text', text: '也可以发一句：/请假 11-25至11-28 出差', size: 'small', tone: 'muted' },
  );
  return { title: model.leaves.length > 0 ? '您的请假' : '请假：从哪天到哪天？', tone: 'info', blocks };
}
