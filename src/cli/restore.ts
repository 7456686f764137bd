import { existsSync, renameSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { copyDatabase, foldLog, openStore } from '../../db/node.ts';
import { auditQueries } from '../../db/queries/audit.ts';
import { upkeepQueries } from '../../db/queries/upkeep.ts';
import { dayOf, sayTime } from '../lib/day.ts';
import { AppError } from '../lib/errors.ts';
import { createVault } from '../lib/vault.ts';
import type { CopyDeps } from './backup.ts';
import { checkCopy, keysOf } from './check-copy.ts';

export interface RestoreDeps extends CopyDeps {
  /** Epoch ms. */
  now: number;
  /** Go on although the present file seems to be in use or cannot be read. */
  force: boolean;
}

/**
 * `restore <file> [--force]`: checks the backup, brings a copy of it to this version's schema, moves the present file
 * aside and puts the copy in its place. Nothing is overwritten or deleted; refused while a server holds the database.
 * 0 = restored, 1 = refused and nothing changed, 2 = asked in a wrong way.
 */
export async function runRestore(file: string | undefined, deps: RestoreDeps): Promise<number> {
  const { databasePath, print } = deps;
  const wrong = (line: string): number => {
    print(line);
    return 2;
  };
  if (!file) return wrong('用法：lianxin restore <备份文件> [--force]');
  if (!existsSync(file)) return wrong(`没有这个文件：${file}`);
  if (resolve(file) === resolve(databasePath)) return wrong('这就是正在用的数据库文件，不用恢复。');
  const copy = `${databasePath}.restoring`;
  try {
    discard(copy);
    const { entries, doubtful } = await prepareCopy(file, copy, deps);
    const present = [databasePath, `${databasePath}-wal`, `${databasePath}-shm`];
    const inUse = existsSync(databasePath) && !foldLog(databasePath);
    if (inUse && !deps.force) {
      throw refuse('现在的数据库正被使用，或者打不开。请先停下服务；确认已经停了，再加 --force');
    }
    const aside = freeName(databasePath, deps.now);
    const moved = present.filter(existsSync);
    for (const path of moved) renameSync(path, `${aside}${path.slice(databasePath.length)}`);
    renameSync(copy, databasePath);
    print(`已恢复到 ${databasePath}。备份检查过：文件完好，留痕${entries}条首尾相连。`);
    if (moved.length > 0) print(`原来的文件没有删，移到了 ${aside}，确认没有问题后请自己处理。`);
    if (doubtful > 0)
      print(`有${doubtful}条消息备份时还没发出，不知后来发没发，请管理员发“没发出去”看了再定。`);
    return 0;
  } catch (error) {
    discard(copy);
    if (!(error instanceof AppError)) throw error;
    print(`没有恢复，现在的数据没有动：${error.userText.replace(/。$/, '')}。`);
    return 1;
  }
}

/** A checked copy at this version's schema, in which nothing waits that may have been sent since (decision 37). */
async function prepareCopy(
  file: string,
  copy: string,
  { databasePath, secretKey, now }: RestoreDeps,
): Promise<{ entries: number; doubtful: number }> {
  await copyDatabase(file, copy);
  const { entries } = checkCopy(copy, keysOf(databasePath, secretKey));
  const store = openStore(copy);
  try {
    const doubtful = store.transaction(() => {
      const audit = auditQueries({ ...store, vault: createVault(secretKey ?? '') });
      audit.append({ at: now, actorId: null, act: 'office.restore', subject: 'office' });
      return upkeepQueries(store).doubtWaiting(now);
    });
    return { entries, doubtful };
  } finally {
    store.close();
    foldLog(copy);
  }
}

/** `office.db.before-20261118-150000`, with a number behind it should there be one already. */
function freeName(path: string, now: number): string {
  const second = String(Math.floor(now / 1000) % 60).padStart(2, '0');
  const minute = sayTime(now).padStart(5, '0').replace(':', '');
  const name = `${path}.before-${dayOf(now).replaceAll('-', '')}-${minute}${second}`;
  for (let n = 1; ; n += 1) {
    const each = n === 1 ? name : `${name}-${n}`;
    if (!existsSync(each)) return each;
  }
}

function discard(copy: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${copy}${suffix}`, { force: true });
}

function refuse(userText: string): AppError {
  return new AppError('restore-refused', { userText });
}
