import { sql } from 'drizzle-orm';
import { assertSound, openStore } from '../../db/node.ts';
import { type ConnectionRow, connectionQueries } from '../../db/queries/connections.ts';
import { settingQueries } from '../../db/queries/orgs.ts';
import type { Store } from '../../db/store.ts';
import { type Config, requireSecretKey } from '../config.ts';
import { accepting } from '../http/accept.ts';
import { systemClock } from '../lib/clock.ts';
import { errorCode } from '../lib/errors.ts';
import { describeError, type Log } from '../lib/log.ts';
import { assembleOffice, type OfficeInput } from '../office/assemble.ts';
import type { Office } from '../office/office.ts';
import type { Finding, Platform } from '../platforms/platform.ts';
import { ensureAdministrators } from '../work/administrators.ts';
import { openConnection } from './connections.ts';
import { administratorsOn, connectionsOf } from './credentials.ts';
import { backupFinding, diskFinding } from './host-findings.ts';
import { logIfLost, makePlatforms, type PlatformHost } from './make-platforms.ts';
import { whenUnlocked } from './when-unlocked.ts';

/** The platforms of one office: those of the variables first, then the connections of its own table. */
export interface OfficePlatforms {
  platforms: Platform[];
  administrators: { connection: string; id: string }[];
  /** Connections whose credentials do not open; they stay off. */
  broken: string[];
}

/** A running server does not read its whole file again: that would hold up everybody (decision 41). */
const SOUND: Finding = {
  what: '数据库',
  ok: true,
  detail: '启动时检查过，文件完好；现在要查，运行 lianxin doctor',
};

export interface SingleOfficeOptions {
  config: Config;
  log: Log;
  meter?: OfficeInput['meter'];
  /** See `OfficeInput`. */
  importRoster?: OfficeInput['importRoster'];
}

/** Makes the platforms of the office of the variables (issue 4, point 6); nothing is opened or called yet. */
export function singlePlatforms(
  { config, log }: Pick<SingleOfficeOptions, 'config' | 'log'>,
  rows: readonly ConnectionRow[],
  troubled?: PlatformHost['troubled'],
): OfficePlatforms {
  const { httpsProxy, publicUrl } = config;
  const host = { log, now: systemClock.now, httpsProxy, publicUrl, troubled };
  const found: OfficePlatforms = { platforms: makePlatforms(config, host), administrators: [], broken: [] };
  const own = new Set(connectionsOf(config));
  for (const row of rows) {
    // The variables are the nearer word: a connection that stands in both is the one of the variables.
    if (own.has(row.key)) continue;
    try {
      const credentials = openConnection(requireSecretKey(config), row);
      found.platforms.push(...makePlatforms(credentials, host, true));
      found.administrators.push(...administratorsOn([row.key], credentials.admins));
    } catch (error) {
      log.error(
        { connection: row.key, code: errorCode(error) },
        'a connection cannot be opened and stays off',
      );
      found.broken.push(row.key);
    }
  }
  const connections = found.platforms.map(({ connection }) => connection);
  found.administrators.unshift(...administratorsOn(connections, config.admins));
  return found;
}

/** The office of the variables over an open store; nothing is sent yet. The caller stops it and closes the store. */
export function assembleSingle(
  options: SingleOfficeOptions,
  store: Store,
): OfficePlatforms & { office: Office } {
  const { config, log, meter, importRoster } = options;
  const found = singlePlatforms(options, connectionQueries(store).enabled(), (sentence) =>
    logIfLost(office.tellAdministrators(sentence), log),
  );
  const settings = settingQueries(store);
  const office: Office = assembleOffice({
    store,
    secret: requireSecretKey(config),
    clock: systemClock,
    platforms: found.platforms,
    publicUrl: config.publicUrl,
    log,
    meter,
    importRoster,
    hostFindings: async () => [
      SOUND,
      diskFinding(config.databasePath),
      backupFinding({ settings }, systemClock.now()),
    ],
  });
  return { ...found, office };
}

export interface SingleOffice {
  platforms: readonly Platform[];
  office: Office;
  /** The one-time code where there is no administrator (decision 6). */
  claim: string | null;
  ready(): boolean;
  close(): Promise<void>;
}

/**
 * Opens the office of the variables and starts it: what the server does; its jobs begin with its first beat. A database that another process holds for
 * some seconds is waited for. Throws AppError when it is damaged, of a newer version, or stays locked.
 */
export async function openSingle(options: SingleOfficeOptions): Promise<SingleOffice> {
  const { config, log } = options;
  const store = await whenUnlocked(() => openStore(config.databasePath), log);
  assertSound(store);
  const { platforms, administrators, office } = assembleSingle(options, store);
  const now = systemClock.now();
  const claim = await whenUnlocked(
    () => office.write(() => ensureAdministrators(office.q, now, administrators)),
    log,
  );
  await whenUnlocked(() => office.start({ afterOutage: true }), log);
  const accept = accepting(office.deliver, log);
  // One that does not come up is shown by /readyz; the others must not wait for it.
  for (const platform of platforms)
    await platform.start?.(accept).catch((error: unknown) => {
      log.error({ platform: platform.name, error: describeError(error) }, 'a platform did not start');
    });
  return {
    platforms,
    office,
    claim,
    ready: () => store.db.get(sql`select 1`) !== undefined,
    async close() {
      await Promise.allSettled(platforms.map((platform) => platform.stop?.()));
      await office.stop();
      store.close();
    },
  };
}
