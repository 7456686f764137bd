/** For patterns and tables: the figures and the letters of ASCII. */
export const ASCII_DIGITS = '0123456789';
export const ASCII_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

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
