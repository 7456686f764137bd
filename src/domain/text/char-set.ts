/** For patterns and tables: the figures and the letters of ASCII. */
export const ASCII_DIGITS = '0123456789';
export const ASCII_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** What \s takes in a pattern. */
export const WHITE_SPACE =
  ' \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff';

/**
 * A set of characters of the basic plane, asked by code at an index of a text: no one-character string is made and
 * hashed for the question, which a line asks some hundred times. 8 kB each.
 */
export class CharSet {
  private readonly bits = new Int32Array(2048);

  constructor(chars: Iterable<string>) {
    for (const char of chars) this.add(char.charCodeAt(0));
  }

  /** True if the set holds the character with this code. */
  has(code: number): boolean {
    return ((this.bits[code >> 5] ?? 0) & (1 << (code & 31))) !== 0;
  }

  /** True if one of its characters stands at `at`; false behind the end of the text. */
  at(text: string, at: number): boolean {
    return at < text.length && this.has(text.charCodeAt(at));
  }

  add(code: number): void {
    this.bits[code >> 5] = (this.bits[code >> 5] ?? 0) | (1 << (code & 31));
  }
}
