import { existsSync, readFileSync, rmSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { type Directory, type DirectoryRow, openDirectory } from '../../db/directory.ts';
import { type Config, loadConfig, requireSecretKey } from '../config.ts';
import { AppError } from '../lib/errors.ts';
import { silentLog } from '../lib/log.ts';
import type { Office } from '../office/office.ts';
import { openEntry, sealEntry } from './entry.ts';
import {
  directoryPath,
  hasDirectory,
  type NodeOfficesOptions,
  officePath,
  openOfficeFile,
  platformOf,
  prepareOffice,
} from './node-offices.ts';

/** Opens an office of the directory for one command and closes it whatever happens. */
export async function withNamedOffice<T>(
  options: NodeOfficesOptions,
  id: string,
  work: (office: Office, connections: { feishu?: string }) => Promise<T>,
): Promise<T> {
  const row = hasDirectory(options.config)
    ? await withDirectory(options.config, false, ({ directory }) => directory.get(id))
    : undefined;
  if (!row) throw new AppError('cli', { userText: `没有 ${id} 这个单位。先看：lianxin office list` });
  const platform = platformOf(options, row);
  const { office, store } = openOfficeFile(options, row, platform);
  try {
    return await work(office, { feishu: platform.connection });
  } finally {
    await office.stop();
    store.close();
  }
}

/** What `lianxin office` works with. */
export interface DirectoryTools {
  directory: Directory;
  /** The app of the office of the variables, which keeps its own address. */
  singleAppId?: string;
  /** Is the file of that office there already. */
  fileExists(id: string): boolean;
  /** Seals the credentials of a file written like `.env`; throws with the sentences that name what is missing. */
  seal(id: string, file: string, revision: number): { sealed: string; appId: string };
  /** The app of an entry, to refuse the same one twice; null when it cannot be opened. */
  appIdOf(row: DirectoryRow): string | null;
  /** Makes the office's file and its administrators ready; the one-time code if it has none (decision 6). */
  prepare(row: DirectoryRow): Promise<string | null>;
}

/**
 * Opens the directory for one command. Only `create` makes it, for its being there turns many offices on.
 * Throws AppError `config` without SECRET_KEY.
 */
export async function withDirectory<T>(
  config: Config,
  create: boolean,
  work: (tools: DirectoryTools) => T | Promise<T>,
): Promise<T> {
  const secretKey = requireSecretKey(config);
  const existed = hasDirectory(config);
  if (!create && !existed) {
    throw new AppError('cli', {
      userText: '还没有单位目录。加第一个单位就有了：lianxin office add wutong --from wutong.env',
    });
  }
  const directory = openDirectory(directoryPath(config));
  try {
    return await work({
      directory,
      singleAppId: config.feishu?.appId,
      fileExists: (id) => existsSync(officePath(config, id)),
      seal(id, file, revision) {
        const { feishu, admins } = readCredentials(file, secretKey);
        const credentials = { feishu, admins: admins.map((admin) => admin.id), revision };
        return { sealed: sealEntry(secretKey, id, credentials).sealed, appId: feishu.appId };
      },
      appIdOf(row) {
        try {
          return openEntry(secretKey, row).feishu.appId;
        } catch {
          return null;
        }
      },
      prepare: (row) => prepareOffice({ config, log: silentLog }, row),
    });
  } finally {
    // A first office that was refused must not leave the directory behind: its being there turns many offices on.
    const unused = !existed && directory.list().length === 0;
    directory.close();
    if (unused) for (const end of ['', '-wal', '-shm']) rmSync(directoryPath(config) + end, { force: true });
  }
}

/** The same variables and the same sentences as for a single office; webhook only, for each has an address here. */
function readCredentials(file: string, secretKey: string) {
  if (!existsSync(file)) throw new AppError('cli', { userText: `没有 ${file} 这个文件。` });
  const { feishu, admins } = loadConfig({ ...parseEnv(readFileSync(file, 'utf8')), SECRET_KEY: secretKey });
  if (!feishu)
    throw new AppError('cli', { userText: `${file} 里没有 FEISHU_APP_ID 等凭证，写法同 .env.example。` });
  if (feishu.mode !== 'webhook')
    throw new AppError('cli', {
      userText: '多个单位时 FEISHU_MODE 只能是 webhook：每个单位有自己的推送地址。',
    });
  return { feishu, admins };
}
