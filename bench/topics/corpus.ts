import { readFileSync } from 'node:fs';
import { TOPICS } from '../../src/domain/text/topic-list.ts';

/** One labelled line; `topic` is the index in TOPICS. */
export interface Labelled {
  text: string;
  topic: number;
  urgent: boolean;
}

/** Reads a corpus of three tab-separated columns; lines that begin with # are comments. */
export function readCorpus(path: string): Labelled[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [text = '', topic = '', urgent = ''] = line.split('\t');
      const index = (TOPICS as readonly string[]).indexOf(topic);
      if (index < 0) throw new Error(`unknown topic in ${path}: ${line}`);
      return { text, topic: index, urgent: urgent === 'urgent' };
    });
}

/** The fold of a line for k-fold tests: fixed by its text, so that no order of the file matters. */
export function foldOf(text: string, folds: number): number {
  let hash = 2166136261;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16777619) >>> 0;
  return hash % folds;
}
