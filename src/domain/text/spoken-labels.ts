import { distance } from './distance.ts';
import { soundsAlike } from './pinyin.ts';

const MARKS = /[“”"'‘’（）()…·。！？!?「」《》【】]/gu;
const PARTS = /[，,：:\s]+/u;

/**
 * What one types for each label of a card: without marks, and only the part before the first comma where that is
 * enough to tell it from the others (不满意，原因… → 不满意). Labels that stand there twice get a number: 停用, 停用2.
 */
export function spokenLabels(labels: readonly string[]): string[] {
  const parts = labels.map((label) => label.replace(MARKS, '').split(PARTS).filter(Boolean));
  const heads = parts.map(([head]) => head ?? '');
  const words = parts.map((part, index) => {
    const head = heads[index] ?? '';
    const alone = heads.every((other, at) => at === index || other !== head || labels[at] === labels[index]);
    return (alone ? head : part.join('')) || '按钮';
  });
  const seen = new Map<string, number>();
  return words.map((word) => {
    const times = (seen.get(word) ?? 0) + 1;
    seen.set(word, times);
    return times === 1 ? word : `${word}${times}`;
  });
}

/**
 * Which of the labels a typed word means; -1: none, or more than one. Beginnings, the same sound and one wrong
 * character are taken too, unless `exact`.
 */
export function labelMeant(typed: string, labels: readonly string[], options: { exact: boolean }): number {
  const word = typed.replace(MARKS, '').split(PARTS).join('');
  const spoken = spokenLabels(labels);
  const whole = labels.map((label) => label.replace(MARKS, '').split(PARTS).join(''));
  const same = spoken.indexOf(word);
  if (same >= 0) return same;
  const full = whole.indexOf(word);
  if (full >= 0 || options.exact || word.length < 2) return full;
  const close: ((label: string) => boolean)[] = [
    (label) => label.startsWith(word) || (label.length >= 2 && word.startsWith(label)),
    (label) => soundsAlike(label, word),
    (label) => word.length >= 3 && label.length >= 3 && distance(label, word) === 1,
  ];
  for (const fits of close) {
    const found = spoken.flatMap((label, index) => (fits(label) ? [index] : []));
    if (found.length > 0) return found.length === 1 ? (found[0] ?? -1) : -1;
  }
  return -1;
}
