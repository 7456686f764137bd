import { existsSync, statfsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { quickCheck } from '../../db/node.ts';
import type { Queries } from '../../db/queries/index.ts';
import type { Store } from '../../db/store.ts';
import { DAY, sayInstant } from '../lib/day.ts';
import type { Vault } from '../lib/vault.ts';
import type { Finding } from '../platforms/platform.ts';

/** Setting: when `lianxin backup` last made a good copy (epoch ms). */
export const BACKUP_AT = 'backup-at';
/** Care 18: a month of backups; one of last week is the least. */
const BACKUP_OLD = 8 * DAY;
const MB = 1024 * 1024;
/** Below it a busy day could fill the disk. */
const ROOM = 500;

/** Room on the disk of the database: a full one stops everything (decision 41). */
export function diskFinding(databasePath: string): Finding {
  const what = '磁盘';
  try {
    const { bavail, bsize } = statfsSync(dirname(resolve(databasePath)));
    const free = Math.floor((bavail * bsize) / MB);
    const used = existsSync(databasePath) ? Math.ceil(statSync(databasePath).size / MB) : 0;
    const detail = `数据所在的盘还剩${free} MB，库是${used} MB`;
    // A copy of the whole file must find room, for a backup and for an upgrade.
    if (free >= ROOM + used) return { what, ok: true, detail };
    return { what, ok: false, detail, remedy: '请清出地方，或把 DATABASE_PATH 的目录搬到大一些的盘上。' };
  } catch {
    return { what, ok: null, detail: '看不到还剩多少', remedy: '请自己看一下 DATABASE_PATH 所在的盘。' };
  }
}

/** How old the last backup is that this program has made. */
export function backupFinding(q: Pick<Queries, 'settings'>, now: number): Finding {
  const what = '备份';
  const at = q.settings.get<number>(BACKUP_AT);
  const remedy =
    '请把 lianxin backup 放进定时任务，至少每周一次；已经用 Litestream 等办法备份的，不用管这一条。';
  if (at === null) return { what, ok: null, detail: '没有用 lianxin backup 备份过', remedy };
  const detail = `最近一次是${sayInstant(at, now)}`;
  return now - at > BACKUP_OLD ? { what, ok: false, detail, remedy } : { what, ok: true, detail };
}

/** The whole file, page by page; for the command line, since a large one takes a while. */
export function fileFinding(store: Store): Finding {
  const what = '数据库';
  const [first] = quickCheck(store);
  if (first === undefined) return { what, ok: true, detail: '文件完好' };
  return {
    what,
    ok: false,
    detail: `文件有损坏（${first.replace(/\s+/g, ' ').slice(0, 120)}）`,
    remedy: '请停下服务，用最近的备份恢复：lianxin restore <备份文件>',
  };
}

/** Whether SECRET_KEY is the one the data were sealed with. */
export function keyFinding(q: Pick<Queries, 'upkeep'>, vault: Vault): Finding {
  const what = 'SECRET_KEY';
  const sample = q.upkeep.sealedSample();
  if (sample === null) return { what, ok: true, detail: '库里还没有加密的内容' };
  try {
    vault.open(sample);
    return { what, ok: true, detail: '打得开库里的内容' };
  } catch {
    return {
      what,
      ok: false,
      detail: '打不开库里的内容：换过了，或者抄错了',
      remedy: '请换回原来的 SECRET_KEY；找不到的话，加密的电话、房号、原话就读不出来了。',
    };
  }
}
