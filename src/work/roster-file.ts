import type { Actor } from '../domain/actor.ts';
import { mayAnywhere } from '../domain/rights.ts';

/** The same limit on every platform: a roster of 20,000 people is a tenth of it. */
export const MOST_BYTES = 10 * 1024 * 1024;
/** Lines of a report that a chat shows; the rest is counted. */
const LINES = 20;
/** A report's length in a chat, characters. */
const LENGTH = 1800;

/** Why a file sent in private is not taken; null: it is a roster, and its sender may bring one (issue 4, point 1). */
export function refuseFile(actor: Actor, name: string, here: boolean): string | null {
  if (!mayAnywhere(actor, 'office.care'))
    return '文件我不收，也没有保存。名册由管理员发给我；要记走访，发一句“走访 3号楼 张某 低保咨询”就行。';
  if (/\.xls$/i.test(name)) return '这是旧格式 .xls，请在 Excel 或 WPS 里另存为 .xlsx 再发给我。';
  if (!/\.(xlsx|xlsm|csv|txt)$/i.test(name)) return '名册只认 .xlsx 和 .csv，请另存为其中一种再发给我。';
  if (!here) return '这台服务读不了名册文件，请在服务器上导入：lianxin import 名册.xlsx';
  return null;
}

export function fileTaken(name: string): string {
  return `收到“${name}”，正在核对，好了把结果发给您。`;
}

/** What the import has said, short enough for a chat: its last line, the result, always stands. */
export function shortReport(lines: readonly string[]): string {
  const result = lines.at(-1) ?? '';
  const rest = lines.slice(0, -1);
  const shown: string[] = [];
  let length = result.length;
  for (const line of rest.slice(0, LINES)) {
    length += line.length + 1;
    if (length > LENGTH) break;
    shown.push(line);
  }
  const left = rest.length - shown.length;
  return [...shown, ...(left > 0 ? [`……还有${left}条，改好上面这些再发，会接着说。`] : []), result].join(
    '\n',
  );
}
