import { describe, expect, it } from 'vitest';
import { safeBuilding } from '../../cards/group-clean.ts';
import { type GroupFacts, groupText, type IssueRow, isGroupSafe } from '../../cards/group-text.ts';

const HOSTILE = [
  '3号楼2单元501',
  '张桂芳家',
  '13812345678',
  '11010519491231002X',
  '肝癌晚期',
  '<at id=all></at>',
  '**粗**[点](http://evil.test)',
  '3号楼<at user_id="all">',
  '上访户张某 3号楼',
];

const row = (text: string): IssueRow => ({
  number: 128,
  building: text,
  topic: text,
  state: text,
  due: text,
  with: '物业办',
});

/** Every kind of group text, each free field filled with the hostile text. */
function everyKind(text: string): GroupFacts[] {
  const facts: { [K in GroupFacts['kind']]: Extract<GroupFacts, { kind: K }> } = {
    'visits-noted': {
      kind: 'visits-noted',
      places: [{ building: text, households: 1 }],
      met: 1,
      attempts: 0,
    },
    noted: { kind: 'noted' },
    'visits-changed': { kind: 'visits-changed', what: '已更正', building: text },
    'look-private': { kind: 'look-private' },
    'ask-private': { kind: 'ask-private' },
    danger: { kind: 'danger', services: [text as never, 'fire'] },
    'not-understood': { kind: 'not-understood', command: text, example: '/走访 3号楼 张某 低保咨询' },
    'no-check-in': { kind: 'no-check-in' },
    joined: { kind: 'joined' },
    'external-refused': { kind: 'external-refused' },
    bound: { kind: 'bound', org: '第一支部', purpose: 'work' },
    unbound: { kind: 'unbound' },
    outage: { kind: 'outage', from: '8:10', to: '9:40' },
    failed: { kind: 'failed', number: 4731 },
    issue: { kind: 'issue', row: row(text), tone: 'info', buttons: [] },
    weekly: {
      kind: 'weekly',
      org: '第一支部',
      asOf: '统计到今天8:30',
      lines: { weeks: 1, waiting: 1, overdue: 0, visits: null, issues: null, coverage: [], unasked: 0 },
      rows: [row(text)],
      total: 1,
      buttons: [],
    },
  };
  return Object.values(facts);
}

describe('the one function of group text', () => {
  it.each(HOSTILE)('lets nothing of %s through, whatever the message', (text) => {
    for (const facts of everyKind(text)) {
      const shown = JSON.stringify(groupText(facts)).replace(/\/?走访 3号楼 张某 (?:低保咨询|什么事)/, '');
      for (const piece of [
        '501',
        '单元',
        '桂芳',
        '张某',
        '1381234',
        '110105',
        '肝癌',
        '上访',
        '<at',
        '**',
        '[点]',
        'evil',
        'http',
      ]) {
        expect(shown, facts.kind).not.toContain(piece);
      }
    }
  });

  it.each([
    '3号楼',
    '梅园小区8幢',
    '柳树村3组',
    '人民路15号',
    '第2网格',
    'A座',
    '平安巷7号院',
    'B区4号楼',
    '东门口',
    '社区活动室',
    '翠竹苑A座',
    '幸福里12栋',
    '东街12组',
    '7号院',
  ])('shows the building %s', (building) => {
    expect(safeBuilding(building)).toBe(building);
  });

  it('marks what it makes, and nothing else can be marked', () => {
    expect(isGroupSafe(groupText({ kind: 'noted' }))).toBe(true);
    expect(isGroupSafe({ text: '已记' })).toBe(false);
    expect(isGroupSafe(JSON.parse(JSON.stringify(groupText({ kind: 'noted' }))))).toBe(false);
  });

  it('says the samples of the design', () => {
    const noted = (places: { building: string; households: number }[], met: number, attempts: number) =>
      groupText({ kind: 'visits-noted', places, met, attempts });
    expect(noted([{ building: '3号楼', households: 1 }], 1, 0)).toMatchObject({ text: '已记 · 3号楼 1户' });
    expect(noted([{ building: '3号楼', households: 14 }], 11, 3)).toMatchObject({
      text: '已记 · 14户：见到11，未遇3',
    });
  });
});
