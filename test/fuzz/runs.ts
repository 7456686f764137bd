import { readFileSync } from 'node:fs';
import type { Parameters } from 'fast-check';

/** How many inputs all fuzz tests take together: 2,000 in `npm test`, 100,000 by `npm run test:faults`. */
const ALL = Number(process.env.FUZZ_RUNS ?? 2_000);
const SEED = Number(process.env.FUZZ_SEED ?? 20261118);
/** The full form takes its time; the short one must not. */
export const PATIENCE = 60_000 + ALL * 40;

/** A share of all inputs, from a fixed seed: what fails once fails again. */
export function share<T>(of: number): Parameters<T> {
  return { numRuns: Math.max(20, Math.round(ALL * of)), seed: SEED, endOnFailure: true };
}

/** Every typed line of the corpora, without labels and remarks. */
export function corpusLines(): string[] {
  return ['visits.tsv', 'own-visits.tsv', 'other-lines.tsv', 'issues.tsv', 'topics.tsv']
    .flatMap((name) =>
      readFileSync(new URL(`../fixtures/corpus/${name}`, import.meta.url), 'utf8').split('\n'),
    )
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t')[0] ?? '');
}
