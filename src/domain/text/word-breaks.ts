/**
 * Where words end, by the dictionary of the JavaScript engine itself (ICU's, in Node and in workerd): used to
 * tell 钱秀兰|血压 from 白洁|孩子 when nothing stands between. Without it every character is a word, and the
 * name tables decide alone.
 */
let segmenter: Intl.Segmenter | null | undefined;

/** Where the words of a short text end. Each question is put to the engine by itself, for it is slow. */
class WordEnds {
  private readonly segments: Intl.Segments | undefined;

  constructor(private readonly text: string) {
    this.segments = segmenter?.segment(text);
  }

  has(at: number): boolean {
    if (at <= 0 || at >= this.text.length || !this.segments) return at > 0 && at <= this.text.length;
    return this.segments.containing(at)?.index === at;
  }

  /** True if the whole text is one word. */
  get one(): boolean {
    if (!this.segments) return this.text.length === 1;
    return this.segments.containing(0)?.segment.length === this.text.length;
  }

  /** How many words there are. */
  get size(): number {
    let size = 0;
    for (let at = 1; at <= this.text.length; at++) if (this.has(at)) size++;
    return size;
  }
}

/** The text that was asked about last: a name is judged more than once before it is taken. */
let last: { text: string; ends: WordEnds } | undefined;

/** Ends of the words of a short text, e.g. '白洁孩子托管' → 1, 2, 4, 6. Callers bound the length. */
export function wordEnds(text: string): WordEnds {
  segmenter ??=
    typeof Intl.Segmenter === 'function' ? new Intl.Segmenter('zh', { granularity: 'word' }) : null;
  if (last?.text !== text) last = { text, ends: new WordEnds(text) };
  return last.ends;
}
