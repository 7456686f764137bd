import { describe, expect, it } from 'vitest';
import type { Field } from '../../cards/card.ts';
import { dayAtHead } from '../../src/domain/spoken-day.ts';
import { codeOf, idOfCode } from '../../src/domain/text/card-code.ts';
import { labelMeant, spokenLabels } from '../../src/domain/text/spoken-labels.ts';
import { wayLine } from '../../src/domain/text/way-line.ts';
import { fillForm, formHint } from '../../src/work/ways-fill.ts';

/** Wednesday. */
const NOW = Date.parse('2026-11-18T15:00:00+08:00');

describe('the number of a card', () => {
  it('is short, begins with K, and comes back', () => {
    for (const id of [1, 30, 31, 960, 961, 29_791, 1_234_567, 90_000_000]) {
      expect(codeOf(id)).toMatch(/^K[2-9A-HJKMNP-Z]{3,7}$/);
      expect(idOfCode(codeOf(id))).toBe(id);
      expect(idOfCode(codeOf(id).toLowerCase())).toBe(id);
    }
  });

  it('notices every wrong character and every two that changed places', () => {
    const alphabet = [...'23456789ABCDEFGHJKMNPQRSTUVWXYZ'];
    const code = codeOf(48_213);
    for (let at = 1; at < code.length; at += 1) {
      for (const char of alphabet.filter((each) => each !== code[at]))
        expect(idOfCode(`${code.slice(0, at)}${char}${code.slice(at + 1)}`)).toBeNull();
      const [a, b] = [code[at] ?? '', code[at + 1] ?? ''];
      if (b !== '' && a !== b)
        expect(idOfCode(`${code.slice(0, at)}${b}${a}${code.slice(at + 2)}`)).toBeNull();
    }
  });
});

describe('a line that stands for a press', () => {
  it.each([
    ['退回 128 这段路归市政', { label: '退回', number: 128, code: null, rest: '这段路归市政', sure: false }],
    ['退回第128号，这段路归市政', { label: '退回', number: 128, rest: '这段路归市政' }],
    ['/按建议办 128', { label: '按建议办', number: 128, rest: '' }],
    ['修改 K3F7 3号楼 张某', { label: '修改', code: 'K3F7', number: null, rest: '3号楼 张某' }],
    ['修改k3f7', { label: '修改', code: 'k3f7', rest: '' }],
    ['修改K3F7：3号楼', { label: '修改', code: 'K3F7', rest: '3号楼' }],
    ['第128号 K3F7', { label: '第128号', code: 'K3F7' }],
    ['Ｋ３Ｆ７', { label: '', rest: '' }],
    ['确定 解除 K3F7', { label: '解除', code: 'K3F7', sure: true }],
    ['等着确认 3 K3F7', { label: '等着确认3', code: 'K3F7' }],
  ])('reads %s', (text, read) => {
    expect(wayLine(text)).toMatchObject(read);
  });

  it.each(['走访 3号楼 张某', '6号楼2单元501', '128', '今天去了K2栋', '谢谢', ''])(
    'leaves %s alone',
    (text) => {
      expect(wayLine(text)).toBeNull();
    },
  );
});

describe('what one types for a label', () => {
  it('is short where it can be, and each is another', () => {
    expect(spokenLabels(['满意', '基本满意', '不满意，原因…', '没联系上'])).toEqual([
      '满意',
      '基本满意',
      '不满意',
      '没联系上',
    ]);
    expect(spokenLabels(['去不了：出差', '去不了：生病', '停用', '停用', '是“住房物业”'])).toEqual([
      '去不了出差',
      '去不了生病',
      '停用',
      '停用2',
      '是住房物业',
    ]);
  });

  it.each([
    ['退回', 1],
    ['推回', 1],
    ['申请延起', 2],
    ['申请', 2],
    ['按建义办', 0],
    ['上报', -1],
  ])('understands %s', (typed, index) => {
    expect(labelMeant(typed, ['按建议办', '退回', '申请延期'], { exact: false })).toBe(index);
  });

  it('takes no guess where another reading was right', () => {
    expect(labelMeant('推回', ['退回'], { exact: true })).toBe(-1);
  });
});

