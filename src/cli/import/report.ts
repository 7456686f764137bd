import type { Row } from './table.ts';

/** What an import has to say, line by line, each thing once. */
export class Report {
  readonly notes: string[] = [];
  readonly problems: string[] = [];
  private readonly badRows = new Set<string>();

  /** A row that cannot be taken: where it stands and how to mend it. Always false, to be returned by a filter. */
  bad(row: Pick<Row, 'at'>, how: string): false {
    this.badRows.add(row.at);
    this.problems.push(`${row.at}：${how}。`);
    return false;
  }

  isBad(row: Pick<Row, 'at'>): boolean {
    return this.badRows.has(row.at);
  }

  get badCount(): number {
    return this.badRows.size;
  }

  note(sentence: string): void {
    if (!this.notes.includes(sentence)) this.notes.push(sentence);
  }
}
