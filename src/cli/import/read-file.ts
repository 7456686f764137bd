import { existsSync, readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { AppError } from '../../lib/errors.ts';
import { decodeText, parseCsv } from './csv.ts';

/** One sheet as it stands in the file; `number` is the row as the person sees it. */
export interface RawSheet {
  name: string;
  rows: { number: number; cells: string[] }[];
}

const refuse = (userText: string) => new AppError('import-file', { userText });

/**
 * Reads an .xlsx or .csv (contract: in CSV the sheet is the file's name, or `sheet`). The path `-` is the standard
 * input; what it holds is then told by `name` alone.
 * @throws AppError `import-file` with the remedy.
 */
export async function readSheets(path: string, sheet?: string, name = path): Promise<RawSheet[]> {
  if (path === '') throw refuse('请写上名册文件，例如：lianxin import 名册.xlsx');
  if (path !== '-' && !existsSync(path)) throw refuse(`找不到文件 ${path}，请检查路径。`);
  const bytes = path === '-' ? await buffer(process.stdin) : readFileSync(path);
  const type = extname(name).toLowerCase();
  if (type === '.csv' || type === '.txt') {
    const rows = parseCsv(decodeText(bytes));
    return [
      {
        name: sheet ?? basename(name, extname(name)),
        rows: rows.map((cells, index) => ({ number: index + 1, cells: cells.map((cell) => cell.trim()) })),
      },
    ];
  }
  if (type === '.xls') throw refuse('这是旧格式 .xls，请在 Excel 或 WPS 里另存为 .xlsx 再导入。');
  if (type !== '.xlsx' && type !== '.xlsm') throw refuse('只认 .xlsx 和 .csv，请另存为其中一种再导入。');
  const sheets = await readWorkbook(bytes);
  return sheet === undefined ? sheets : sheets.filter((each) => each.name === sheet);
}

/** exceljs weighs much and is loaded only here (decision 42). */
async function readWorkbook(bytes: Buffer): Promise<RawSheet[]> {
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.Workbook();
  try {
    // Its types ask for a Buffer of an older Node.
    await workbook.xlsx.load(bytes as unknown as Parameters<typeof workbook.xlsx.load>[0]);
  } catch (cause) {
    throw new AppError('import-file', {
      userText: '这个 .xlsx 打不开，可能加了密码或已损坏。请另存一份再导入。',
      cause,
    });
  }
  return workbook.worksheets.map((worksheet) => {
    const rows: RawSheet['rows'] = [];
    worksheet.eachRow((row, number) => {
      const cells: string[] = [];
      row.eachCell({ includeEmpty: true }, (cell, column) => {
        cells[column - 1] = textOf(cell.value);
      });
      rows.push({ number, cells: Array.from(cells, (cell) => cell ?? '') });
    });
    return { name: worksheet.name.trim(), rows };
  });
}

/** The words of a cell: rich text joined, a formula's result, a link's text, a whole number without exponent. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return Number.isInteger(value) ? value.toFixed(0) : String(value);
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value !== 'object') return String(value).trim();
  if ('richText' in value && Array.isArray(value.richText)) {
    return value.richText
      .map((part: { text?: string }) => part.text ?? '')
      .join('')
      .trim();
  }
  if ('result' in value) return textOf(value.result);
  if ('text' in value) return textOf(value.text);
  return '';
}
