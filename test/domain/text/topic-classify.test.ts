import { describe, expect, it } from 'vitest';
import { runClassify } from '../../../src/cli/classify.ts';

async function classify(lines: string[]): Promise<string[]> {
  const out: string[] = [];
  for await (const line of runClassify(lines)) out.push(line);
  return out;
}

describe('classify (decision 45)', () => {
  it('answers each line with one JSON object of three keys', async () => {
    const out = await classify(['路灯不亮', '', '厨房着火了']);
    expect(out).toHaveLength(3);
    for (const line of out) {
      const answer: { topic: string; alternatives: string[]; urgent: boolean } = JSON.parse(line);
      expect(Object.keys(answer)).toEqual(['topic', 'alternatives', 'urgent']);
      expect(new Set([answer.topic, ...answer.alternatives]).size).toBe(3);
      expect(line).not.toContain('\n');
    }
    expect(JSON.parse(out[0] ?? '')).toMatchObject({ topic: '公共设施', urgent: false });
    expect(JSON.parse(out[2] ?? '')).toMatchObject({ urgent: true });
  });

  it('reads a stream', async () => {
    async function* stream() {
      yield '暖气不热';
    }
    const out: string[] = [];
    for await (const line of runClassify(stream())) out.push(line);
    expect(out).toEqual([expect.stringContaining('"topic":"水电气暖"')]);
  });
});
