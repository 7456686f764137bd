import { describe, expect, it } from 'vitest';
import { buildingOf, canonicalAddress } from '../../src/domain/address.ts';

describe('one form for all ways of writing (decision 24)', () => {
  it.each([
    ['3号楼2单元501室', '3-2-501'],
    ['３号楼二单元501', '3-2-501'],
    ['3-2-501', '3-2-501'],
    ['3号楼 2单元 501', '3-2-501'],
    ['三号楼-2单元-501', '3-2-501'],
    ['3栋2-501', '3-2-501'],
    ['3#2单元501', '3-2-501'],
    ['5栋302', '5-302'],
    ['c座1801', 'C-1801'],
    ['3号楼', '3'],
    ['三幢', '3'],
    ['3单元', '3单元'],
    ['梅园小区8幢1单元201', '梅园小区/8-1-201'],
    ['平安巷7号院3号楼', '平安巷7号院/3'],
    ['人民路15号', '人民路/15号'],
    ['柳树村三组', '柳树村3组'],
    ['第二网格', '2网格'],
    ['2网格', '2网格'],
    ['3号楼2单元五楼东户', '3-2-5层东户'],
    ['社区活动室', '社区活动室'],
    ['', ''],
  ])('%s', (text, canonical) => {
    expect(canonicalAddress(text).canonical).toBe(canonical);
  });

  it('takes the parts apart', () => {
    expect(canonicalAddress('梅园小区8幢1单元201室')).toEqual({
      canonical: '梅园小区/8-1-201',
      building: '梅园小区8幢',
      area: '梅园小区',
      block: '8',
      unit: '1',
      room: '201',
    });
  });
});

describe('what a group may see (decisions 7, 10): the building, never the room', () => {
  it.each([
    ['3号楼2单元501', '3号楼'],
    ['5-2-301', '5号楼'],
    ['3#501', '3号楼'],
    ['翠竹苑A座1203', '翠竹苑A座'],
    ['柳树村三组', '柳树村3组'],
    ['柳树村3组15号', '柳树村3组'],
    ['平安巷7号院', '平安巷7号院'],
    ['人民路15号', '人民路15号'],
    ['第二网格', '第2网格'],
    ['3号楼门口', '3号楼'],
    ['中山路125弄8号302室', '中山路125弄8号'],
    ['社区活动室', '社区活动室'],
    ['501', null],
    ['2单元', null],
    ['5楼', null],
    ['某处13812345678', null],
  ])('%s', (text, building) => {
    expect(buildingOf(text)).toBe(building);
  });

  it('has none for no place', () => {
    expect(buildingOf(null)).toBeNull();
  });
});
