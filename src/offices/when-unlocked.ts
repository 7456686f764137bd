import { isLocked } from '../../db/storage-error.ts';
import { AppError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';

/** How long a start waits for whoever holds the database, ms: a server that is going, an import's last step. */
const PATIENCE = 10_000;
const EVERY = 250;

/**
 * Does what a start needs of the database, again and again while another process holds the lock; any other failure is
 * passed on at once. Throws AppError `database-locked` when it is still held after `patience` ms.
 */
export async function whenUnlocked<T>(work: () => T | Promise<T>, log: Log, patience = PATIENCE): Promise<T> {
  const until = performance.now() + patience;
  for (let said = false; ; said = true) {
    try {
      return await work();
    } catch (error) {
      if (!isLocked(error)) throw error;
      if (performance.now() >= until)
        throw new AppError('database-locked', {
          userText:
            '数据库一直被别的程序占着，没有启动。请看看是不是已经有一个连心在运行，或者导入、备份还没做完，过一会儿再启动。',
          operatorText: 'the database is locked by another process',
          cause: error,
        });
      if (!said) log.warn({ seconds: patience / 1000 }, '数据库正被别的程序占用，等它放开再启动');
      await new Promise((resolve) => setTimeout(resolve, EVERY));
    }
  }
}
