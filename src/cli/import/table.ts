import { NEVER_KEPT, plainHeader, SHEETS, type SheetKind } from './columns.ts';
import type { RawSheet } from './read-file.ts';

/** One row by our own column names; a cell that is missing is ''. */
export interface Row {
  /** 成员 第7行 */
  at: string;
  cell(column: string): string;
}

export interface Table {
  kind: SheetKind;
  rows: Row[];
  /** Sentences about columns that were left out. */
  notes: string[];
  /** Why the sheet cannot be read at all. */
  problem: string | null;
}

/** A title line may stand above the headers: they are looked for in the first rows. */
const LOOK = 6;

/** Finds the header row, maps the columns, drops what must not be kept and says so (decision 47). */
export function readTable(sheet: RawSheet, kind: SheetKind): Table {
  const { headers, required } = SHEETS[kind];
  const columnOf = (header: string) =>
    Object.entries(headers).find(([, names]) => names.includes(plainHeader(header)))?.[0];
  const top = sheet.rows.slice(0, LOOK);
  const head = top.find((row) =>
    required.every((column) => row.cells.some((cell) => columnOf(cell) === column)),
  );
  if (!head) {
    const wanted = required.map((column) => `“${headers[column]?.[0] ?? column}”`).join('、');
    const empty = sheet.rows.every((row) => row.cells.every((cell) => cell === ''));
    return {
      kind,
      rows: [],
      notes: [],
      problem: empty ? null : `${sheet.name} 第1行：表头里要有${wanted}这几列，请补上再导入。`,
    };
  }
  const index = new Map<string, number>();
  const dropped: string[] = [];
  const unknown: string[] = [];
  for (const [at, header] of head.cells.entries()) {
    const column = columnOf(header);
    if (column !== undefined && !index.has(column)) index.set(column, at);
    else if (NEVER_KEPT.test(header)) dropped.push(`“${header}”`);
    else if (header !== '') unknown.push(`“${header}”`);
  }
  const rows = sheet.rows
    .filter((row) => row.number > head.number && row.cells.some((cell) => cell !== ''))
    .map((row) => ({
      at: `${sheet.name} 第${row.number}行`,
      cell: (column: string) => clean(row.cells[index.get(column) ?? -1] ?? ''),
    }));
  const notes = [
    ...(dropped.length > 0 ? [`${sheet.name}：${dropped.join('、')}不该留存，已略去，没有读入。`] : []),
    ...(unknown.length > 0 ? [`${sheet.name}：${unknown.join('、')}用不上，已略过。`] : []),
  ];
  return { kind, rows, notes, problem: null };
}

function clean(cell: string): string {
  return cell
    .normalize('NFKC')
    .replace(/[\u200B\uFEFF]/g, '')
    .trim();
}

/** 党员、网格员 */
export function listOf(cell: string): string[] {
  return [
    ...new Set(
      cell
        .split(/[、,;/|\s]+/)
        .map((each) => each.trim())
        .filter(Boolean),
    ),
  ];
}
