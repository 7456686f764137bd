import { describe, expect, it } from 'vitest';
import { complainedOf, isSubject, type Worker } from '../../src/domain/complaint.ts';

const WORKERS: readonly Worker[] = [
  { memberId: 1, name: '贺立', roles: ['书记', '党员'] },
  { memberId: 2, name: '孟飞', roles: ['网格员'] },
  { memberId: 3, name: '李梅', roles: ['党员'] },
  { memberId: 4, name: '李荣', roles: ['领导'] },
  { memberId: 5, name: '周强', roles: ['承办联系人'] },
  { memberId: 6, name: '孟广林', roles: ['楼栋长'] },
];
const about = (text: string) => complainedOf(text, WORKERS).subjects.map((each) => each.name);

describe('whom a line complains about (care 11)', () => {
  it.each([
    ['反映 3号楼 张某 网格员孟飞半年没来过我家', ['孟飞']],
    ['3号楼501 张桂芳 说贺书记态度差，不办事', ['贺立']],
    ['孟网格员从来不上门，要求换人', ['孟飞']],
    ['李主任推诿，让我跑了三趟', ['李荣']],
    ['6号楼 孟楼长骂人', ['孟广林']],
    ['物业周经理收钱才给修', ['周强']],
    ['要求换掉孟飞', ['孟飞']],
    ['孟飞和李梅都不管', ['孟飞', '李梅']],
    ['找了贺立两次都在敷衍', ['贺立']],
    ['投诉 贺书记', ['贺立']],
    ['告状 3号楼 老周家 李梅和李主任', ['李梅', '李荣']],
    ['收钱不办事的孟飞', ['孟飞']],
    ['贺书记在社区骂人', ['贺立']],
  ])('%s', (text, names) => {
    expect(about(text).sort()).toEqual([...names].sort());
    expect(complainedOf(text, WORKERS).complaint).toBe(true);
  });

  it.each([
    '6号楼 陈奶奶 楼道灯坏了三天没人修',
    '孟飞来看过，物业一直推诿',
    '李梅 楼上邻居骂人',
    '网格员孟飞态度很好，请表扬',
    '贺书记来过。楼道灯还是没人管，物业推脱',
    '孟飞说楼道灯坏了',
    '李梅 子女都不管她',
    '李梅 被人骂了',
    '楼道里骂人，孟飞来劝过',
    '不管怎样，请贺书记来看看',
  ])('%s is none', (text) => {
    expect(complainedOf(text, WORKERS)).toEqual({ complaint: false, subjects: [] });
  });

  it('knows a subject however the line calls him', () => {
    const { subjects } = complainedOf('投诉 贺书记 办事推诿', WORKERS);
    expect(isSubject('贺书记', subjects)).toBe(true);
    expect(isSubject('张桂芳', subjects)).toBe(false);
  });
});
