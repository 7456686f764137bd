import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLine } from '../../../src/cli/parse.ts';
import { parseIssue } from '../../../src/domain/text/issue.ts';
import { recogniseCommand } from '../../../src/domain/text/recognise-command.ts';
import { parseVisit } from '../../../src/domain/text/visit.ts';

const NOW = Date.parse('2026-11-18T15:00:00+08:00');
const PIECES = [
  '3号楼',
  '张某',
  '王桂芳',
  '李大爷',
  '昨天',
  '11月3日',
  '电话',
  '低保咨询',
  '，',
  '、',
  ' ',
  '\n',
  '：',
  '地点：',
  '姓名：',
  '内容：',
  '走访人：',
  '和李梅一起',
  '/走访',
  '走访',
  '二单元',
  '501',
  '5-2-301',
  '柳树村三组',
  '未遇',
  '没人',
  '漏水',
  '的',
  '家',
  '（',
  '）',
  '；',
  '座谈',
  '现住',
  '户籍',
  '第',
  '一',
  '1',
  '-',
  '.',
  '·',
  '古丽',
  '号',
  '楼',
];
const patched = fc.array(fc.constantFrom(...PIECES), { maxLength: 24 }).map((parts) => parts.join(''));
const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 60 }),
  patched,
);

const han = (text: string): string[] => [...text].filter((char) => /[\u4e00-\u9fff]/.test(char));

/** Whether `needle` can be read in `hay` in order, leaving characters out. */
function isWithin(needle: string[], hay: string[]): boolean {
  let i = 0;
  for (const char of hay) if (char === needle[i]) i++;
  return i === needle.length;
}

describe('reading is total', () => {
  it('no text makes it throw, and every visit has a contact and a day', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const visit = parseVisit(text, { now: NOW });
        expect(visit.contacts.length).toBeGreaterThanOrEqual(1);
        expect(visit.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
        expect(visit.date <= '2026-11-18').toBe(true);
        parseIssue(text, { now: NOW });
        recogniseCommand(text, { addressed: false, private: false });
        expect(Object.keys(parseLine(text, NOW))).toHaveLength(7);
      }),
      { numRuns: 500 },
    );
  });

  it('a line that names no fact is its own note, character for character', () => {
    const words = [
      '想',
      '申',
      '请',
      '老',
      '伴',
      '病',
      '了',
      '今',
      '年',
      '王',
      '里',
      '家',
      '漏',
      '水',
      '门',
      '口',
      '没',
      '人',
      '，',
      ' ',
      '。',
      '区',
      '组',
      '好',
      '安',
      '全',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 30 }), (parts) => {
        const text = parts.join('');
        const visit = parseVisit(text, { now: NOW });
        const [first] = visit.contacts;
        if (visit.contacts.length > 1 || first?.place != null || first?.person != null || visit.dateGiven)
          return;
        expect(han(visit.note ?? '')).toEqual(han(text));
      }),
      { numRuns: 500 },
    );
  });

  it('what stands in a note, a place or a person was typed', () => {
    fc.assert(
      fc.property(patched, (text) => {
        const visit = parseVisit(text, { now: NOW });
        const typed = han(text);
        expect(isWithin(han(visit.note ?? ''), typed)).toBe(true);
        for (const contact of visit.contacts) {
          expect(isWithin(han(contact.note ?? ''), typed)).toBe(true);
          expect(text.includes(contact.person ?? '')).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
