import { featuresOf } from '../../src/domain/text/topic-features.ts';
import { scorer, type Weights } from '../../src/domain/text/topic-model.ts';
import type { Labelled } from './corpus.ts';
import { trainTopic, trainUrgent } from './learn-all.ts';
import { pack } from './pack.ts';

/** Both shipped tables. */
export interface Packed {
  topic: Weights;
  urgent: Weights;
}

/** Trains on some lines and packs exactly as it is shipped, so that what is measured is what runs. */
export function packedModel(lines: readonly Labelled[]): Packed {
  return { topic: pack(trainTopic(lines)), urgent: pack(trainUrgent(lines)) };
}

/** One line's outcome: rank of the true topic (0 = first), and the danger score. */
export interface Outcome {
  line: Labelled;
  rank: number;
  order: number[];
  danger: number;
}

/** Runs lines through a model. */
export function outcomes(model: Packed, lines: readonly Labelled[]): Outcome[] {
  const topicOf = scorer(model.topic);
  const dangerOf = scorer(model.urgent);
  return lines.map((line) => {
    const features = featuresOf(line.text);
    const scores = topicOf(features);
    const order = [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
    return { line, order, rank: order.indexOf(line.topic), danger: dangerOf(features)[0] ?? 0 };
  });
}

/** Shares between 0 and 1: first right, in the first three, urgent found, false alarms. */
export interface Figures {
  lines: number;
  first: number;
  three: number;
  recall: number;
  alarms: number;
}

/** Counts outcomes at a danger threshold. */
export function figures(results: readonly Outcome[], threshold: number): Figures {
  const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
  const urgent = results.filter((result) => result.line.urgent);
  const calm = results.filter((result) => !result.line.urgent);
  return {
    lines: results.length,
    first: share(results.filter((result) => result.rank === 0).length, results.length),
    three: share(results.filter((result) => result.rank < 3).length, results.length),
    recall: share(urgent.filter((result) => result.danger > threshold).length, urgent.length),
    alarms: share(calm.filter((result) => result.danger > threshold).length, calm.length),
  };
}
