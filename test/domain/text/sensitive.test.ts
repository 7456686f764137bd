import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSensitive, guardKinds, scrub } from '../../../src/domain/text/sensitive.ts';

/** What was found, as `kind:words`. */
const found = (text: string) =>
  findSensitive(text).map(({ kind, start, end }) => `${kind}:${text.slice(start, end)}`);

describe('numbers by their form', () => {
  it.each([
    ['打13912345678找他', 'phone:13912345678'],
    ['139 1234 5678', 'phone:139 1234 5678'],
    ['139-1234-5678', 'phone:139-1234-5678'],
    ['１３９１２３４５６７８', 'phone:１３９１２３４５６７８'],
    ['一三九一二三四五六七八', 'phone:一三九一二三四五六七八'],
    ['幺三九幺二三四五六七八', 'phone:幺三九幺二三四五六七八'],
    ['+86 13912345678', 'phone:+86 13912345678'],
    ['8613912345678', 'phone:8613912345678'],
    ['0451-82345678', 'phone:0451-82345678'],
    ['电话：82345678', 'phone:82345678'],
    ['张某13912345678李某', 'phone:13912345678'],
    ['身份证11010519491231002X', 'id:11010519491231002X'],
    ['11010519491231002x', 'id:11010519491231002x'],
    ['110105 19491231 002X', 'id:110105 19491231 002X'],
    ['110105194912310021', 'id:110105194912310021'],
    ['110105491231002', 'id:110105491231002'],
    ['卡号6222021234567890128', 'bankcard:6222021234567890128'],
    ['6222 0212 3456 7890 128', 'bankcard:6222 0212 3456 7890 128'],
  ])('%s', (text, expected) => {
    expect(found(text)).toEqual([expected]);
  });

  it('tells two numbers in one line apart', () => {
    expect(found('13912345678，13812345678')).toEqual(['phone:13912345678', 'phone:13812345678']);
    expect(found('李某13912345678 身份证110105194912310021')).toEqual([
      'phone:13912345678',
      'id:110105194912310021',
    ]);
  });

  it.each([
    '2026-11-18 15:00',
    '第128号',
    '一共花了13000元',
    '3号楼 1户',
    '12345热线',
    '报警110',
    '95598',
    '二十一三十二',
    '订单2026111812',
  ])('leaves %s alone', (text) => {
    expect(findSensitive(text)).toEqual([]);
  });
});

describe('rooms', () => {
  it.each([
    ['3号楼2单元501', 'room:501'],
    ['3号楼2单元501室', 'room:501室'],
    ['3-2-501', 'room:-2-501'],
    ['３号楼二单元五零一', 'room:五零一'],
    ['5栋1201', 'room:1201'],
    ['402室漏水', 'room:402室'],
    ['12-301 王某', 'room:-301'],
  ])('%s', (text, expected) => {
    expect(found(text)).toEqual([expected]);
  });

  it.each([
    '3号楼 张某',
    '两室一厅',
    '3号楼120户',
    '5栋2026年建的',
    '50-100元',
    '11-18开会',
    '教室漏水',
    '人民路15号',
  ])('leaves %s alone', (text) => {
    expect(findSensitive(text)).toEqual([]);
  });
});

describe('guardKinds (decision 10)', () => {
  it('reminds for phone, ID, bank card, illness and violence', () => {
    expect(
      guardKinds('6号楼 王某 13912345678 得了肺结核 还家暴 110105194912310021 6222021234567890128'),
    ).toEqual(['phone', 'id', 'bankcard', 'illness', 'violence']);
  });

  it('does not remind for a room, a benefit, a record or everyday words', () => {
    expect(guardKinds('3号楼2单元501 低保咨询')).toEqual([]);
    expect(guardKinds('刑满回来想找活')).toEqual([]);
    expect(guardKinds('想打听看病报销、签约家庭医生')).toEqual([]);
  });
});

describe('scrub', () => {
  it('keeps the building and drops what points to one person', () => {
    expect(scrub('3号楼2单元501 张某 139-1234-5678 证110105194912310021 卡6222021234567890128')).toBe(
      '3号楼2单元[room] 张某 [phone] 证[id] 卡[card]',
    );
  });

  it('leaves no run of eleven digits, whatever is written around a phone number', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.integer({ min: 13000000000, max: 19999999999 }),
        fc.string(),
        (before, phone, after) => {
          fc.pre(
            !/[\d０-９零一二三四五六七八九幺两〇○壹贰叁肆伍陆柒捌玖XxＸｘ.·+-]\s*$/.test(before) &&
              !/^\s*[\d０-９零一二三四五六七八九幺两〇○壹贰叁肆伍陆柒捌玖XxＸｘ.·-]/.test(after),
          );
          expect(scrub(`${before}${phone}${after}`)).not.toContain(String(phone));
        },
      ),
    );
  });

  it('never throws and never overlaps', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        let from = 0;
        for (const { start, end } of findSensitive(text)) {
          expect(start).toBeGreaterThanOrEqual(from);
          expect(end).toBeGreaterThan(start);
          from = end;
        }
        expect(from).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
