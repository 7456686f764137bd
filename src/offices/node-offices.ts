import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type DirectoryRow, openDirectory } from '../../db/directory.ts';
import { openStore } from '../../db/node.ts';
import type { Store } from '../../db/store.ts';
import { type Config, requireSecretKey } from '../config.ts';
import { type Clock, systemClock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { assembleOffice } from '../office/assemble.ts';
import type { Meter } from '../office/metrics.ts';
import type { Office } from '../office/office.ts';
import { createFeishu } from '../platforms/feishu/index.ts';
import type { Platform } from '../platforms/platform.ts';
import { ensureAdministrators } from '../work/administrators.ts';
import { officeSecret, openEntry } from './entry.ts';
import { Fleet, nextOf } from './fleet.ts';
import type { OpenOffice } from './hosted-office.ts';

/** The directory lies beside the single office's database: `data/offices.db`. */
export function directoryPath(config: Pick<Config, 'databasePath'>): string {
  return join(dirname(config.databasePath), 'offices.db');
}

/** An office's own file: `data/<id>.db`. The id has no slash and no dot (`isOfficeId`). */
export function officePath(config: Pick<Config, 'databasePath'>, id: string): string {
  return join(dirname(config.databasePath), `${id}.db`);
}

/** Whether there are offices by path: only where the directory was made. */
export function hasDirectory(config: Pick<Config, 'databasePath'>): boolean {
  return existsSync(directoryPath(config));
}

export interface NodeOfficesOptions {
  config: Config;
  log: Log;
  clock?: Clock;
  /** Counts for all of them together. */
  meter?: Meter;
}

/** Throws AppError `office-entry` when the credentials do not open with SECRET_KEY. */
export function platformOf({ config, log, clock = systemClock }: NodeOfficesOptions, row: DirectoryRow) {
  const { feishu } = openEntry(requireSecretKey(config), row);
  return createFeishu({ ...feishu, httpsProxy: config.httpsProxy, log, now: () => clock.now() });
}

/** An office's file, opened with its own key; nothing is sent yet. The caller stops the office and closes the store. */
export function openOfficeFile(
  { config, log, clock = systemClock, meter }: NodeOfficesOptions,
  row: DirectoryRow,
  platform: Platform,
): { office: Office; store: Store; administrators: { connection: string; id: string }[] } {
  const secretKey = requireSecretKey(config);
  const { admins } = openEntry(secretKey, row);
  const store = openStore(officePath(config, row.id));
  const office = assembleOffice({
    store,
    secret: officeSecret(secretKey, row.id),
    clock,
    platforms: [platform],
    log,
    meter,
  });
  return { office, store, administrators: admins.map((id) => ({ connection: platform.connection, id })) };
}

/** Opens an office and starts sending. `silentSince`: see `FleetOptions.open`. */
export async function openNodeOffice(
  options: NodeOfficesOptions,
  row: DirectoryRow,
  platform: Platform,
  silentSince: number | null,
): Promise<OpenOffice> {
  const { office, store, administrators } = openOfficeFile(options, row, platform);
  const now = () => (options.clock ?? systemClock).now();
  const { q } = office;
  try {
    await office.write(() => {
      if (silentSince !== null && q.settings.get('alive') !== null) q.settings.set('alive', silentSince);
      // Without any, the code that the command line has printed stays good.
      if (administrators.length > 0) ensureAdministrators(q, now(), administrators);
    });
    await office.start({ afterOutage: silentSince !== null });
  } catch (error) {
    store.close();
    throw error;
  }
  return {
    office,
    async close() {
      await office.stop();
      const next = nextOf(office, now());
      store.close();
      return next;
    },
  };
}

/** Makes a new office's file and administrators; the one-time code if it has none (decision 6). */
export async function prepareOffice(options: NodeOfficesOptions, row: DirectoryRow): Promise<string | null> {
  const { office, store, administrators } = openOfficeFile(options, row, platformOf(options, row));
  try {
    return await office.write(() =>
      ensureAdministrators(office.q, (options.clock ?? systemClock).now(), administrators),
    );
  } finally {
    await office.stop();
    store.close();
  }
}

/** The offices of this machine, from the directory beside the database. */
export function openFleet(options: NodeOfficesOptions & { idle?: number; mostWaiting?: number }): Fleet {
  return new Fleet({
    directory: openDirectory(directoryPath(options.config)),
    platformOf: (row) => platformOf(options, row),
    open: (row, platform, silentSince) => openNodeOffice(options, row, platform, silentSince),
    clock: options.clock ?? systemClock,
    log: options.log,
    idle: options.idle,
    mostWaiting: options.mostWaiting,
  });
}
