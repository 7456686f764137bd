import { COMMAND_WORDS, WORDS_WITH_BREAK } from './command-words.ts';
import { distance } from './distance.ts';
import { acrossNegation, negations } from './negation.ts';
import { isHanAt } from './normalise.ts';
import { soundsAlike } from './pinyin.ts';
import type { CommandName, CommandVia } from './types.ts';

/** One word of the table and what it stands for. */
export interface CommandEntry {
  word: string;
  name: CommandName;
  via: CommandVia;
}

/** Every word of every command. */
export const COMMAND_ENTRIES: readonly CommandEntry[] = COMMAND_WORDS.flatMap(
  ({ name, chinese, aliases }) => [
    { word: chinese, name, via: 'exact' as const },
    ...aliases.map((word) => ({ word, name, via: 'alias' as const })),
  ],
);

/** A misspelt word: what was typed, and the word it was taken for. */
export interface CommandGuess extends CommandEntry {
  typed: string;
}

/** Guessing is for the words of the table that people misspell: two to four characters, not the weak ones. */
const GUESSABLE = COMMAND_ENTRIES.filter(({ word }) => word.length >= 2 && !WORDS_WITH_BREAK.has(word));

/**
 * What changes a group, the roster's owner or a record for good is not for a word that may be another one (解释 is no
 * 解绑, 车速 no 撤诉): only where it sounds the same and is half the same.
 */
const NEVER_GUESSED: ReadonlySet<CommandName> = new Set([
  'unbind',
  'bind',
  'claim',
  'withdrawIssue',
  'withdraw',
  'import',
]);

/**
 * A word of the same sound, then one at edit distance 1; without slash only where the word stands by itself. `parts`:
 * this character parts a word from what follows. Never a word that says the opposite of the command's.
 */
export function guessCommand(
  folded: string,
  firstWord: string,
  slashed: boolean,
  parts: (next: string) => boolean,
): CommandGuess | null {
  const run = hanRun(folded);
  if (run < 1) return null;
  const alone = run <= 4 && (slashed || run === firstWord.length);
  for (const length of [4, 3, 2]) {
    const parted = (alone && run === length) || (length < run && parts(folded.charAt(length)));
    if (length > run || !(slashed || parted)) continue;
    const typed = folded.slice(0, length);
    const same = GUESSABLE.find((entry) => heardAs(entry, typed));
    if (same) return { ...same, via: 'homophone', typed };
  }
  if (run > 5 && !slashed) return null;
  for (const length of [...new Set([Math.min(run, firstWord.length, 5), 3, 2, 1])]) {
    if (length > run) continue;
    const part = folded.slice(0, length);
    const near = GUESSABLE.filter((entry) => worth(entry, part, folded) && distance(entry.word, part) === 1);
    const names = new Set(near.map(({ name }) => name));
    const [only] = near;
    if (only && names.size === 1 && (slashed || length === run)) return { ...only, via: 'near', typed: part };
  }
  return null;
}

/** The command whose word is least far from one that is none; what is never guessed is not offered either. */
export function nearestCommand(word: string): CommandName {
  let best: CommandName = 'help';
  let least = Number.POSITIVE_INFINITY;
  for (const { word: candidate, name } of COMMAND_ENTRIES) {
    const far = distance(candidate, word.slice(0, Math.max(2, candidate.length)));
    if (far < least && far < candidate.length && !NEVER_GUESSED.has(name)) {
      least = far;
      best = name;
    }
  }
  return best;
}

/** 为遇 sounds like 未遇 and is no word; 没走房 is more than 走访. */
function heardAs({ word, name }: CommandEntry, typed: string): boolean {
  if (word.length !== typed.length || negations(typed) > negations(word)) return false;
  if (NEVER_GUESSED.has(name) && ![...word].some((char, at) => char === typed.charAt(at))) return false;
  return soundsAlike(word, typed);
}

/** One letter of two is kept only where the first letter is right and a break follows the misspelt word. */
function worth({ word, name }: CommandEntry, part: string, folded: string): boolean {
  if (NEVER_GUESSED.has(name) || acrossNegation(word, part)) return false;
  const next = folded.charAt(part.length);
  const parted = !isHanAt(next, 0) || word.length > 2;
  return (
    parted &&
    (word.charAt(0) === part.charAt(0) ||
      word.charAt(1) === part.charAt(1) ||
      word.charAt(0) === part.charAt(1))
  );
}

function hanRun(folded: string): number {
  let i = 0;
  while (i < folded.length && i < 12 && isHanAt(folded, i)) i++;
  return i;
}
