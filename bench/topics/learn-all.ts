import { readConcepts } from '../../src/domain/text/topic-features.ts';
import { TOPICS } from '../../src/domain/text/topic-list.ts';
import type { Labelled } from './corpus.ts';
import { complementBayes, type Example, type Linear, train, Vocabulary } from './learn.ts';

/** A model with the vocabulary that its numbers stand for. */
export interface Trained {
  vocabulary: Vocabulary;
  model: Linear;
}

// The numbers below were chosen by four-fold cross-validation over the own lines.
const TOPIC_SCALE = { one: 1.5, two: 1, concept: 0.7, pair: 0 };
const URGENT_SCALE = { one: 1.5, two: 1, concept: 2, pair: 0.8 };
const EPOCHS = 8;
const RATE = 0.3;
const BAYES_SHARE = 0.8;
/** How much a word of the concept table teaches, beside a whole line. */
const WORD_WEIGHT = 0.5;
/** Missing a danger costs more than a false alarm, which one tap takes back. */
const URGENT_WEIGHT = 4;

/** Said before the need itself, as members type it; teaches that these words decide nothing. */
const OPENINGS = [
  '3号楼 张大爷 ',
  '求助 12栋1单元 ',
  '反映 第二网格 ',
  '5号楼2单元301 李阿姨 ',
  '/诉求 7号楼 王奶奶 ',
  '投诉 梅园小区 ',
  '居民说 ',
  '柳树村3组 老周 ',
  '老李家 ',
  '帮忙反映一下，',
];
const OPENED_WEIGHT = 0.4;

/** Every line as it is, and once more behind an opening. */
function withOpenings(lines: readonly Labelled[]): { line: Labelled; weight: number }[] {
  return lines.flatMap((line, i) => [
    { line, weight: 1 },
    { line: { ...line, text: `${OPENINGS[i % OPENINGS.length] ?? ''}${line.text}` }, weight: OPENED_WEIGHT },
  ]);
}

/** Learns topics from labelled lines and from the words of the concept table: regression plus a share of Bayes. */
export function trainTopic(lines: readonly Labelled[]): Trained {
  const vocabulary = new Vocabulary(TOPIC_SCALE);
  const examples: Example[] = withOpenings(lines).map(({ line, weight }) => ({
    row: vocabulary.row(line.text, true),
    label: line.topic,
    weight,
  }));
  for (const concept of readConcepts()) {
    if (concept.topic < 0) continue;
    for (const word of concept.words) {
      if (word.length > 1)
        examples.push({ row: vocabulary.row(word, true), label: concept.topic, weight: WORD_WEIGHT });
    }
  }
  const model = train(examples, vocabulary.ids.size, TOPICS.length, {
    epochs: EPOCHS,
    rate: RATE,
    l2: 0.002,
  });
  const bayes = complementBayes(examples, vocabulary.ids.size, TOPICS.length);
  return {
    vocabulary,
    model: {
      ...model,
      weights: model.weights.map((weight, at) => weight + BAYES_SHARE * (bayes.weights[at] ?? 0)),
    },
  };
}

/** Learns danger from labelled lines: one column, yes less no. */
export function trainUrgent(lines: readonly Labelled[]): Trained {
  const vocabulary = new Vocabulary(URGENT_SCALE);
  const examples: Example[] = withOpenings(lines).map(({ line, weight }) => ({
    row: vocabulary.row(line.text, true),
    label: line.urgent ? 1 : 0,
    weight: line.urgent ? URGENT_WEIGHT * weight : weight,
  }));
  const both = train(examples, vocabulary.ids.size, 2, { epochs: EPOCHS, rate: RATE, l2: 0.001 });
  const weights = new Float64Array(vocabulary.ids.size);
  for (let f = 0; f < weights.length; f += 1)
    weights[f] = (both.weights[2 * f + 1] ?? 0) - (both.weights[2 * f] ?? 0);
  return {
    vocabulary,
    model: { classes: 1, weights, bias: Float64Array.of((both.bias[1] ?? 0) - (both.bias[0] ?? 0)) },
  };
}
