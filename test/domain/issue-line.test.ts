import { describe, expect, it } from 'vitest';
import {
  answererIn,
  channelIn,
  closeKindIn,
  dayToCome,
  numberLine,
  saysNotTold,
  sentenceIn,
  toldIn,
} from '../../src/domain/issue-line.ts';

const NOW = Date.parse('2026-11-18T15:00:00+08:00');

describe('the number at the head of a line', () => {
  it.each([
    ['128 换了灯泡', 128, '换了灯泡'],
    [' 第128号 物业办', 128, '物业办'],
    ['１２８，满意', 128, '满意'],
    ['128', 128, ''],
    ['128号 满意', 128, '满意'],
    ['#7 上报', 7, '上报'],
    ['第三号 周强', 3, '周强'],
    ['第一百二十八号，满意', 128, '满意'],
  ])('%s', (text, number, rest) => {
    expect(numberLine(text)).toEqual({ number, rest });
  });
  it.each([
    '6号楼 灯坏了',
    '第三号楼 灯坏了',
    '三号 周强',
    '12栋 漏水',
    '3单元',
    '11-30 缺配件',
    '物业办',
    '',
    '2026年',
  ])('%s has none', (text) => {
    expect(numberLine(text)).toBeNull();
  });
});

describe('a day to come', () => {
  it.each([
    ['11-30 缺配件', '2026-11-30', '缺配件'],
    ['11月30日 缺配件', '2026-11-30', '缺配件'],
    ['缺配件 11.30', '2026-11-30', '缺配件'],
    ['石小红 12-2前', '2026-12-02', '石小红'],
    ['1月5日', '2027-01-05', ''],
    ['2026-12-02', '2026-12-02', ''],
    ['明天', '2026-11-19', ''],
    ['大后天 缺件', '2026-11-21', '缺件'],
    ['周五', '2026-11-20', ''],
    ['下周三 缺件', '2026-11-25', '缺件'],
    ['周强 下周三之前', '2026-11-25', '周强'],
    ['周强 下个星期三以前', '2026-11-25', '周强'],
    ['周强 本周五前', '2026-11-20', '周强'],
    ['12月2日之前 缺件', '2026-12-02', '缺件'],
    ['后天之前', '2026-11-20', ''],
    ['周二', '2026-11-24', ''],
  ])('%s', (text, day, rest) => {
    expect(dayToCome(text, NOW)).toEqual({ day, rest });
  });
  it.each(['缺配件', '13-45', '2月30日'])('%s names none', (text) => {
    expect(dayToCome(text, NOW)).toBeNull();
  });
});

describe('words of choice', () => {
  it('finds channel, answerer and kind', () => {
    expect([channelIn('打了电话'), channelIn('当面'), channelIn('没说')]).toEqual(['call', 'face', null]);
    expect([answererIn('他家属答的'), answererIn('本人'), answererIn('')]).toEqual(['family', 'self', null]);
    expect([closeKindIn('部分解决，还差一盏'), closeKindIn('换了灯')]).toEqual(['partly', null]);
  });
  it('hears whether the resident was told', () => {
    expect(toldIn('换了灯泡，电话告诉了她')).toBe('call');
    expect(toldIn('换了灯泡，已告诉群众了')).toBe('face');
    expect(toldIn('换了灯泡')).toBeNull();
    expect(toldIn('换了灯泡，还没有告诉过她')).toBeNull();
  });
  it('leaves the resident’s own sentence', () => {
    expect(sentenceIn('不满意 电话 本人 晚上还是闪')).toBe('晚上还是闪');
    expect(sentenceIn('满意 电话 本人')).toBe('');
    expect(sentenceIn('不满意，电话，本人，说电话一直没人接')).toBe('说电话一直没人接');
  });
});

describe('told, or not', () => {
  it.each(['没打通电话', '电话没接', '还没告诉她 电话', '未当面', '电话打不通'])('%s: not told', (text) => {
    expect(saysNotTold(text)).toBe(true);
  });
  it.each(['电话', '当面', '电话，她说不用来了', '电话 家里人接的', '短信 没意见', ''])(
    '%s: told',
    (text) => {
      expect(saysNotTold(text)).toBe(false);
    },
  );
});
