import type { Weights } from '../../src/domain/text/topic-model.ts';
import type { Linear, Vocabulary } from './learn.ts';

/** Weights nearer to the average of their feature than this are left out: they decide nothing. */
const LEAST = 0.35;
const STEP = 0.1;

/** A model as text: each feature's weights measured from their average over the classes, small ones dropped. */
export function pack(model: Linear, vocabulary: Vocabulary): Weights {
  const groups = Array.from({ length: model.classes }, () => new Map<number, string[]>());
  for (const [name, id] of vocabulary.ids) {
    const weights = Array.from(model.weights.slice(id * model.classes, (id + 1) * model.classes));
    const sorted = [...weights].sort((a, b) => a - b);
    const middle = sorted[sorted.length >> 1] ?? 0;
    weights.forEach((weight, c) => {
      const rest = model.classes === 1 ? weight : weight - middle;
      if (Math.abs(rest) < LEAST) return;
      const units = Math.round(rest / STEP);
      const group = groups[c]?.get(units);
      if (group === undefined) groups[c]?.set(units, [name]);
      else group.push(name);
    });
  }
  const table = groups
    .map((group) =>
      [...group]
        .sort(([a], [b]) => b - a)
        .map(([units, names]) => `${units}:${names.sort().join(' ')}`)
        .join('|'),
    )
    .join('\n');
  return { bias: Array.from(model.bias, (value) => Math.round(value * 1000) / 1000), step: STEP, table };
}

/** The urgent model has two classes; one column, yes less no, says the same. */
export function difference(model: Linear): Linear {
  const features = model.weights.length / 2;
  const weights = new Float64Array(features);
  for (let f = 0; f < features; f += 1)
    weights[f] = (model.weights[2 * f + 1] ?? 0) - (model.weights[2 * f] ?? 0);
  return { classes: 1, weights, bias: Float64Array.of((model.bias[1] ?? 0) - (model.bias[0] ?? 0)) };
}
