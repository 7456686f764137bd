import { describe, expect, it } from 'vitest';
import { parseVisit } from '../../../src/domain/text/visit.ts';

const NOW = Date.parse('2026-11-18T15:00:00+08:00');
const visit = (text: string) => parseVisit(text, { now: NOW });

describe('a day and a way for each of a block (decisions 5, 25)', () => {
  const told = (text: string) =>
    visit(text).contacts.map(({ place, date, mode, note }) =>
      [place, date.slice(5), mode === 'home' ? '' : mode, note ?? ''].filter(Boolean).join(' '),
    );

  it.each([
    [
      '3号楼 张某 低保\n/走访 4号楼 李某 医保\n/走访 昨天 5号楼 王某 没人',
      ['3号楼 11-18 低保', '4号楼 11-18 医保', '5号楼 11-17 没人'],
    ],
    ['昨天 3号楼 张某 低保\n/走访 4号楼 李某 医保', ['3号楼 11-17 低保', '4号楼 11-18 医保']],
    ['11月16日 3号楼 张某 低保\n11月17日 4号楼 李某 医保', ['3号楼 11-16 低保', '4号楼 11-17 医保']],
    ['3号楼 张某 低保\n打电话 4号楼 李某 医保', ['3号楼 11-18 低保', '4号楼 11-18 phone 医保']],
    ['3号楼 张某 低保；4号楼 李某 电话联系 医保', ['3号楼 11-18 低保', '4号楼 11-18 phone 医保']],
    ['微信 3号楼 张某 低保；入户 4号楼 李某 医保', ['3号楼 11-18 message 低保', '4号楼 11-18 医保']],
    ['昨天 3号楼 张某 低保，今天 4号楼 李某 医保', ['3号楼 11-17 低保', '4号楼 11-18 医保']],
    ['3号楼 张某 低保\n/电联 4号楼 李某 医保', ['3号楼 11-18 低保', '4号楼 11-18 phone 医保']],
    [
      '地点：3号楼\n姓名：张某\n时间：11月16日\n内容：低保\n地点：4号楼\n姓名：李某\n时间：11月17日\n内容：医保',
      ['3号楼 11-16 低保', '4号楼 11-17 医保'],
    ],
  ])('%s', (text, expected) => expect(told(text)).toEqual(expected));

  it('holds for the whole where it stands before, above or alone below', () => {
    expect(told('昨天 3号楼 张某 低保\n4号楼 李某 医保')).toEqual(['3号楼 11-17 低保', '4号楼 11-17 医保']);
    expect(told('3号楼 张某 低保\n4号楼 李某 医保\n昨天')).toEqual(['3号楼 11-17 低保', '4号楼 11-17 医保']);
    expect(
      told('11月16日\n3号楼 张某 低保\n4号楼 李某 医保\n11月17日\n5号楼 王某 养老\n6号楼 赵某 医保'),
    ).toEqual(['3号楼 11-16 低保', '4号楼 11-16 医保', '5号楼 11-17 养老', '6号楼 11-17 医保']);
  });

  it('leaves a day that is said of no family among the words', () => {
    expect(visit('昨天 3号楼 张某 低保咨询；11月3日 已申请')).toMatchObject({
      date: '2026-11-17',
      note: '低保咨询；11月3日 已申请',
    });
  });

  it('lets the command word speak for all that say nothing else', () => {
    const block = parseVisit('5栋 刘某 医保；上门 6栋 王某 低保', { now: NOW, mode: 'phone' });
    expect(block.contacts.map(({ mode }) => mode)).toEqual(['phone', 'home']);
  });

  it('reads each command of a block by itself', () => {
    const block = visit('和李梅一起 桃源小区3号楼 张某 低保\n/未遇 4号楼 李某\n／补访 5号楼 王某、赵某 送米');
    expect(block.contacts).toMatchObject([
      { place: '桃源小区3号楼', outcome: 'met', note: '低保', companions: ['李梅'], command: null },
      { place: '4号楼', outcome: 'attempt', note: null, companions: [], command: 'attempt' },
      { place: '5号楼', person: '王某', outcome: 'met', note: '送米', command: 'makeup' },
      { place: '5号楼', person: '赵某', outcome: 'met', note: '送米', command: 'makeup' },
    ]);
    expect(block).toMatchObject({ note: null, companions: ['李梅'] });
  });

  it('knows a day at the end of its line, and numbered headings', () => {
    expect(told('3号楼 张某 低保 昨天\n4号楼 李某 医保 前天')).toEqual([
      '3号楼 11-17 低保',
      '4号楼 11-16 医保',
    ]);
    expect(told('一、11月16日\n1. 3号楼 张某 低保\n二、11月17日\n1. 5号楼 王某 养老')).toEqual([
      '3号楼 11-16 低保',
      '5号楼 11-17 养老',
    ]);
  });
});
