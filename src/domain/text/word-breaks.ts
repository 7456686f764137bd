/**
 * Where words end, by the dictionary of the JavaScript engine itself (ICU's, in Node and in workerd): used to
 * tell 钱秀兰|血压 from 白洁|孩子 when nothing stands between. Without it every character is a word, and the
 * name tables decide alone.
 */
let segmenter: Intl.Segmenter | null | undefined;

/** The ends of the words of a text of at most 30 characters. */
class WordEnds {
  constructor(
    private readonly bits: number,
    readonly size: number,
  ) {}

  has(at: number): boolean {
    return ((this.bits >> at) & 1) === 1;
  }
}

/** The text that was cut last: a name is judged more than once before it is taken, and the engine is slow. */
let lastText = '';
let lastEnds = new WordEnds(0, 0);

/** Ends of the words of a short text, e.g. '白洁孩子托管' → {1, 2, 4, 6}. Callers bound the length. */
export function wordEnds(text: string): WordEnds {
  if (text !== lastText) {
    lastEnds = cut(text);
    lastText = text;
  }
  return lastEnds;
}

function cut(text: string): WordEnds {
  segmenter ??=
    typeof Intl.Segmenter === 'function' ? new Intl.Segmenter('zh', { granularity: 'word' }) : null;
  const segments = segmenter?.segment(text);
  let bits = 0;
  let size = 0;
  // Asked word by word, for iterating costs the engine twice as much.
  for (let end = 0; end < text.length; size++) {
    end += segments?.containing(end)?.segment.length ?? 1;
    bits |= 1 << end;
  }
  return new WordEnds(bits, size);
}
