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

/** Longest word of the table; keeps the look-up linear in the length of the line. */
const LONGEST = 8;

let wordTable: Map<string, number[]> | undefined;

function conceptWords(): Map<string, number[]> {
  if (wordTable) return wordTable;
  const table = new Map<string, number[]>();
  readConcepts().forEach((concept, index) => {
    for (const word of concept.words) {
      const list = table.get(word);
      if (list === undefined) table.set(word, [index]);
      else if (!list.includes(index)) list.push(index);
    }
  });
  wordTable = table;
  return table;
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
    if (line[i] === ' ') continue;
    const longest = Math.min(LONGEST, line.length - i);
    for (let n = longest; n > 0; n -= 1) {
      const found = table.get(line.slice(i, i + n));
      if (found === undefined) continue;
      for (const index of found) concepts.add(index);
      break;
    }
    grams.add(line.slice(i, i + 1));
    if (i + 1 >= line.length || line[i + 1] === ' ') continue;
    grams.add(line.slice(i, i + 2));
  }
  return { grams: [...grams], concepts: [...concepts].sort((a, b) => a - b) };
}
