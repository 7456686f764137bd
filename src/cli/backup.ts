import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { openDirectory } from '../../db/directory.ts';
import { copyDatabase, openStore } from '../../db/node.ts';
import { settingQueries } from '../../db/queries/orgs.ts';
import { AppError } from '../lib/errors.ts';
import { BACKUP_AT } from '../offices/host-findings.ts';
import { directoryPath, hasDirectory } from '../offices/node-offices.ts';
import { copyDirectory, directoryCopyOf } from './backup-directory.ts';
import { checkCopy, keysOf } from './check-copy.ts';

export interface CopyDeps {
  databasePath: string;
  /** To see that it opens the copy; without it that is not looked at. */
  secretKey?: string;
  print(line: string): void;
}

export interface BackupDeps extends CopyDeps {
  /** Epoch ms. */
  now: number;
}

/**
 * `backup <file>`: copies the database beside a running server, opens the copy and checks it; only then it gets its
 * name. The directory of offices goes with the office beside it. Nothing is ever overwritten. 0 = there is a good backup, 1 = the copy was not good, 2 = asked in a wrong way.
 */
export async function runBackup(file: string | undefined, deps: BackupDeps): Promise<number> {
  const { databasePath, secretKey, print } = deps;
  const wrong = (line: string): number => {
    print(line);
    return 2;
  };
  if (!file) return wrong('用法：lianxin backup <备份文件>，例如 lianxin backup backup/2026-11-18.db');
  if (!existsSync(databasePath)) return wrong(`没有数据库文件：${databasePath}。请核对 DATABASE_PATH。`);
  if (existsSync(file)) return wrong(`已经有 ${file}，不覆盖。请换个文件名。`);
  if (!existsSync(dirname(resolve(file)))) return wrong(`没有这个目录：${dirname(resolve(file))}`);
  const unfinished = `${file}.part`;
  try {
    rmSync(unfinished, { force: true });
    await copyDatabase(databasePath, unfinished);
    const { entries } = checkCopy(unfinished, keysOf(databasePath, secretKey));
    const offices =
      hasDirectory(deps) && !isOfOffice(databasePath)
        ? await copyDirectory(directoryPath(deps), directoryCopyOf(file), secretKey)
        : null;
    flush(unfinished);
    renameSync(unfinished, file);
    const size = (statSync(file).size / 1024 / 1024).toFixed(1);
    print(`已备份到 ${file}（${size} MB）。打开检查过：文件完好，留痕${entries}条首尾相连。`);
    if (offices !== null)
      print(`单位目录（${offices}个单位）备份到 ${directoryCopyOf(file)}；各单位的库请各自备份。`);
    note(databasePath, deps.now);
    print('SECRET_KEY 不在备份里，请另外保存；没有它，备份打不开。');
    return 0;
  } catch (error) {
    rmSync(unfinished, { force: true });
    if (!(error instanceof AppError)) throw error;
    print(`没有备份成：${error.userText.replace(/。$/, '')}。`);
    return 1;
  }
}

/** Whether it is the file of an office of the directory, which is backed up by its own name. */
function isOfOffice(databasePath: string): boolean {
  const directory = openDirectory(directoryPath({ databasePath }));
  try {
    return directory.get(basename(databasePath).replace(/\.db$/, '')) !== undefined;
  } finally {
    directory.close();
  }
}

/** For `doctor`. A database that is busy or of another version is left alone: the backup is as good without the note. */
function note(databasePath: string, now: number): void {
  try {
    openStore(databasePath, { readonly: true }).close();
    const store = openStore(databasePath);
    try {
      settingQueries(store).set(BACKUP_AT, now);
    } finally {
      store.close();
    }
  } catch {
    // The next one notes it.
  }
}

/** A power cut after "done" must not take it away. */
function flush(path: string): void {
  const handle = openSync(path, 'r+');
  fsyncSync(handle);
  closeSync(handle);
}
