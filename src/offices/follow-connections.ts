import { type EventSink, isCommitFailed } from '../http/accept.ts';
import { describeError, type Log } from '../lib/log.ts';
import type { Office } from '../office/office.ts';
import type { Platform } from '../platforms/platform.ts';
import { ensureAdministrators } from '../work/administrators.ts';
import type { OfficePlatforms } from './own-connections.ts';

interface FollowOptions {
  office: Office;
  /** Those that are up; changed in place, so that whoever looks a platform up finds the one of now. */
  platforms: Platform[];
  /** As the table has them now; one that is as before is the same object. */
  read: () => OfficePlatforms;
  accept: EventSink;
  now: () => number;
  log: Log;
}

/**
 * Brings the connections of a running office to what its table says (`lianxin connection`): a new one is started, a
 * renewed one takes the place of the one before, one that was disabled ends. The office itself goes on: what was
 * accepted is kept, and calls under way come to their end on the platform they began with. Never rejects.
 */
export async function followConnections(options: FollowOptions): Promise<void> {
  const { office, platforms, accept, now, log } = options;
  try {
    const next = options.read();
    const fresh = next.platforms.filter((each) => !platforms.includes(each));
    const gone = platforms.filter((each) => !next.platforms.includes(each));
    if (fresh.length === 0 && gone.length === 0) return;
    const added = new Set(fresh.map(({ connection }) => connection));
    const administrators = next.administrators.filter(({ connection }) => added.has(connection));
    // Without any, a code that the start has printed stays good.
    if (administrators.length > 0)
      await office.write(() => ensureAdministrators(office.q, now(), administrators));
    platforms.splice(0, platforms.length, ...next.platforms);
    office.connect(next.platforms);
    // The new one first: between two of the same app no event falls through.
    await startPlatforms(fresh, accept, log);
    await Promise.allSettled(gone.map((platform) => platform.stop?.()));
    for (const { connection } of gone) if (!added.has(connection)) log.info({ connection }, '连接已停用');
    for (const connection of added) log.info({ connection }, '连接已按新的凭证接上');
  } catch (error) {
    // A table that cannot be read or written just now: nothing was changed, and the next minute tries again.
    log[isCommitFailed(error) ? 'warn' : 'error'](
      { error: describeError(error) },
      'the connections could not be followed; tried again in a minute',
    );
  }
}

/** One that does not come up is shown by /readyz; the others must not wait for it. */
export async function startPlatforms(
  platforms: readonly Platform[],
  accept: EventSink,
  log: Log,
): Promise<void> {
  for (const platform of platforms)
    await platform.start?.(accept).catch((error: unknown) => {
      log.error({ platform: platform.name, error: describeError(error) }, 'a platform did not start');
    });
}
