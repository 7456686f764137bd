/**
 * Trains the topic and danger tables from the labelled lines, prints how well lines never seen are told, and
 * writes the shipped tables. Run from the root of the repository:
 * npx esbuild bench/topics/train.ts --bundle --platform=node --format=esm | node --input-type=module -
 * and format them: npx biome check --write src/domain/text/data
 */
import { writeFileSync } from 'node:fs';
import { URGENT_FROM } from '../../src/domain/text/urgent-threshold.ts';
import { foldOf, type Labelled, readCorpus } from './corpus.ts';
import { figures, type Outcome, outcomes, packedModel } from './measure.ts';

const OWN = 'test/fixtures/corpus/own-topics.tsv';
const SHARED = 'test/fixtures/corpus/topics.tsv';
const FOLDS = 5;

function show(name: string, results: readonly Outcome[]): void {
  const { lines, first, three, recall, alarms } = figures(results, URGENT_FROM);
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  console.log(
    `${name}: ${lines} lines, first ${percent(first)}, in three ${percent(three)}, urgent ${percent(recall)} at ${percent(alarms)} false alarms`,
  );
}

function crossValidate(lines: readonly Labelled[]): Outcome[] {
  return Array.from({ length: FOLDS }, (_, fold) => {
    const model = packedModel(lines.filter((line) => foldOf(line.text, FOLDS) !== fold));
    return outcomes(
      model,
      lines.filter((line) => foldOf(line.text, FOLDS) === fold),
    );
  }).flat();
}

const own = readCorpus(OWN);
const shared = readCorpus(SHARED);
const sharedTexts = new Set(shared.map((line) => line.text));
show('trained on own lines only, shared lines', outcomes(packedModel(own), shared));
const folds = crossValidate([...own, ...shared]);
show(
  `${FOLDS} folds over both, own lines`,
  folds.filter((result) => !sharedTexts.has(result.line.text)),
);
show(
  `${FOLDS} folds over both, shared lines`,
  folds.filter((result) => sharedTexts.has(result.line.text)),
);

const { topic, urgent } = packedModel([...own, ...shared]);
const file = (name: string, value: object) =>
  `/** Written by bench/topics/train.ts; change the corpus and run it again, not this file. */\nexport const ${name} = ${JSON.stringify(value, null, 2)};\n`;
writeFileSync('src/domain/text/data/topic-weights.ts', file('TOPIC_WEIGHTS', topic));
writeFileSync('src/domain/text/data/topic-urgent-weights.ts', file('TOPIC_URGENT_WEIGHTS', urgent));
console.log(`tables: topic ${topic.table.length} characters, urgent ${urgent.table.length}`);
