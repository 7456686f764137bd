import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTopic } from '../../src/domain/text/topic-list.ts';
import { line } from './lines.ts';
import { readAll } from './reading.entry.ts';
import { PATIENCE, share } from './runs.ts';

describe('the line parser', () => {
  it(
    'reads anything, and always answers in its own shape',
    () => {
      fc.assert(
        fc.property(line, (text) => {
          const { object, visit, topic } = readAll(text);
          expect(Object.keys(object)).toHaveLength(7);
          expect(visit.contacts.length).toBeGreaterThan(0);
          expect(visit.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
          expect(visit.date <= '2026-11-18').toBe(true);
          expect(visit.contacts.every(({ date }) => date <= '2026-11-18')).toBe(true);
          expect([topic.topic, ...topic.alternatives].every(isTopic)).toBe(true);
          expect(new Set([topic.topic, ...topic.alternatives]).size).toBe(3);
        }),
        share(0.3),
      );
    },
    PATIENCE,
  );
});
