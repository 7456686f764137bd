import { describe, expect, it } from 'vitest';
import { parseLine } from '../../../src/cli/parse.ts';
import { type Row, readCorpus } from './read-corpus.ts';

const NOW = Date.parse('2026-11-18T15:00:00+08:00');

/** The fields of a row that were read otherwise than labelled. */
function misread(row: Row): string[] {
  const got = parseLine(row.line, NOW);
  const wrong: string[] = [];
  if (got.place !== row.place) wrong.push(`place ${got.place}`);
  if (got.person !== row.person) wrong.push(`person ${got.person}`);
  const words = 'text' in got ? got.text : got.note;
  for (const word of row.words) if (!words?.includes(word)) wrong.push(`words ${words}`);
  if (row.kind === 'issue') {
    if (got.command !== 'issue') wrong.push(`command ${got.command}`);
    return wrong;
  }
  if ('text' in got) return [...wrong, 'command issue'];
  if (got.command !== 'visit' && got.command !== 'attempt') wrong.push(`command ${got.command}`);
  if (got.mode !== row.mode) wrong.push(`mode ${got.mode}`);
  if (got.date !== row.date) wrong.push(`date ${got.date}`);
  if (1 + got.more.length !== row.contacts) wrong.push(`contacts ${1 + got.more.length}`);
  return wrong;
}

function accuracy(rows: Row[]): { share: number; wrong: string[] } {
  const wrong = rows.flatMap((row) => {
    const fields = misread(row);
    return fields.length > 0 ? [`${row.line} → ${fields.join(', ')}`] : [];
  });
  return { share: 1 - wrong.length / rows.length, wrong };
}

describe('whole lines read right (issue 2 point 6)', () => {
  it('the shared visits: at least 95 %', () => {
    const { share, wrong } = accuracy(readCorpus('visits.tsv', 'visit'));
    expect(share, wrong.join('\n')).toBeGreaterThanOrEqual(0.95);
  });

  it('the shared issues: at least 95 %', () => {
    const { share, wrong } = accuracy(readCorpus('issues.tsv', 'issue'));
    expect(share, wrong.join('\n')).toBeGreaterThanOrEqual(0.95);
  });

  // Written before the parser and not tuned on: 97.3 % of the lines were whole at the first run.
  // That first figure is the honest one and stays the floor, whatever later rules gain.
  it('300 held-out lines: at least 97 %', () => {
    const rows = readCorpus('own-visits.tsv', 'visit');
    expect(rows).toHaveLength(300);
    expect(accuracy(rows).share).toBeGreaterThanOrEqual(0.97);
  });

  it('1080 lines by people who did not know the parser, which has learnt from them: at least 96 %', () => {
    const rows = readCorpus('other-lines.tsv', 'visit');
    expect(rows).toHaveLength(1080);
    const { share, wrong } = accuracy(rows);
    expect(share, wrong.join('\n')).toBeGreaterThanOrEqual(0.96);
  });
});
