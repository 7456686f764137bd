import { existsSync } from 'node:fs';
import { openStore } from '../../db/node.ts';
import { AppError } from '../lib/errors.ts';

/**
 * `migrate`: brings the database to this version's schema, as a start would. 0 = it is there now; 2 = no such file.
 * Throws `AppError` when the file must not be touched (a newer version's, another line's).
 */
export function runMigrate(databasePath: string, print: (line: string) => void): number {
  if (!existsSync(databasePath)) {
    print(`没有数据库文件：${databasePath}。请核对 DATABASE_PATH；第一次启动时会自己建。`);
    return 2;
  }
  if (isCurrent(databasePath)) {
    print('数据库已经是这个版本的，没有变化。');
    return 0;
  }
  openStore(databasePath).close();
  print('数据库已升级到这个版本。');
  return 0;
}

function isCurrent(path: string): boolean {
  try {
    openStore(path, { readonly: true }).close();
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'database-older') return false;
    throw error;
  }
}
