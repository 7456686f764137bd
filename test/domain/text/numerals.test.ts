import { describe, expect, it } from 'vitest';
import { toDigits } from '../../../src/domain/text/numerals.ts';

describe('Chinese numerals', () => {
  it.each([
    ['三', '3'],
    ['十', '10'],
    ['十二', '12'],
    ['二十', '20'],
    ['二十一', '21'],
    ['三零二', '302'],
    ['一二〇三', '1203'],
    ['一百零三', '103'],
    ['一百二', '120'],
    ['一百二十', '120'],
    ['五百一十二', '512'],
    ['一千零二', '1002'],
    ['零八', '08'],
    ['12', '12'],
    ['甲', '甲'],
    ['', ''],
  ])('%s', (text, digits) => {
    expect(toDigits(text)).toBe(digits);
  });
});
