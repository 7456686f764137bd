import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldOf, type Labelled, readCorpus } from '../../../bench/topics/corpus.ts';
import { figures, type Outcome, outcomes, packedModel } from '../../../bench/topics/measure.ts';
import { classifyTopic, isTopic, SENSITIVE_TOPICS, TOPICS } from '../../../src/domain/text/topic.ts';
import { URGENT_FROM } from '../../../src/domain/text/urgent-threshold.ts';

const shared = readCorpus('test/fixtures/corpus/topics.tsv');
const own = readCorpus('test/fixtures/corpus/own-topics.tsv');
const FOLDS = 5;

describe('classifyTopic', () => {
  it('knows nineteen topics, of which the family and welfare ones are sensitive', () => {
    expect(TOPICS).toHaveLength(19);
    expect(new Set(TOPICS).size).toBe(19);
    expect([...SENSITIVE_TOPICS].every((topic) => isTopic(topic))).toBe(true);
    expect(isTopic('天气')).toBe(false);
  });

  it.each([
    ['水龙头不出水了', '水电气暖', false],
    ['厨房一股煤气味，阀门拧不紧', '水电气暖', true],
    ['老板拖着工钱不给', '权益维护', false],
    ['组织关系想转过来', '党建文化', false],
    ['儿子放学到现在没回家，哪儿都找不到', '教育', true],
  ])('%s', (text, topic, urgent) => {
    const answer = classifyTopic(text);
    expect([answer.topic, ...answer.alternatives]).toContain(topic);
    expect(answer.urgent).toBe(urgent);
  });

  it('gives one topic and exactly two others for any text, the same each time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const answer = classifyTopic(text);
        const three = [answer.topic, ...answer.alternatives];
        expect(three.every((topic) => isTopic(topic))).toBe(true);
        expect(new Set(three).size).toBe(3);
        expect(classifyTopic(text)).toEqual(answer);
      }),
    );
  });

  it('does not mind full width, spaces and stops', () => {
    const plain = classifyTopic('暖气不热，室温13度');
    expect(classifyTopic('　暖气不热,室温１３度。')).toEqual(plain);
  });
});

describe('lines never seen', () => {
  it('the own lines hold none of the shared ones, and none twice', () => {
    const texts = own.map((line) => line.text);
    expect(new Set(texts).size).toBe(texts.length);
    expect(shared.filter((line) => texts.includes(line.text))).toEqual([]);
    expect(own.length).toBeGreaterThan(3000);
  });

  it('trained on own lines only: the shared ones', () => {
    const { first, three, recall, alarms } = figures(outcomes(packedModel(own), shared), URGENT_FROM);
    expect(first).toBeGreaterThanOrEqual(0.92);
    expect(three).toBeGreaterThanOrEqual(0.98);
    expect(recall).toBeGreaterThanOrEqual(0.9);
    expect(alarms).toBeLessThanOrEqual(0.1);
  }, 120_000);

  it('five folds over both: what was left out of each training', () => {
    const lines: Labelled[] = [...own, ...shared];
    const results: Outcome[] = [];
    for (let fold = 0; fold < FOLDS; fold += 1) {
      const model = packedModel(lines.filter((line) => foldOf(line.text, FOLDS) !== fold));
      results.push(
        ...outcomes(
          model,
          lines.filter((line) => foldOf(line.text, FOLDS) === fold),
        ),
      );
    }
    const all = figures(results, URGENT_FROM);
    expect(all.lines).toBe(lines.length);
    expect(all.first).toBeGreaterThanOrEqual(0.75);
    expect(all.three).toBeGreaterThanOrEqual(0.93);
    expect(all.recall).toBeGreaterThanOrEqual(0.9);
    expect(all.alarms).toBeLessThanOrEqual(0.1);
  }, 300_000);

  it('the shipped tables are what training on both gives', () => {
    const lines = [...own, ...shared];
    const fresh = outcomes(packedModel(lines), lines);
    const same = fresh.filter(({ line, order, danger }) => {
      const answer = classifyTopic(line.text);
      return answer.topic === TOPICS[order[0] ?? 0] && answer.urgent === danger > URGENT_FROM;
    });
    expect(same.length / lines.length).toBeGreaterThan(0.995);
  }, 120_000);
});
