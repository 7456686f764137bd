import { describe, expect, it } from 'vitest';
import { answerIn, beyondSatisfaction, satisfactionIn } from '../../src/domain/issue-answer.ts';

describe('what the resident said (decision 19)', () => {
  it.each([
    '满意',
    '很满意 电话 老伴',
    '挺满意的',
    '灯不闪了，很满意',
    '修得不错很满意',
    '没问题很满意',
    '非常满意',
    '满意度：满意',
    '问他满意不满意，他说满意',
  ])('content: %s', (text) => expect(satisfactionIn(text)).toBe('good'));
  it.each(['基本满意 电话', '还算满意', '基本上满意'])('fairly: %s', (text) =>
    expect(satisfactionIn(text)).toBe('fair'),
  );
  it.each([
    '不满意',
    '不太满意 电话 本人',
    '不是很满意',
    '谈不上满意',
    '不怎么满意',
    '不够满意',
    '不 太 满意',
    '满意度低',
    '满意度不高',
    '一点都不满意',
    '不能令人满意',
    '没得到满意的答复',
    '满意个啥',
    '灯没修好，不满意',
    '不满意 电话 本人 原先说满意是怕麻烦',
  ])('not content: %s', (text) => expect(satisfactionIn(text)).toBe('bad'));
  it.each([
    '没有不满意',
    '没什么不满意的',
    '不是不满意',
    '满意吗',
    '谁会满意',
    '不能更满意了',
    '满意 其实不太满意',
    '原来不满意，现在满意了',
    '没说满意也没说不满意',
  ])('a person has to look: %s', (text) => expect(satisfactionIn(text)).toBe('unclear'));
  it.each(['还行', '电话 本人', '很不满', ''])('not said: %s', (text) =>
    expect(satisfactionIn(text)).toBeNull(),
  );
});

describe('what a line about it says', () => {
  it.each(['没联系上', '打了三次电话都没人接，明天再打', '本人电话打不通'])(
    'nobody was reached: %s',
    (text) => expect(answerIn(text)).toBe('notReached'),
  );
  it.each([
    ['不满意 电话 本人 报修电话打不通，灯还是坏的', 'bad'],
    ['满意 电话 本人 头一回没人接', 'good'],
    ['电话 本人 报修电话打不通', null],
    ['一般 电话 本人 晚上打不通', null],
    ['不满意 电话 本人 上次点错了单元', 'bad'],
    ['点错了', 'misclick'],
    ['我点错了，应该是不满意', 'misclick'],
  ])('%s', (text, said) => expect(answerIn(text)).toBe(said));
});

it('a sentence that says 不满意 in other words is no reason', () => {
  expect(['不太满意', '他说不满意的', '不太满意，灯还是闪', '太慢'].map(beyondSatisfaction)).toEqual([
    '',
    '',
    '不太满意，灯还是闪',
    '太慢',
  ]);
});
