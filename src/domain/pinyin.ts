import { pinyin } from 'pinyin-pro';
import { normaliseName } from './names.ts';

/** Toneless pinyin of a whole name (`zhang mou`), surnames by their own reading: the look-up key of homophones (decision 24). */
export function pinyinOf(name: string): string {
  const text = normaliseName(name);
  return text === '' ? '' : pinyin(text, { toneType: 'none', surname: 'head' });
}
