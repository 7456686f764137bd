import { distance } from './distance.ts';
import { acrossNegation, withoutNegation } from './negation.ts';
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

/** How a typed word may be like a label, the surest first. */
const CLOSE: readonly ((label: string, word: string) => boolean)[] = [
  (label, word) => label.startsWith(word) || (label.length >= 2 && word.startsWith(label)),
  soundsAlike,
  (label, word) => word.length >= 3 && label.length >= 3 && distance(label, word) === 1,
];

/** As typed, without marks and gaps. */
const bareWord = (text: string): string => text.replace(MARKS, '').split(PARTS).join('');

/**
 * Which of the labels a typed word means; -1: none, or more than one. Beginnings, the same sound and one wrong
 * character are taken too, unless `exact`; never where one of the two says no and the other does not.
 */
export function labelMeant(typed: string, labels: readonly string[], options: { exact: boolean }): number {
  const word = bareWord(typed);
  const spoken = spokenLabels(labels);
  const same = spoken.indexOf(word);
  if (same >= 0) return same;
  const full = labels.map(bareWord).indexOf(word);
  if (full >= 0 || options.exact || word.length < 2) return full;
  for (const fits of CLOSE) {
    const found = spoken.flatMap((label, index) =>
      fits(label, word) && !acrossNegation(label, word) ? [index] : [],
    );
    if (found.length > 0) return found.length === 1 ? (found[0] ?? -1) : -1;
  }
  return -1;
}

/** The labels that a typed word would be like, did it not say the opposite: 不同意延期 is like 不延期 and 同意延期. */
export function labelsAcross(typed: string, labels: readonly string[]): string[] {
  const word = bareWord(typed);
  const yes = withoutNegation(word);
  const says = (label: string): boolean => {
    const core = withoutNegation(label);
    return core.length >= 2 && yes.length >= 2 && (yes.includes(core) || core.startsWith(yes));
  };
  return spokenLabels(labels).filter(
    (label) => CLOSE.some((fits) => fits(label, word)) || (yes !== word && says(label)),
  );
}
