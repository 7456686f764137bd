import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type DirectoryRow, openDirectory } from '../../db/directory.ts';
import { openStore } from '../../db/node.ts';
import type { Store } from '../../db/store.ts';
import { importByChild } from '../cli/import-child.ts';
import { type Config, requireSecretKey } from '../config.ts';
import { type Clock, systemClock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { assembleOffice } from '../office/assemble.ts';
import type { Meter } from '../office/metrics.ts';
import type { Office } from '../office/office.ts';
import type { Platform } from '../platforms/platform.ts';
import { ensureAdministrators } from '../work/administrators.ts';
import { administratorsOn, connectionsOf, holdsLine } from './credentials.ts';
import { officeSecret, openEntry } from './entry.ts';
import { Fleet } from './fleet.ts';
import type { OpenOffice } from './hosted-office.ts';
import { makePlatforms, type PlatformHost } from './make-platforms.ts';
import { nextOf } from './next-wake.ts';

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
export function platformsOf(
  options: NodeOfficesOptions,
  row: DirectoryRow,
  troubled?: PlatformHost['troubled'],
): Platform[] {
  const { config, log, clock = systemClock } = options;
  return makePlatforms(openEntry(requireSecretKey(config), row), {
    log,
    now: () => clock.now(),
    httpsProxy: config.httpsProxy,
    publicUrl: publicUrlOf(config, row.id),
    troubled,
  });
}

/** An office's addresses and links begin with its path. */
export function publicUrlOf({ publicUrl }: Pick<Config, 'publicUrl'>, id: string): string | undefined {
  return publicUrl && `${publicUrl}/o/${id}`;
}

/** An office's file, opened with its own key; nothing is sent yet. The caller stops the office and closes the store. */
export function openOfficeFile(
  { config, log, clock = systemClock, meter }: NodeOfficesOptions,
  row: DirectoryRow,
  platforms: readonly Platform[],
): { office: Office; store: Store; administrators: { connection: string; id: string }[] } {
  const secretKey = requireSecretKey(config);
  const credentials = openEntry(secretKey, row);
  const store = openStore(officePath(config, row.id));
  const office = assembleOffice({
    store,
    secret: officeSecret(secretKey, row.id),
    clock,
    platforms,
    publicUrl: publicUrlOf(config, row.id),
    log,
    meter,
    importRoster: importByChild({ office: row.id }),
  });
  return { office, store, administrators: administratorsOn(connectionsOf(credentials), credentials.admins) };
}

/** Opens an office and starts sending. `silentSince`: see `FleetOptions.open`. */
export async function openNodeOffice(
  options: NodeOfficesOptions,
  row: DirectoryRow,
  platforms: readonly Platform[],
  silentSince: number | null,
): Promise<OpenOffice> {
  const { office, store, administrators } = openOfficeFile(options, row, platforms);
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
  const { office, store, administrators } = openOfficeFile(options, row, platformsOf(options, row));
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
    platformsOf: (row, troubled) => platformsOf(options, row, troubled),
    staysOpen: (row) => holdsLine(openEntry(requireSecretKey(options.config), row)),
    open: (row, platforms, silentSince) => openNodeOffice(options, row, platforms, silentSince),
    clock: options.clock ?? systemClock,
    log: options.log,
    idle: options.idle,
    mostWaiting: options.mostWaiting,
  });
}
