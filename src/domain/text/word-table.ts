import { CharSet } from './char-set.ts';

const NONE: readonly string[] = [];

/** Words by their first character: where none of them can begin, one look says so. */
export class WordTable {
  private readonly first: CharSet;
  private readonly byFirst = new Map<number, string[]>();

  constructor(words: readonly string[]) {
    this.first = new CharSet(words);
    for (const word of words) {
      const list = this.byFirst.get(word.charCodeAt(0));
      if (list) list.push(word);
      else this.byFirst.set(word.charCodeAt(0), [word]);
    }
  }

  /** Those that begin with the character at `at`, in the order given. */
  candidates(text: string, at: number): readonly string[] {
    return this.first.at(text, at) ? (this.byFirst.get(text.charCodeAt(at)) ?? NONE) : NONE;
  }

  /** The first of them, in the order given, that stands at `at`; '' when none does. */
  at(text: string, at: number): string {
    for (const word of this.candidates(text, at)) if (text.startsWith(word, at)) return word;
    return '';
  }
}

/** Longest first, for tables where one word begins another. */
export function longestFirst(words: readonly string[]): string[] {
  return [...words].sort((a, b) => b.length - a.length);
}
