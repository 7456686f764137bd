import type { Weights } from '../../src/domain/text/topic-model.ts';
import type { Trained } from './learn-all.ts';

/** Weights nearer to the middle of their feature than this are left out: they decide nothing. */
const LEAST = 0.5;
const STEP = 0.1;

function middleOf(weights: readonly number[]): number {
  if (weights.length === 1) return 0;
  const sorted = [...weights].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

/** A model as text: each feature's weights measured from their middle over the classes, small ones dropped. */
export function pack({ model, vocabulary }: Trained): Weights {
  const groups = Array.from({ length: model.classes }, () => new Map<number, string[]>());
  for (const [name, id] of vocabulary.ids) {
    const weights = Array.from(model.weights.slice(id * model.classes, (id + 1) * model.classes));
    const middle = middleOf(weights);
    weights.forEach((weight, c) => {
      if (Math.abs(weight - middle) < LEAST) return;
      const units = Math.round((weight - middle) / STEP);
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
  const bias = Array.from(model.bias, (value) => Math.round(value * 1000) / 1000);
  return { scale: vocabulary.scale, bias, step: STEP, table };
}
