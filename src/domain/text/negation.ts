/** Characters that turn a word into its opposite; 末 is how 未 gets mistyped. */
const NEGATION = /[不没未末别无非勿莫甭否]/gu;

/** How often a word says no. */
export const negations = (text: string): number => text.match(NEGATION)?.length ?? 0;

/** The word without its no. */
export const withoutNegation = (text: string): string => text.replace(NEGATION, '');

/**
 * Whether one of the two words says no where the other does not: a likeness between them (是急事, 不是急事; 已联系上,
 * 没联系上) is never a misspelling, for it would do the opposite of what was typed.
 */
export function acrossNegation(a: string, b: string): boolean {
  return negations(a) !== negations(b);
}
