import { sql } from 'drizzle-orm';
import { assertSound, openStore } from '../../db/node.ts';
import { connectionQueries } from '../../db/queries/connections.ts';
import { settingQueries } from '../../db/queries/orgs.ts';
import type { Store } from '../../db/store.ts';
import { type Config, requireSecretKey } from '../config.ts';
import { accepting } from '../http/accept.ts';
import { systemClock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { assembleOffice, type OfficeInput } from '../office/assemble.ts';
import type { Office } from '../office/office.ts';
import type { Finding, Platform } from '../platforms/platform.ts';
import { ensureAdministrators } from '../work/administrators.ts';
import { followConnections, startPlatforms } from './follow-connections.ts';
import { backupFinding, diskFinding } from './host-findings.ts';
import { logIfLost } from './make-platforms.ts';
import { type OfficePlatforms, ownConnections } from './own-connections.ts';
import { whenUnlocked } from './when-unlocked.ts';

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

/** The office of the variables over an open store; nothing is sent yet. The caller stops it and closes the store. */
export function assembleSingle(
  options: SingleOfficeOptions,
  store: Store,
): OfficePlatforms & { office: Office; read: () => OfficePlatforms } {
  const { config, log, meter, importRoster } = options;
  const rows = connectionQueries(store);
  const of = ownConnections(options, (sentence) => logIfLost(office.tellAdministrators(sentence), log));
  const read = (): OfficePlatforms => of(rows.enabled());
  const found = read();
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
  return { ...found, office, read };
}

export interface SingleOffice {
  /** A live list: `beat` changes it in place as connections come and go. */
  platforms: readonly Platform[];
  office: Office;
  /** The one-time code where there is no administrator (decision 6). */
  claim: string | null;
  ready(): boolean;
  /** What the minute's timer calls: follows the table of connections, then does the office's own jobs. */
  beat(): Promise<void>;
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
  const { platforms, administrators, office, read } = assembleSingle(options, store);
  const { now } = systemClock;
  const claim = await whenUnlocked(
    () => office.write(() => ensureAdministrators(office.q, now(), administrators)),
    log,
  );
  await whenUnlocked(() => office.start({ afterOutage: true }), log);
  const accept = accepting(office.deliver, log);
  await startPlatforms(platforms, accept, log);
  let following = Promise.resolve();
  let closing = false;
  return {
    platforms,
    office,
    claim,
    ready: () => store.db.get(sql`select 1`) !== undefined,
    async beat() {
      if (closing) return;
      following = followConnections({ office, platforms, read, accept, now, log });
      await following;
      await office.beat();
    },
    async close() {
      closing = true;
      // What is just coming up must not be left behind.
      await following;
      await Promise.allSettled(platforms.map((platform) => platform.stop?.()));
      await office.stop();
      store.close();
    },
  };
}
