import type { Block, Button, Card } from './card.ts';
import { dangerBlocks } from './danger.ts';

/** One contact as its author may see it: his own words in his own chat. */
export interface ReceiptLine {
  visit: number;
  version: number;
  household: number | null;
  /** 3号楼2单元501 or ''. */
  place: string;
  person: string;
  /** 今天, 昨天, 11月3日（周二）. */
  day: string;
  /** 电话, 微信, 座谈; '' for a visit at home. */
  mode: string;
  met: boolean;
  note: string | null;
  withdrawn: boolean;
  /** Who went, when it was not the author alone: 老王、李梅. */
  went: string;
}

export interface ReceiptModel {
  batch: string;
  lines: ReceiptLine[];
  /** Guesses to be looked at: [不是这户] is coloured. */
  unsure: boolean;
  /** 按“走访”记了, for a homophone. */
  guessedWord: string | null;
  kind: '走访' | '补记' | '补访';
  /** 本季度3户，已见2户 */
  progress: string[];
  /** Numbers to ring first, where the note tells of danger today. */
  danger: readonly string[];
  /** The note reads like something to be done. */
  asksForMore: boolean;
  /** The first contact may be read the notice (decision 26). */
  offerNotice: boolean;
  missing: { place: boolean; person: boolean };
  /** Pictures sent as an answer to this card; never asked for. */
  photos: number;
}

const named = (line: ReceiptLine): string =>
  [line.place, line.person].filter(Boolean).join(' ') || '没写哪一户';

/** 走访已记, 补访已记; 补记 says it by itself. */
function noted(kind: ReceiptModel['kind']): string {
  return kind === '补记' ? '补记好了' : `${kind}已记`;
}

function title(model: ReceiptModel, first: ReceiptLine): string {
  const state = first.withdrawn ? '已撤销' : noted(model.kind);
  const outcome = first.met ? '' : ' · 未遇';
  return `${state} · ${named(first)}${outcome} · ${first.day}${first.mode ? ` · ${first.mode}` : ''}`;
}

/** The author's private receipt: what was understood, what is missing, one tap for each next thing (cards.md samples). */
export function visitReceipt(model: ReceiptModel): Card {
  const [first] = model.lines;
  if (!first) return { title: '这条记录已经不在了', tone: 'done', blocks: [] };
  return model.lines.length === 1 ? single(model, first) : several(model, first);
}

function single(model: ReceiptModel, line: ReceiptLine): Card {
  const value = { visit: line.visit, v: line.version };
  if (line.withdrawn) {
    return {
      title: title(model, line),
      tone: 'done',
      blocks: [
        { kind: 'text', text: '这条记录不算了，原文只留在底账里。', size: 'small', tone: 'muted' },
        {
          kind: 'buttons',
          buttons: [{ label: '恢复这条', action: 'withdraw.restore', value: { batch: model.batch } }],
        },
      ],
    };
  }
  const blocks: Block[] = dangerBlocks(model.danger);
  if (line.note) blocks.push({ kind: 'quote', text: line.note });
  if (line.went) blocks.push({ kind: 'text', text: `走访人：${line.went}`, size: 'small' });
  if (model.guessedWord)
    blocks.push({ kind: 'text', text: `按“${model.guessedWord}”记了，不对就撤销。`, size: 'small' });
  if (model.missing.place || model.missing.person) {
    blocks.push({
      kind: 'text',
      text: `没看清${[model.missing.place ? '在哪儿' : '', model.missing.person ? '是谁家' : ''].filter(Boolean).join('、')}，点“修改”补上，不补也算记了。`,
      size: 'small',
    });
  }
  if (model.asksForMore) blocks.push({ kind: 'text', text: '要继续办理吗？点“转为诉求”，书记会研判。' });
  for (const text of model.progress) blocks.push({ kind: 'text', text, size: 'small', tone: 'muted' });
  blocks.push(...photoBlocks(model));
  const elsewhere: Button = {
    label: '不是这户',
    action: 'visit.pick',
    value,
    style: model.unsure ? 'primary' : 'plain',
  };
  const edit: Button = {
    label: '修改',
    action: 'correct.open',
    value,
    style: model.missing.place || model.missing.person ? 'primary' : 'plain',
  };
  const undo: Button = { label: '撤销这条记录', action: 'withdraw.undo', value: { batch: model.batch } };
  const toIssue: Button = {
    label: '转为诉求',
    action: 'issue.from-visit',
    value: { visit: line.visit },
    style: model.asksForMore ? 'primary' : 'plain',
  };
  blocks.push({
    kind: 'buttons',
    buttons: [...(line.note ? [toIssue] : []), edit, ...(line.household !== null ? [elsewhere] : []), undo],
    more:
      model.offerNotice && line.household !== null
        ? [{ label: '念一遍告知', action: 'household.notice', value: { household: line.household } }]
        : undefined,
  });
  return { title: title(model, line), tone: 'good', blocks };
}

/** They come to the asker's private chat; the card shows none. */
function photoBlocks({ batch, photos }: ReceiptModel): Block[] {
  if (photos === 0) return [];
  return [
    { kind: 'text', text: `照片 ${photos} 张`, size: 'small' },
    { kind: 'buttons', buttons: [{ label: '看照片', action: 'visit.photos', value: { batch } }] },
  ];
}

function several(model: ReceiptModel, first: ReceiptLine): Card {
  const standing = model.lines.filter((line) => !line.withdrawn);
  const attempts = standing.filter((line) => !line.met).length;
  if (standing.length === 0) {
    return {
      title: `已撤销 · ${model.lines.length}户 · ${first.day}`,
      tone: 'done',
      blocks: [
        {
          kind: 'buttons',
          buttons: [{ label: '恢复', action: 'withdraw.restore', value: { batch: model.batch } }],
        },
      ],
    };
  }
  const days = [...new Set(standing.map((line) => line.day))];
  const when = days.length > 2 ? `${days.length}天` : days.join('、');
  const count = attempts > 0 ? `：见到${standing.length - attempts}，未遇${attempts}` : '';
  return {
    title: `${noted(model.kind)} · ${standing.length}户${count} · ${when}`,
    tone: 'good',
    blocks: [
      {
        kind: 'list',
        ordered: true,
        items: standing.map((line) =>
          // Where the days are not one, each family says its own.
          [named(line), days.length > 1 ? line.day : '', line.mode, line.met ? '' : '未遇', line.note ?? '']
            .filter(Boolean)
            .join(' · '),
        ),
      },
      ...model.progress.map((text) => ({
        kind: 'text' as const,
        text,
        size: 'small' as const,
        tone: 'muted' as const,
      })),
      ...photoBlocks(model),
      {
        kind: 'form',
        name: 'one',
        action: 'correct.choose',
        value: { batch: model.batch },
        fields: [
          {
            kind: 'select',
            name: 'visit',
            label: '改其中一户',
            required: true,
            options: standing.map((line, index) => ({
              label: `${index + 1}. ${named(line)}`,
              value: String(line.visit),
            })),
          },
        ],
        submit: '打开',
      },
      {
        kind: 'buttons',
        buttons: [{ label: '全部撤销', action: 'withdraw.undo', value: { batch: model.batch } }],
      },
    ],
  };
}
