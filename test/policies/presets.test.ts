import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findPolicy, POLICIES } from '../../src/policies/index.ts';

const seed = (system: string) =>
  readFileSync(new URL(`../fixtures/seeds/${system}.txt`, import.meta.url), 'utf8');

describe('presets', () => {
  it('every file of the folder stands in the list', () => {
    const files = readdirSync(new URL('../../src/policies/', import.meta.url))
      .filter((name) => !['index.ts', 'define.ts'].includes(name))
      .map((name) => name.replace(/\.ts$/, ''));
    expect(POLICIES.map((p) => p.system).sort()).toEqual(files.sort());
    for (const system of files) expect(findPolicy(system)?.system).toBe(system);
    expect(findPolicy('nowhere')).toBeUndefined();
  });

  it('carry the rules of the first two systems', () => {
    const rules = POLICIES.flatMap((p) => p.clauses.map((c) => c.rule));
    expect(rules).toEqual(expect.arrayContaining(['S4-28', 'S4-30', 'S2-36', 'S2-39', 'S2-40']));
  });

  it('quote the document word for word (decision 29)', () => {
    for (const policy of POLICIES) {
      const text = seed(policy.system);
      for (const clause of policy.clauses) {
        for (const part of clause.quote) expect(text).toContain(part);
      }
    }
  });

  it('keep the document’s own softening', () => {
    for (const policy of POLICIES) {
      for (const { quote, obligation } of policy.clauses) {
        const softened = quote.join().includes('原则上');
        if (obligation) expect(obligation.strength).toBe(softened ? '原则上' : '应当');
      }
    }
  });
});
