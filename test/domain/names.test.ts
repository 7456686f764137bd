import { describe, expect, it } from 'vitest';
import {
  isPersonName,
  maskName,
  normaliseName,
  pinyinOf,
  samePerson,
  surnameOf,
} from '../../src/domain/names.ts';

describe('the same person (decision 24)', () => {
  it.each([
    ['王桂芳', '王贵芳', 'same'],
    ['王桂芳', ' 王桂芳家', 'same'],
    ['薛桂芬大娘', '薛桂芬', 'same'],
    ['阿依古丽·买买提', '阿依古丽•买买提', 'same'],
    ['陈奶奶', '陈玉兰', 'maybe'],
    ['张某', '张桂芳', 'maybe'],
    ['老李', '李大爷', 'maybe'],
    ['张某老伴', '张某', 'maybe'],
    ['欧阳某', '欧阳娜', 'maybe'],
    ['', '李伟', 'maybe'],
    ['张大爷', '张奶奶', 'different'],
    ['李伟', '李强', 'different'],
    ['李伟', '王伟', 'different'],
    ['欧阳娜', '欧某', 'different'],
  ])('%s and %s', (a, b, answer) => {
    expect(samePerson(a, b)).toBe(answer);
    expect(samePerson(b, a)).toBe(answer);
  });
});

describe('names in lists (decision 7)', () => {
  it.each([
    ['张桂芳', '张某'],
    ['李大爷', '李某'],
    ['老王头', '王某'],
    ['欧阳娜', '欧阳某'],
    ['阿依古丽·买买提', '阿某'],
    ['', '某'],
  ])('%s', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });

  it('finds the surname behind 老 and 小', () => {
    expect(['老张', '小欧阳', '张姐', '赵某某', 'David'].map(surnameOf)).toEqual([
      '张',
      '欧阳',
      '张',
      '赵',
      null,
    ]);
  });
});

describe('what a name is', () => {
  it.each(['王桂芳', '张某', '李大爷', '老李', '司马青', '阿依古丽·买买提', '扎西多吉'])(
    '%s is one',
    (name) => {
      expect(isPersonName(name)).toBe(true);
    },
  );

  it.each(['低保咨询', '高血压', '3号楼', '', '安全隐患', '马上'])('%s is none', (text) => {
    expect(isPersonName(text)).toBe(false);
  });

  it('is written in one form', () => {
    expect(normaliseName(' 张 桂芳家里 ')).toBe('张桂芳');
    expect(pinyinOf('王桂芳')).toBe(pinyinOf('王贵芳'));
    expect(pinyinOf('单某')).toBe('shan mou');
  });
});
