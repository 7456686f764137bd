import { existsSync, rmSync } from 'node:fs';
import { type Directory, type DirectoryRow, openDirectory } from '../../db/directory.ts';
import { openStore } from '../../db/node.ts';
import { connectionQueries } from '../../db/queries/connections.ts';
import { type Config, requireSecretKey } from '../config.ts';
import { AppError } from '../lib/errors.ts';
import { silentLog } from '../lib/log.ts';
import type { Office } from '../office/office.ts';
import { type RosterConnections, rosterConnections } from './connections.ts';
import { connectionsOf, holdsLine, pushedOf } from './credentials.ts';
import { officeSecret, openEntry, sealEntry } from './entry.ts';
import {
  directoryPath,
  hasDirectory,
  type NodeOfficesOptions,
  officePath,
  openOfficeFile,
  platformsOf,
  prepareOffice,
  publicUrlOf,
} from './node-offices.ts';
import { readCredentialFile } from './read-credentials.ts';

/** Opens an office of the directory for one command and closes it whatever happens. */
export async function withNamedOffice<T>(
  options: NodeOfficesOptions,
  id: string,
  work: (office: Office, connections: RosterConnections) => Promise<T>,
): Promise<T> {
  const row = rowOf(options.config, id);
  const platforms = platformsOf(options, row);
  const { office, store } = openOfficeFile(options, row, platforms);
  try {
    return await work(office, rosterConnections(platforms.map(({ connection }) => connection)));
  } finally {
    await office.stop();
    store.close();
  }
}

/** What `doctor` looks at of an office of the directory. Throws AppError when there is none, or it cannot be opened. */
export function namedOfficeParts(options: NodeOfficesOptions, id: string) {
  const { config } = options;
  const row = rowOf(config, id);
  const platforms = platformsOf(options, row);
  return {
    databasePath: officePath(config, id),
    secret: officeSecret(requireSecretKey(config), id),
    publicUrl: publicUrlOf(config, id),
    platforms: () => ({ platforms, broken: [] }),
  };
}

function rowOf(config: Config, id: string): DirectoryRow {
  const directory = hasDirectory(config) ? openDirectory(directoryPath(config)) : undefined;
  try {
    const row = directory?.get(id);
    if (row) return row;
  } finally {
    directory?.close();
  }
  throw new AppError('cli', { userText: `没有 ${id} 这个单位。先看：lianxin office list` });
}

/** What `lianxin office` works with. */
export interface DirectoryTools {
  directory: Directory;
  /** The connections of the office of the variables, which keep their own addresses. */
  single: readonly string[];
  /** Is the file of that office there already. */
  fileExists(id: string): boolean;
  /** Seals the credentials of a file written like `.env`; throws with the sentences that name what is missing. */
  seal(
    id: string,
    file: string,
    revision: number,
  ): {
    sealed: string;
    connections: string[] /** Those of them with an address to push to. */;
    pushed: string[];
  };
  /** The connections of an entry, to refuse the same one twice; none when it cannot be opened. */
  connectionsOf(row: DirectoryRow): string[];
  /** Whether it needs a connection that is held open; throws when the entry cannot be opened. */
  holdsLine(row: DirectoryRow): boolean;
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
      single: [...connectionsOf(config), ...keptConnections(config)],
      fileExists: (id) => existsSync(officePath(config, id)),
      seal(id, file, revision) {
        const credentials = { ...readCredentialFile(file, secretKey), revision };
        return {
          sealed: sealEntry(secretKey, id, credentials).sealed,
          connections: connectionsOf(credentials),
          pushed: pushedOf(credentials),
        };
      },
      connectionsOf: (row) => keysOf(secretKey, row),
      holdsLine: (row) => holdsLine(openEntry(secretKey, row)),
      prepare: (row) => prepareOffice({ config, log: silentLog }, row),
    });
  } finally {
    // A first office that was refused must not leave the directory behind: its being there turns many offices on.
    const unused = !existed && directory.list().length === 0;
    directory.close();
    if (unused) for (const end of ['', '-wal', '-shm']) rmSync(directoryPath(config) + end, { force: true });
  }
}

/** Connections that the office of the variables has of its own (`lianxin connection`), as far as its file can be read. */
function keptConnections({ databasePath }: Config): string[] {
  if (!existsSync(databasePath)) return [];
  try {
    const store = openStore(databasePath, { readonly: true });
    try {
      return connectionQueries(store)
        .list()
        .map(({ key }) => key);
    } finally {
      store.close();
    }
  } catch {
    // It is older than that, or cannot be read: `doctor` says so.
    return [];
  }
}

/** Which app is which office's of the directory; empty where there is no directory. */
export function connectionsOfOffices(config: Config): Map<string, string> {
  if (!hasDirectory(config)) return new Map();
  const secretKey = requireSecretKey(config);
  const directory = openDirectory(directoryPath(config));
  try {
    return new Map(
      directory.list().flatMap((row) => keysOf(secretKey, row).map((key): [string, string] => [key, row.id])),
    );
  } finally {
    directory.close();
  }
}

/** None when the entry cannot be opened. */
function keysOf(secretKey: string, row: DirectoryRow): string[] {
  try {
    return connectionsOf(openEntry(secretKey, row));
  } catch {
    return [];
  }
}
