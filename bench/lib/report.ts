import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { pinning } from './processes.ts';

export type Row = Record<string, string | number>;

/** One line about the machine: figures without it say nothing. */
export function machine(): string {
  const [first] = cpus();
  const pinned = pinning ? '服务器与压测端各占一核' : '未绑核';
  return `${cpus().length} 核 ${first?.model.trim() ?? '?'}，${Math.round(totalmem() / 2 ** 30)} GB，Node ${process.version}，${platformName()}，${pinned}`;
}

function platformName(): string {
  try {
    return execFileSync('uname', ['-sr'], { encoding: 'utf8' }).trim();
  } catch {
    return process.platform;
  }
}

/** Prints a table that can stand in the README as it is. */
export function table(title: string, rows: readonly Row[]): void {
  const [first] = rows;
  console.log(`\n### ${title}\n`);
  if (!first) return;
  const columns = Object.keys(first);
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  console.log(line(columns));
  console.log(line(columns.map(() => '---')));
  for (const row of rows) console.log(line(columns.map((column) => row[column] ?? '')));
}

const missed: string[] = [];

/** Notes one promise of performance.md; the run fails in the end when one was missed. */
export function promise(what: string, kept: boolean, measured: string): void {
  console.log(`${kept ? '✓' : '✗'} ${what}：${measured}`);
  if (!kept) missed.push(`${what}：${measured}`);
}

export const missedPromises = (): readonly string[] => missed;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
