import { CharSet } from './char-set.ts';
import { longestFirst, WordTable } from './word-table.ts';
import { MINORITY_PARTS } from './words/minority-names.ts';

const MINORITY_BY_FIRST = new WordTable(longestFirst(MINORITY_PARTS));

/** 努尔|兰, 古丽娜|尔: a part that is known and characters that write sounds, to the end of the segment. */
export function soundsTo(folded: string, from: number, end: number): number {
  if (end - from > 3) return from;
  for (let i = from; i < end; i++) if (!SOUNDS.at(folded, i)) return from;
  return end;
}

const SOUNDS = new CharSet(
  '尔兰丁江汗娜提克木别买力合孜吐依布拉热阿巴特曼莎迪丽亚图苏艾尼玛吉扎加央卓措嘎东日呷万古',
);

/** Where the known parts of such a name that begin at `at` end; 0 where there is none. */
export function minorityEnd(folded: string, at: number, end: number): number {
  let i = at;
  for (let guard = 0; guard < 4; guard++) {
    let known = 0;
    for (const part of MINORITY_BY_FIRST.candidates(folded, i)) {
      if (i + part.length > end || !folded.startsWith(part, i)) continue;
      known = part.length;
      break;
    }
    if (known === 0) break;
    i += known;
  }
  return i > at ? i : 0;
}
