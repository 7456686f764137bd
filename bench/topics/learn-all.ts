import { readConcepts } from '../../src/domain/text/topic-features.ts';
import { TOPICS } from '../../src/domain/text/topic-list.ts';
import type { Labelled } from './corpus.ts';
import { type Example, type Linear, train, Vocabulary } from './learn.ts';

/** Both models over one vocabulary. */
export interface Trained {
  vocabulary: Vocabulary;
  topic: Linear;
  urgent: Linear;
}

/** How much a word of the concept table teaches, beside a whole line. */
const WORD_WEIGHT = 0.5;
/** Missing a danger costs more than a false alarm, which one tap takes back. */
const URGENT_WEIGHT = 4;

/** Trains topic and danger from labelled lines, and topic also from the words of the concept table. */
export function trainAll(lines: readonly Labelled[]): Trained {
  const vocabulary = new Vocabulary();
  const rows = lines.map((line) => vocabulary.row(line.text, true));
  const examples: Example[] = lines.map((line, i) => ({
    row: rows[i] ?? { ids: [], values: [] },
    label: line.topic,
    weight: 1,
  }));
  for (const concept of readConcepts()) {
    if (concept.topic < 0) continue;
    for (const word of concept.words) {
      if (word.length > 1)
        examples.push({ row: vocabulary.row(word, true), label: concept.topic, weight: WORD_WEIGHT });
    }
  }
  const dangers: Example[] = lines.map((line, i) => ({
    row: rows[i] ?? { ids: [], values: [] },
    label: line.urgent ? 1 : 0,
    weight: line.urgent ? URGENT_WEIGHT : 1,
  }));
  const settings = { epochs: 15, rate: 0.3, l2: 0.0005 };
  return {
    vocabulary,
    topic: train(examples, vocabulary.ids.size, TOPICS.length, settings),
    urgent: train(dangers, vocabulary.ids.size, 2, settings),
  };
}
