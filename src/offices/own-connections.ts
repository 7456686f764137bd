import type { ConnectionRow } from '../../db/queries/connections.ts';
import { type Config, requireSecretKey } from '../config.ts';
import { systemClock } from '../lib/clock.ts';
import { errorCode } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import type { Platform } from '../platforms/platform.ts';
import { openConnection } from './connections.ts';
import { administratorsOn, connectionsOf } from './credentials.ts';
import { makePlatforms, type PlatformHost } from './make-platforms.ts';

/** The platforms of one office: those of the variables first, then the connections of its own table. */
export interface OfficePlatforms {
  platforms: Platform[];
  administrators: { connection: string; id: string }[];
  /** Connections whose credentials do not open; they stay off. */
  broken: string[];
}

/** What became of one row of the table. */
interface Made extends OfficePlatforms {
  revision: number;
}

/**
 * Makes the platforms of the office of the variables (issue 4, point 6), from its enabled rows; nothing is opened or
 * called yet. It may be asked again as rows change: a row that is as before gives the same platform, with all it knows.
 */
export function ownConnections(
  { config, log }: { config: Config; log: Log },
  troubled?: PlatformHost['troubled'],
): (rows: readonly ConnectionRow[]) => OfficePlatforms {
  const { httpsProxy, publicUrl } = config;
  const host = { log, now: systemClock.now, httpsProxy, publicUrl, troubled };
  const ofVariables = makePlatforms(config, host);
  const own = new Set(connectionsOf(config));
  let made: ReadonlyMap<string, Made> = new Map();

  function make(row: ConnectionRow): Made {
    const { key, revision } = row;
    try {
      const credentials = openConnection(requireSecretKey(config), row);
      const administrators = administratorsOn([key], credentials.admins);
      return { revision, platforms: makePlatforms(credentials, host, true), administrators, broken: [] };
    } catch (error) {
      log.error({ connection: key, code: errorCode(error) }, 'a connection cannot be opened and stays off');
      return { revision, platforms: [], administrators: [], broken: [key] };
    }
  }

  return (rows) => {
    // The variables are the nearer word: a connection that stands in both is the one of the variables.
    const further = rows.filter(({ key }) => !own.has(key));
    made = new Map(
      further.map((row) => {
        const known = made.get(row.key);
        return [row.key, known?.revision === row.revision ? known : make(row)];
      }),
    );
    const all = [...made.values()];
    const platforms = [...ofVariables, ...all.flatMap((each) => each.platforms)];
    const connections = platforms.map(({ connection }) => connection);
    return {
      platforms,
      administrators: [
        ...administratorsOn(connections, config.admins),
        ...all.flatMap((each) => each.administrators),
      ],
      broken: all.flatMap((each) => each.broken),
    };
  };
}
