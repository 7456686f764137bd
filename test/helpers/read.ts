/**
 * What finds a word where somebody would read it. A short number also stands by chance within random
 * tokens, ids and the milliseconds of a log line: there it is no room, and a test that takes it for one
 * fails once in a hundred runs.
 */
export function asRead(word: string): RegExp {
  const plain = word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return /^\d{1,4}$/.test(word) ? new RegExp(`(?<!\\w)${plain}(?!\\w)`, 'u') : new RegExp(plain, 'u');
}
