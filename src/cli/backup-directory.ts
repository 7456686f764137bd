import { existsSync, renameSync, rmSync } from 'node:fs';
import { copyDatabase, openStore, quickCheck } from '../../db/node.ts';
import { AppError } from '../lib/errors.ts';
import { type OfficeEntry, openEntry } from '../offices/entry.ts';

/** Beside `2026-11-18.db` the directory of offices becomes `2026-11-18.offices.db`. */
export function directoryCopyOf(file: string): string {
  return `${file.replace(/\.db$/, '')}.offices.db`;
}

/**
 * Copies the directory of offices beside a running server and looks whether the copy is worth keeping: whole file, and
 * every entry opens with SECRET_KEY, where that is given. How many offices it holds.
 * Throws AppError `copy-bad` with the reason; the copy is then gone.
 */
export async function copyDirectory(
  from: string,
  to: string,
  secretKey: string | undefined,
): Promise<number> {
  if (existsSync(to)) throw bad(`已经有 ${to}，不覆盖`);
  const unfinished = `${to}.part`;
  rmSync(unfinished, { force: true });
  try {
    await copyDatabase(from, unfinished);
    const offices = check(unfinished, secretKey);
    renameSync(unfinished, to);
    return offices;
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

function check(path: string, secretKey: string | undefined): number {
  const store = openStore(path, { readonly: true, asIs: true });
  try {
    if (quickCheck(store).length > 0) throw bad('单位目录有损坏');
    const rows = store.db.all<OfficeEntry>('select id, sealed from office');
    if (secretKey !== undefined) for (const row of rows) openEntry(secretKey, row);
    return rows.length;
  } finally {
    store.close();
  }
}

function bad(userText: string): AppError {
  return new AppError('copy-bad', { userText });
}
