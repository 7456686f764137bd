import type { LineFeatures } from './topic-features.ts';

/** How much each kind of feature counts before a line is scaled to length one. */
export interface FeatureScale {
  /** Single characters and runs of two. */
  one: number;
  two: number;
  /** A concept that a word of the line belongs to, and two of them together. */
  concept: number;
  pair: number;
}

/** A trained linear model as it is shipped. */
export interface Weights {
  scale: FeatureScale;
  /** Added to every line's score, one a class. */
  bias: readonly number[];
  /** One unit of the whole numbers in `table`. */
  step: number;
  /**
   * One line a class: `5:甲 乙|-3:丙` gives the weight 5 to 甲 and 乙. A feature is a run of characters, a concept
   * `@3` or a pair of concepts `@3+7`.
   */
  table: string;
}

/** Room for the pairs: more concepts than this would need another key. */
const MOST_CONCEPTS = 256;

/** Scores of every class, higher is likelier. */
export type Scorer = (features: LineFeatures) => Float64Array;

/** Where the weights of each feature begin; one array holds them all, for 31,000 small ones would take 6 MB. */
interface Compiled {
  grams: Map<string, number>;
  concepts: Map<number, number>;
  /** For each feature: how many numbers follow, then pairs of class and weight. */
  packed: Int16Array;
}

function conceptKey(name: string): number {
  const [a = '', b] = name.slice(1).split('+');
  return b === undefined ? Number(a) : (Number(a) + 1) * MOST_CONCEPTS + Number(b);
}

function compile(weights: Weights): Compiled {
  const lists = new Map<string, number[]>();
  weights.table.split('\n').forEach((line, index) => {
    for (const group of line.split('|')) {
      const colon = group.indexOf(':');
      const weight = Number(group.slice(0, colon));
      for (const name of group.slice(colon + 1).split(' ')) {
        const list = lists.get(name);
        if (list === undefined) lists.set(name, [index, weight]);
        else list.push(index, weight);
      }
    }
  });
  let size = 0;
  for (const list of lists.values()) size += 1 + list.length;
  const compiled: Compiled = { grams: new Map(), concepts: new Map(), packed: new Int16Array(size) };
  let at = 0;
  for (const [name, list] of lists) {
    if (name.startsWith('@')) compiled.concepts.set(conceptKey(name), at);
    else compiled.grams.set(name, at);
    compiled.packed[at] = list.length;
    compiled.packed.set(list, at + 1);
    at += 1 + list.length;
  }
  return compiled;
}

function add(scores: Float64Array, packed: Int16Array, at: number | undefined, value: number): void {
  if (at === undefined) return;
  const end = at + (packed[at] ?? 0);
  for (let k = at + 1; k < end; k += 2) {
    const index = packed[k] ?? 0;
    scores[index] = (scores[index] ?? 0) + value * (packed[k + 1] ?? 0);
  }
}

function score(model: Compiled, scale: FeatureScale, features: LineFeatures, classes: number): Float64Array {
  const scores = new Float64Array(classes);
  const { grams, concepts } = features;
  const { packed } = model;
  let squares = 0;
  for (const gram of grams) {
    const value = gram.length === 1 ? scale.one : scale.two;
    squares += value * value;
    add(scores, packed, model.grams.get(gram), value);
  }
  for (let i = 0; i < concepts.length; i += 1) {
    const a = concepts[i] ?? 0;
    squares += scale.concept ** 2;
    add(scores, packed, model.concepts.get(a), scale.concept);
    if (scale.pair === 0) continue;
    for (let j = i + 1; j < concepts.length; j += 1) {
      squares += scale.pair ** 2;
      add(scores, packed, model.concepts.get((a + 1) * MOST_CONCEPTS + (concepts[j] ?? 0)), scale.pair);
    }
  }
  const norm = Math.sqrt(squares) || 1;
  return scores.map((sum) => sum / norm);
}

/** Makes the scorer of a shipped model; the table is read at the first line, not at import. */
export function scorer(weights: Weights): Scorer {
  let model: Compiled | undefined;
  return (features) => {
    model ??= compile(weights);
    return score(model, weights.scale, features, weights.bias.length).map(
      (sum, index) => sum * weights.step + (weights.bias[index] ?? 0),
    );
  };
}
