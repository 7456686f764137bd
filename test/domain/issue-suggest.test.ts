import { describe, expect, it } from 'vitest';
import { gistOf } from '../../src/domain/issue-gist.ts';
import { isSampled, suggestHandler } from '../../src/domain/issue-suggest.ts';

const units = [
  { id: 1, name: '物业办' },
  { id: 2, name: '城区供电所' },
  { id: 3, name: '自来水公司' },
  { id: 4, name: '民政办' },
];
const ask = (topic: string, words: string, more: Partial<Parameters<typeof suggestHandler>[0]> = {}) =>
  suggestHandler({ topic, words, reporterId: 9, units, past: [], returned: [], ...more });

describe('who could handle it', () => {
  it('is the unit that was given such matters before', () => {
    expect(ask('公共设施', '灯坏了', { past: [{ unitId: 1, count: 2 }] })).toEqual({
      kind: 'unit',
      unitId: 1,
    });
    expect(ask('公共设施', '灯坏了', { past: [{ unitId: 1, count: 1 }] })).toEqual({
      kind: 'member',
      memberId: 9,
    });
    expect(ask('公共设施', '灯坏了', { past: [{ unitId: 77, count: 5 }] })).toEqual({
      kind: 'member',
      memberId: 9,
    });
  });
  it('is the reporter for small matters, a fitting unit for others', () => {
    expect(ask('公共设施', '楼道灯不亮')).toEqual({ kind: 'member', memberId: 9 });
    expect(ask('公共设施', '楼道灯不亮', { reporterId: null })).toEqual({ kind: 'unit', unitId: 1 });
    expect(ask('低保救助', '低保停了')).toEqual({ kind: 'unit', unitId: 4 });
  });
  it('tells the suppliers of water, power, gas and heat apart by the words', () => {
    expect(ask('水电气暖', '半夜停电了')).toEqual({ kind: 'unit', unitId: 2 });
    expect(ask('水电气暖', '水管爆了')).toEqual({ kind: 'unit', unitId: 3 });
    expect(ask('水电气暖', '暖气不热')).toEqual({ kind: 'unit', unitId: 1 });
  });
  it('is never who has just sent it back', () => {
    expect(ask('公共设施', '灯坏了', { past: [{ unitId: 1, count: 3 }], returned: ['u1'] })).toEqual({
      kind: 'member',
      memberId: 9,
    });
    expect(ask('公共设施', '灯坏了', { returned: ['m9'] })).toEqual({ kind: 'unit', unitId: 1 });
    expect(ask('公共设施', '灯坏了', { returned: ['m9', 'u1'] })).toEqual({ kind: 'none' });
  });
  it('is nobody when nobody fits', () => {
    expect(ask('教育', '学校分班', { reporterId: null })).toEqual({ kind: 'none' });
  });
});

describe('a few words for a title', () => {
  it('is the first clause', () => {
    expect(gistOf('楼道灯不亮，三天了没人修', '公共设施')).toBe('楼道灯不亮');
  });
  it('is only the topic where the words or the topic are delicate', () => {
    expect(gistOf('低保停了，问为什么', '低保救助')).toBe('低保救助');
    expect(gistOf('楼上13812345678天天吵', '噪音扰民')).toBe('噪音扰民');
    expect(gistOf('', '其他')).toBe('其他');
  });
  it('is short', () => {
    expect(gistOf('小区东门外面那条路上的井盖松了车一过就响', '公共设施')).toHaveLength(15);
  });
});

it('calls every fifth matter of those settled on the spot back', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].filter(isSampled)).toEqual([5, 10]);
});
