import { beforeAll, describe, expect, it } from 'vitest';
import { readAll } from './reading.entry.ts';
import { countSteps } from './steps.ts';

/** Lines that a careless pattern would walk again and again. */
const REPEATED: [string, string][] = [
  ['buildings', '3号楼2单元501室'],
  ['numbers', '1'],
  ['dashes', '1-'],
  ['names', '张某、'],
  ['commas', '，'],
  ['spaces', ' '],
  ['newlines', '\n'],
  ['brackets', '（'],
  ['labels', '姓名：张某，地点：3号楼；'],
  ['lines of labels', '姓名：张某\n内容：问低保\n'],
  ['empty labels', '姓名： '],
  ['labels without end', '姓名：'],
  ['dates', '11月3日'],
  ['numerals', '一百二十'],
  ['names of minorities', '阿卜杜拉·'],
  ['companions', '和李梅一起'],
  ['roles', '网格员老王、'],
  ['tied rooms', '501和502李某，'],
  ['rooms with a slash', '501/502/'],
  ['days of a block', '/走访 昨天 3号楼 张某\n'],
  ['days without a family', '3号楼 张某，昨天；11月3日\n'],
  ['topics', '楼道灯不亮了三天没人修'],
  ['families', '301张某，'],
  ['mixed', '/走访 3号楼 张某 低保咨询，301李某，402王某 昨天 '],
];
const lineOf = (unit: string, length: number): string =>
  `/走访 ${unit.repeat(Math.ceil(length / unit.length))}`;

describe('the work grows with the line, and no faster', () => {
  const steps = new Map<string, [number, number]>();
  beforeAll(async () => {
    const sizes = [2_000, 8_000];
    const counts = await countSteps(REPEATED.flatMap(([, unit]) => sizes.map((size) => lineOf(unit, size))));
    REPEATED.forEach(([what], at) => {
      steps.set(what, [counts[2 * at] ?? 0, counts[2 * at + 1] ?? 0]);
    });
  }, 60_000);

  it.each(REPEATED)('of %s', (what) => {
    const [small, large] = steps.get(what) ?? [0, 0];
    expect(small).toBeGreaterThan(0);
    // Four times the line: linear is 4, n·log n a little more, quadratic 16.
    expect(large / small).toBeLessThan(6);
  });

  it.each(REPEATED)('and 20,000 characters of %s come to an end', (_what, unit) => {
    expect(Object.keys(readAll(lineOf(unit, 20_000)).object)).toHaveLength(7);
  });
});