describe('a form filled from one line', () => {
  const later: Field[] = [
    { kind: 'date', name: 'day', label: '延到哪天', required: true, value: '2026-12-02' },
    { kind: 'text', name: 'reason', label: '为什么（会告诉群众）', multiline: true, required: true },
  ];
  const here: Field[] = [
    {
      kind: 'select',
      name: 'handler',
      label: '由谁来办',
      required: true,
      options: [
        { label: '石小红', value: 'm1' },
        { label: '李梅', value: 'm2' },
      ],
    },
    { kind: 'date', name: 'day', label: '最晚哪天', value: '2026-11-27' },
  ];

  it.each([
    ['11-30 缺配件', '2026-11-30'],
    ['11月30日缺配件', '2026-11-30'],
    ['下周三 缺配件', '2026-11-25'],
    ['后天，缺配件', '2026-11-20'],
    ['缺配件 1-5', '2027-01-05'],
    ['为什么：缺配件 延到哪天：明天', '2026-11-19'],
  ])('takes %s', (rest, day) => {
    expect(fillForm(later, rest, NOW)).toMatchObject({
      form: { day, reason: '缺配件' },
      missing: [],
      left: '',
    });
  });

  it('says what is missing, and keeps what was typed', () => {
    const filled = fillForm(later, '11-30', NOW);
    expect(filled.missing.map((field) => field.name)).toEqual(['reason']);
    expect(formHint(later, NOW, filled)).toBe('11月30日 〔为什么〕');
    expect(formHint(later, NOW)).toBe('〔延到哪天〕 〔为什么〕');
  });

  it.each([
    ['李梅 12-2', 'm2', '2026-12-02'],
    ['12月2日 李梅', 'm2', '2026-12-02'],
    ['2', 'm2', '2026-11-27'],
    ['李没', 'm2', '2026-11-27'],
    ['李梅12月2日', 'm2', '2026-12-02'],
  ])('chooses by name, by sound or by place: %s', (rest, handler, day) => {
    expect(fillForm(here, rest, NOW)).toMatchObject({ form: { handler, day }, missing: [] });
  });

  it('takes figures behind the words for the choices, in the order of the hint', () => {
    const done: Field[] = [
      { kind: 'text', name: 'result', label: '办得怎么样', required: true, multiline: true },
      {
        kind: 'select',
        name: 'kind',
        label: '办成了哪一种',
        options: [
          { label: '已解决', value: 'solved' },
          { label: '部分解决', value: 'partly' },
        ],
      },
      {
        kind: 'select',
        name: 'told',
        label: '告诉群众了吗',
        options: [
          { label: '当面告诉了', value: 'face' },
          { label: '还没有', value: 'no' },
        ],
      },
    ];
    expect(fillForm(done, '疏通了 2 1', NOW).form).toEqual({
      result: '疏通了',
      kind: 'partly',
      told: 'face',
    });
    expect(fillForm(done, '疏通了 1', NOW).form).toEqual({ result: '疏通了 1' });
    expect(fillForm(done, '疏通了 9 9', NOW).form).toEqual({ result: '疏通了 9 9' });
  });

  it('takes the texts in their order, and several of a list', () => {
    const fields: Field[] = [
      { kind: 'text', name: 'name', label: '姓名', required: true },
      {
        kind: 'select',
        name: 'role',
        label: '角色',
        options: [{ label: '网格员', value: 'g' }],
        required: true,
      },
      { kind: 'text', name: 'phone', label: '手机号（可不填）' },
      {
        kind: 'multi',
        name: 'days',
        label: '哪几天',
        options: ['一', '二', '三'].map((d) => ({ label: `周${d}`, value: d })),
      },
    ];
    expect(fillForm(fields, '王芳 网格员 周一、周三 13800000000', NOW).form).toEqual({
      name: '王芳',
      role: 'g',
      phone: '13800000000',
      days: ['一', '三'],
    });
    expect(fillForm(fields, '王芳', NOW).missing.map((field) => field.name)).toEqual(['role']);
  });

  it('keeps a date inside words where no date is asked', () => {
    const fields: Field[] = [
      { kind: 'text', name: 'result', label: '怎么解决的', multiline: true, required: true },
    ];
    expect(fillForm(fields, '11月3日换了灯泡，试过能亮', NOW).form.result).toBe('11月3日换了灯泡，试过能亮');
  });
});

describe('a day as it is said', () => {
  it.each([
    ['昨天', 'past', '2026-11-17'],
    ['11-3', 'past', '2026-11-03'],
    ['11-25', 'near', '2026-11-25'],
    ['11-3', 'near', '2026-11-03'],
    ['11-3', 'future', '2027-11-03'],
    ['2026-12-02', 'past', '2026-12-02'],
    ['周五', 'future', '2026-11-20'],
    ['周五', 'past', '2026-11-13'],
  ] as const)('reads %s towards %s', (text, towards, day) => {
    expect(dayAtHead(text, NOW, towards)?.day).toBe(day);
  });
});
