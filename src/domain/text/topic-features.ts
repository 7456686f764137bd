import { TOPIC_CONCEPTS } from './data/topic-concepts.ts';
import { TOPICS } from './topic-list.ts';

/** A group of words that speak of one thing; `topic` is the index of the usual topic, -1 for none. */
export interface Concept {
  name: string;
  topic: number;
  words: string[];
}

/** Features of a line: short character strings, and the concepts (by index, sorted) that its words touch. */
export interface LineFeatures {
  grams: string[];
  concepts: number[];
}

/** The concept table as written in the data file. */
export function readConcepts(): Concept[] {
  return TOPIC_CONCEPTS.trim()
    .split('\n')
    .map((line) => {
      const colon = line.indexOf(': ');
      const [name = '', topic = '-'] = line.slice(0, colon).split(' ');
      return {
        name,
        topic: (TOPICS as readonly string[]).indexOf(topic),
        words: line.slice(colon + 2).split(' '),
      };
    });
}

interface Words {
  concepts: Map<string, number[]>;
  /** Length of the longest word that begins with a character; bounds the look-ups at each place. */
  longest: Map<string, number>;
}

let words: Words | undefined;

function conceptWords(): Words {
  if (words) return words;
  const concepts = new Map<string, number[]>();
  const longest = new Map<string, number>();
  readConcepts().forEach((concept, index) => {
    for (const word of concept.words) {
      const first = word.slice(0, 1);
      longest.set(first, Math.max(longest.get(first) ?? 0, word.length));
      const list = concepts.get(word);
      if (list === undefined) concepts.set(word, [index]);
      else if (!list.includes(index)) list.push(index);
    }
  });
  words = { concepts, longest };
  return words;
}

/** Full width to half, letters to lower case, digits to one sign, everything else that is not Han to a gap. */
export function plainLine(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\d+/g, '0')
    .replace(/[^\p{Script=Han}a-z0]+/gu, ' ')
    .trim();
}

/**
 * Features of one line, each once: single characters and pairs of neighbours that cross no gap, and concepts, where at
 * each place only the longest word counts. Linear in the length.
 */
export function featuresOf(text: string): LineFeatures {
  const line = plainLine(text);
  const table = conceptWords();
  const grams = new Set<string>();
  const concepts = new Set<number>();
  for (let i = 0; i < line.length; i += 1) {
    const char = line.charAt(i);
    if (char === ' ') continue;
    for (let n = Math.min(table.longest.get(char) ?? 0, line.length - i); n > 0; n -= 1) {
      const found = table.concepts.get(line.slice(i, i + n));
      if (found === undefined) continue;
      for (const index of found) concepts.add(index);
      break;
    }
    grams.add(char);
    const next = line.charAt(i + 1);
    if (next !== '' && next !== ' ') grams.add(char + next);
  }
  return { grams: [...grams], concepts: [...concepts].sort((a, b) => a - b) };
}
