import type { Topic } from './text/topic-list.ts';

/** Matters a member of the branch usually settles himself. */
const SMALL: ReadonlySet<string> = new Set<Topic>([
  '公共设施',
  '环境卫生',
  '矛盾纠纷',
  '噪音扰民',
  '党建文化',
  '其他',
]);

/**
 * Words in a unit's name by which it fits a topic, most fitting first; the division of work between departments that
 * the topics of the 12345 hotlines follow. Only a suggestion: the secretary decides.
 */
const UNIT_WORDS: Readonly<Record<Topic, readonly string[]>> = {
  低保救助: ['民政', '社会事务', '救助'],
  医疗医保: ['医保', '卫生', '卫健', '医院'],
  养老助残: ['残联', '养老', '民政', '社会事务'],
  就业社保: ['人社', '社保', '劳动', '就业'],
  教育: ['教育', '学校', '幼儿园'],
  住房物业: ['物业', '房管', '住建'],
  水电气暖: ['物业'],
  环境卫生: ['环卫', '城管', '物业'],
  噪音扰民: ['城管', '派出所', '环保'],
  矛盾纠纷: ['司法', '综治', '调解'],
  交通停车: ['交警', '交通', '城管', '物业'],
  治安消防: ['派出所', '公安', '消防', '综治'],
  公共设施: ['市政', '城管', '物业'],
  农业农村: ['农业', '农技', '水利', '农经'],
  市场监管: ['市场监管', '市监', '工商'],
  权益维护: ['司法', '信访', '劳动', '人社'],
  户籍证照: ['派出所', '户籍', '便民', '政务'],
  党建文化: ['文化', '党群', '宣传'],
  其他: [],
};

/** What in the words points to which supplier: four of them share one topic. */
const SUPPLIERS: readonly (readonly [RegExp, RegExp])[] = [
  [/电|跳闸|灯/u, /供电|电力/u],
  [/气|燃/u, /燃气/u],
  [/暖|供热/u, /供热|热力/u],
  [/水/u, /供水|自来水|水务/u],
];

export interface Unit {
  id: number;
  name: string;
}

export interface SuggestInput {
  topic: string;
  words: string;
  /** The reporter where he is a member of the branch and no subject; else null. */
  reporterId: number | null;
  /** 承办单位 that can be dispatched to, the subject of a complaint left out. */
  units: readonly Unit[];
  /** Which units were given this topic here before, most often first. */
  past: readonly { unitId: number; count: number }[];
  /** `u5`, `m12`: who sent it back and is not asked again. */
  returned: readonly string[];
}

export type Suggestion =
  | { kind: 'member'; memberId: number }
  | { kind: 'unit'; unitId: number }
  | { kind: 'none' };

/**
 * Who could handle it: the unit that was given the topic at least twice here; the reporter when the matter is small;
 * a unit whose name fits; the reporter after all.
 */
export function suggestHandler({ topic, words, past, returned, ...given }: SuggestInput): Suggestion {
  const units = given.units.filter((unit) => !returned.includes(`u${unit.id}`));
  const reporterId = returned.includes(`m${given.reporterId}`) ? null : given.reporterId;
  const used = past.find((each) => each.count >= 2 && units.some((unit) => unit.id === each.unitId));
  if (used) return { kind: 'unit', unitId: used.unitId };
  const own: Suggestion = reporterId === null ? { kind: 'none' } : { kind: 'member', memberId: reporterId };
  if (SMALL.has(topic) && reporterId !== null) return own;
  const fitting = fittingUnit(topic, words, units);
  return fitting ? { kind: 'unit', unitId: fitting.id } : own;
}

function fittingUnit(topic: string, words: string, units: readonly Unit[]): Unit | undefined {
  if (topic === '水电气暖') {
    const supplier = SUPPLIERS.find(
      ([said, name]) => said.test(words) && units.some((unit) => name.test(unit.name)),
    );
    if (supplier) return units.find((unit) => supplier[1].test(unit.name));
  }
  const wanted = UNIT_WORDS[topic as Topic] ?? [];
  for (const word of wanted) {
    const unit = units.find((each) => each.name.includes(word));
    if (unit) return unit;
  }
  return undefined;
}

/** One call-back in this many matters settled on the spot (decision 19: a sample is called back). */
const SAMPLE = 5;

/** Every fifth number of a branch; nobody chooses which. */
export function isSampled(number: number): boolean {
  return number % SAMPLE === 0;
}
