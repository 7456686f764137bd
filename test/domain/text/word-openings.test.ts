import { describe, expect, it } from 'vitest';
import { GIVEN_CHARACTERS } from '../../../src/domain/text/words/given-characters.ts';
import { NEVER_GIVEN, NOT_NAMES } from '../../../src/domain/text/words/not-names.ts';
import { opensWord } from '../../../src/domain/text/words/word-openings.ts';

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
const given = Array.from({ length: 0x9fff - 0x4e00 }, (_, i) => 0x4e00 + i)
  .filter((code) => GIVEN_CHARACTERS.has(code) && !NEVER_GIVEN.has(code))
  .map((code) => String.fromCharCode(code));

/** The words that the engine makes of a surname and every two characters of given names. */
function wordsBehind(surname: string): string[] {
  return given
    .filter((first) => !NOT_NAMES.has(surname + first))
    .flatMap((first) => {
      const words = segmenter.segment(given.map((second) => surname + first + second).join('\n'));
      return given.flatMap((_, i) => {
        const word = words.containing(4 * i)?.segment ?? '';
        return word.length === 3 ? [word] : [];
      });
    });
}

describe('the table of openings', () => {
  // One surname with every two characters: two million questions; the table was made with all of them.
  it('misses no word of the dictionary', () => {
    const words = wordsBehind('孙');
    expect(words).toContain('孙悟空');
    expect(words.filter((word) => !opensWord(word))).toEqual([]);
  }, 60_000);

  it('lets the names of neighbours through unasked', () => {
    expect(['张桂英', '李玉兰', '王德福', '陈和春'].filter(opensWord)).toEqual([]);
  });
});
