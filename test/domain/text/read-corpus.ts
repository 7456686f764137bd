import { readFileSync } from 'node:fs';

/** One labelled line of the corpora; the header comment of visits.tsv explains the columns. */
export interface Row {
  kind: 'visit' | 'issue';
  line: string;
  place: string | null;
  person: string | null;
  mode: string | null;
  date: string | null;
  words: string[];
  contacts: number | null;
}

/** Reads a corpus; `# kind: issue` inside a file changes how the following rows are read. */
export function readCorpus(name: string, kind: Row['kind']): Row[] {
  const rows: Row[] = [];
  let now = kind;
  for (const raw of readFileSync(new URL(`../../fixtures/corpus/${name}`, import.meta.url), 'utf8').split(
    '\n',
  )) {
    if (raw.startsWith('# kind: ')) now = raw.slice(8).trim() === 'issue' ? 'issue' : 'visit';
    if (raw === '' || raw.startsWith('#')) continue;
    const [line = '', place, person, third, fourth, words, count] = raw.split('\t');
    rows.push({
      kind: now,
      line,
      place: place || null,
      person: person || null,
      mode: now === 'visit' ? (third ?? null) : null,
      date: now === 'visit' ? (fourth ?? null) : null,
      words: (words ?? '').split('|').filter((word) => word !== ''),
      contacts: now === 'visit' ? Number(count || 1) : null,
    });
  }
  return rows;
}
