import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type DirectoryRow, openDirectory } from '../../db/directory.ts';
import { openStore } from '../../db/node.ts';
import { type Config, requireSecretKey } from '../config.ts';
import { type Clock, systemClock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { assembleOffice } from '../office/assemble.ts';
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
}

/** Throws AppError `office-entry` when the credentials do not open with SECRET_KEY. */
export function platformOf({ config, log, clock = systemClock }: NodeOfficesOptions, row: DirectoryRow) {
  const { feishu } = openEntry(requireSecretKey(config), row);
  return createFeishu({ ...feishu, httpsProxy: config.httpsProxy, log, now: () => clock.now() });
}

/** Opens an office's file with its own key. `silentSince`: see `FleetOptions.open`. */
export async function openNodeOffice(
  { config, log, clock = systemClock }: NodeOfficesOptions,
  row: DirectoryRow,
  platform: Platform,
  silentSince: number | null = null,
): Promise<OpenOffice> {
  const secretKey = requireSecretKey(config);
  const { admins } = openEntry(secretKey, row);
  const store = openStore(officePath(config, row.id));
  try {
    const office = assembleOffice({
      store,
      secret: officeSecret(secretKey, row.id),
      clock,
      platforms: [platform],
      log,
    });
    await office.write(() => {
      if (silentSince !== null && office.q.settings.get('alive') !== null)
        office.q.settings.set('alive', silentSince);
      const known = admins.map((id) => ({ connection: platform.connection, id }));
      // Without any, the code that the command line has printed stays good.
      if (known.length > 0) ensureAdministrators(office.q, clock.now(), known);
    });
    await office.start({ afterOutage: silentSince !== null });
    return {
      office,
      async close() {
        await office.stop();
        const next = nextOf(office, clock.now());
        store.close();
        return next;
      },
    };
  } catch (error) {
    store.close();
    throw error;
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
