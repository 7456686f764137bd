import type { Handler } from 'hono';
import type { Platform } from '../platforms/platform.ts';

/** The process answers, and that is all it says. */
export const healthz: Handler = (c) => c.json({ status: 'ok' });

/**
 * Contract: 503 only for the database. A platform that is down is shown and no reason to take the server out
 * of service, for events that do arrive must be kept.
 */
export function readyz(platforms: readonly Platform[], databaseReady: () => boolean): Handler {
  return (c) => {
    const database = attempt(databaseReady);
    const states = Object.fromEntries(
      platforms.map((platform) => [nameOf(platform, platforms), stateOf(platform)]),
    );
    const body = { status: database ? 'ok' : 'unavailable', database: { up: database }, platforms: states };
    return c.json(body, database ? 200 : 503);
  };
}

/** The first of a platform goes by its bare name, as its address does; further ones by their connection. */
function nameOf(platform: Platform, platforms: readonly Platform[]): string {
  const first = platforms.find(({ name }) => name === platform.name);
  return first === platform ? platform.name : platform.connection;
}

function stateOf(platform: Platform): { connection: string } & ReturnType<Platform['state']> {
  return { connection: platform.connection, ...platform.state() };
}

function attempt(check: () => boolean): boolean {
  try {
    return check();
  } catch {
    return false;
  }
}
