import { OTHER_SYLLABLES, SYLLABLES } from './words/syllables.ts';

/** Readings without tones, the usual one first; built at the first homophone, so exact lines never pay for it. */
let table: Map<string, string[]> | null = null;

function readings(): Map<string, string[]> {
  if (table) return table;
  table = new Map();
  for (const syllables of [SYLLABLES, OTHER_SYLLABLES]) {
    for (const [syllable, characters] of Object.entries(syllables)) {
      for (const char of characters) {
        const known = table.get(char);
        if (known) known.push(syllable);
        else table.set(char, [syllable]);
      }
    }
  }
  return table;
}

/** All readings of one character without tone ('单' → dan, chan, shan); the character itself when it has none here. */
export function readingsOf(char: string): readonly string[] {
  return readings().get(char) ?? [char];
}

/** True if both texts have as many characters and each pair shares a reading: 走坊 sounds like 走访. */
export function soundsAlike(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    const left = a.charAt(i);
    const right = b.charAt(i);
    if (left === right) continue;
    const other = readingsOf(right);
    if (!readingsOf(left).some((reading) => other.includes(reading))) return false;
  }
  return true;
}
