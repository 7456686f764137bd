import { Opening } from './match-at.ts';

/** Lines that people fill in like a form: 地点：… 姓名：… 内容：… */
export type LabelKind = 'place' | 'person' | 'date' | 'what' | 'mode' | 'visitors' | 'companions';

const LABELS: readonly (readonly [LabelKind, readonly string[]])[] = [
  [
    'place',
    [
      '地点',
      '地址',
      '住址',
      '家庭住址',
      '详细地址',
      '现住址',
      '居住地',
      '楼栋',
      '楼号',
      '位置',
      '走访地点',
      '小区',
      '房号',
      '门牌号',
      '门牌',
      '住处',
    ],
  ],
  [
    'person',
    [
      '姓名',
      '户主',
      '居民',
      '居民姓名',
      '对象',
      '走访对象',
      '被访人',
      '被走访人',
      '受访人',
      '群众',
      '群众姓名',
      '住户',
      '反映人',
      '诉求人',
      '求助人',
      '报修人',
      '投诉人',
      '联系人',
      '当事人',
      '户主姓名',
      '村民',
      '业主',
    ],
  ],
  ['date', ['时间', '日期', '走访时间', '走访日期', '反映时间', '入户时间']],
  [
    'what',
    [
      '内容',
      '事由',
      '情况',
      '诉求',
      '问题',
      '备注',
      '说明',
      '走访内容',
      '走访情况',
      '走访记录',
      '记录',
      '事项',
      '反映',
      '反映问题',
      '反映情况',
      '诉求内容',
      '问题描述',
      '主要诉求',
      '需求',
      '结果',
      '基本情况',
      '描述',
      '内容描述',
      '详情',
      '家庭情况',
      '民情',
      '走访事由',
      '走访目的',
      '目的',
    ],
  ],
  ['mode', ['方式', '走访方式', '联系方式', '走访形式', '形式']],
  [
    'visitors',
    [
      '走访人',
      '走访人员',
      '走访干部',
      '走访党员',
      '入户人',
      '入户人员',
      '实际走访人',
      '走访者',
      '包户干部',
      '网格员',
    ],
  ],
  [
    'companions',
    [
      '陪同',
      '陪同人',
      '陪同人员',
      '同行',
      '同行人',
      '同行人员',
      '随行',
      '随行人员',
      '一同走访',
      '参与人',
      '参与人员',
    ],
  ],
];

const KIND_OF = new Map<string, LabelKind>(
  LABELS.flatMap(([kind, words]) => words.map((word) => [word, kind] as const)),
);
const WORDS = [...KIND_OF.keys()].sort((a, b) => b.length - a.length).join('|');
/** These few are labels with a mere space behind them too (姓名 何女士 地点 7栋). */
const SPACED = '(姓名|地点|地址|住址|事由|内容) (?=\\S)';
const HERE = new Opening(KIND_OF.keys(), new RegExp(`(${WORDS})(?:\\s{0,3}:|[】\\]]\\s?:?)|${SPACED}`, 'y'));
const ANYWHERE = new RegExp(`(?<=^|[\\s,;。、|/(【\\[])(?:(?:${WORDS})(?:\\s{0,3}:|[】\\]])|${SPACED})`, 'g');

export interface FoundLabel {
  kind: LabelKind;
  /** Where the value begins. */
  end: number;
}

/** The label with its colon (地点：, 【地点】), or with a space for the few that nobody says otherwise, that begins at `at`; null when there is none. */
export function labelAt(folded: string, at: number): FoundLabel | null {
  const found = HERE.at(folded, at);
  const kind = found ? KIND_OF.get(found[1] ?? found[2] ?? '') : undefined;
  return found && kind ? { kind, end: at + found[0].length } : null;
}

/** The last look ahead: between `from` and `at` there is no label, so asking again from there costs nothing. */
let looked = { folded: '', from: 0, at: 0 };

/** Where the next label after `from` begins, or `to`. A line is walked once however many labels it has. */
export function nextLabel(folded: string, from: number, to: number): number {
  if (folded !== looked.folded || from < looked.from || from > looked.at) {
    ANYWHERE.lastIndex = from;
    const found = ANYWHERE.exec(folded);
    looked = { folded, from, at: found ? found.index : folded.length };
  }
  return Math.min(looked.at, to);
}
