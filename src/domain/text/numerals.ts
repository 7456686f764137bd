import { CharSet } from './char-set.ts';

/** Chinese numerals as people write and dictate them: 二十一 → 21, 三零二 → 302, 一百零三 → 103. */

const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  幺: 1,
};
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

/** The class of all numeral characters, for use inside a regular expression. */
export const NUMERAL = '零〇一二两三四五六七八九十百千幺';
const NUMERALS = new CharSet(NUMERAL);

/**
 * The value as half-width digits, or the text itself when it is no numeral. Digits said one by one keep
 * their noughts (零八 → '08').
 */
export function toDigits(text: string): string {
  if (!NUMERALS.at(text, 0)) return text;
  let hasUnit = false;
  for (const char of text) {
    if (UNITS[char] !== undefined) hasUnit = true;
    else if (DIGITS[char] === undefined) return text;
  }
  if (!hasUnit) return Array.from(text, (char) => String(DIGITS[char] ?? char)).join('');
  let total = 0;
  let pending = 0;
  let lastUnit = 1;
  for (const char of text) {
    const unit = UNITS[char];
    if (unit === undefined) {
      pending = DIGITS[char] ?? 0;
    } else {
      total += (pending || 1) * unit;
      pending = 0;
      lastUnit = unit;
    }
  }
  // 一百二 is 120, 一百零二 is 102.
  const shortened = lastUnit >= 100 && !/[零〇]/.test(text);
  return String(total + (shortened ? (pending * lastUnit) / 10 : pending));
}
