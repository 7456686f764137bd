/**
 * Where words end, by the dictionary of the JavaScript engine itself (ICU's, in Node and in workerd): used to
 * tell 钱秀兰|血压 from 白洁|孩子 when nothing stands between. Without it every character is a word, and the
 * name tables decide alone.
 */
let segmenter: Intl.Segmenter | null | undefined;

/** Ends of the words of a short text, e.g. '白洁孩子托管' → {1, 2, 4, 6}. Callers bound the length. */
export function wordEnds(text: string): ReadonlySet<number> {
  segmenter ??=
    typeof Intl.Segmenter === 'function' ? new Intl.Segmenter('zh', { granularity: 'word' }) : null;
  const ends = new Set<number>();
  if (segmenter === null) {
    for (let i = 1; i <= text.length; i++) ends.add(i);
    return ends;
  }
  for (const part of segmenter.segment(text)) ends.add(part.index + part.segment.length);
  return ends;
}
