import { describe, expect, it } from 'vitest';
import { parseIssue } from '../../../src/domain/text/issue.ts';

const NOW = Date.parse('2026-11-18T15:00:00+08:00');
const issue = (text: string) => parseIssue(text, { now: NOW });

describe('a need', () => {
  it('keeps the words as typed, minus place and person', () => {
    expect(issue('6号楼 陈奶奶 楼道灯坏了，三天没人修！')).toMatchObject({
      place: '6号楼',
      person: '陈奶奶',
      text: '楼道灯坏了，三天没人修！',
      missing: [],
    });
  });

  it('keeps a day and a telephone inside the words', () => {
    expect(issue('6号楼 昨天停水到现在').text).toBe('昨天停水到现在');
    expect(issue('6号楼 物业电话打不通').text).toBe('物业电话打不通');
  });

  it('reads it said the other way round', () => {
    expect(issue('楼道灯坏了 6号楼 陈奶奶')).toMatchObject({
      place: '6号楼',
      person: '陈奶奶',
      text: '楼道灯坏了',
    });
    expect(issue('陈奶奶说6号楼楼道灯坏了')).toMatchObject({
      place: '6号楼',
      person: '陈奶奶',
      text: '楼道灯坏了',
    });
    expect(issue('6号楼 楼道灯坏了，孙丽反映')).toMatchObject({
      place: '6号楼',
      person: '孙丽',
      text: '楼道灯坏了',
    });
  });

  it('reads spots of common ground', () => {
    expect(issue('东门口井盖没了，晚上看不见')).toMatchObject({
      place: '东门口',
      text: '井盖没了，晚上看不见',
    });
    expect(issue('梅园小区停水了')).toMatchObject({ place: '梅园小区', text: '停水了' });
    expect(issue('我们小区没有充电桩')).toMatchObject({ place: null, text: '我们小区没有充电桩' });
  });

  it('reads a form', () => {
    expect(issue('\n地点：4号楼\n姓名：老李\n诉求：慢病证\n怎么办')).toMatchObject({
      place: '4号楼',
      person: '老李',
      text: '慢病证\n怎么办',
    });
  });

  it('lists further families', () => {
    expect(issue('22号楼301、302、303 楼顶漏水').more).toEqual([
      { place: '22号楼302', person: null },
      { place: '22号楼303', person: null },
    ]);
  });

  it('says what is missing', () => {
    expect(issue('6号楼').missing).toEqual(['person', 'what']);
    expect(issue('').missing).toEqual(['place', 'person', 'what']);
  });
});
