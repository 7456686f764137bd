import { systemClock } from '../lib/clock.ts';
import { AppError, errorCode } from '../lib/errors.ts';
import type { Platform } from '../platforms/platform.ts';
import { holdsLine } from './credentials.ts';
import { isOfficeId, type OfficeEntry, openEntry } from './entry.ts';
import { makePlatforms, type PlatformHost } from './make-platforms.ts';
import { keepAwake } from './worker-awake.ts';
import type { WorkerSettings } from './worker-settings.ts';

/** Seconds for which an edge may serve an entry it has read, unknown ids too: what `rotate` and deleting take to arrive. */
const FRESH = 60;
/** Offices whose platforms an isolate keeps made up; the oldest goes. It is a cache: nothing is lost with it. */
const KEPT = 500;

/** What a Worker gives its platforms; `path` is that of an office of the directory. */
export function workerHost({ config, log }: WorkerSettings, path = ''): PlatformHost {
  return {
    log,
    now: systemClock.now,
    publicUrl: config.publicUrl && `${config.publicUrl}${path}`,
    background: keepAwake,
  };
}

/** The entry as the directory has it now; null when it is not there (disabled). Rejects when it cannot be asked. */
export async function readEntry(settings: WorkerSettings, id: string): Promise<OfficeEntry | null> {
  const sealed = await settings.directory?.get(id, { cacheTtl: FRESH });
  return sealed ? { id, sealed } : null;
}

/** Verifies and decrypts for an office by its path; undefined for one that is unknown, disabled or cannot be opened. */
export function createWorkerOffices(
  settings: WorkerSettings,
): (id: string) => Promise<{ entry: OfficeEntry; platforms: Platform[] } | undefined> {
  const made = new Map<string, { sealed: string; platforms: Platform[] }>();

  function platformsOf(entry: OfficeEntry): Platform[] {
    const known = made.get(entry.id);
    if (known?.sealed === entry.sealed) return known.platforms;
    const credentials = openEntry(settings.secretKey, entry);
    if (holdsLine(credentials))
      throw new AppError('office-entry', {
        userText: `单位 ${entry.id} 用的是长连接，Worker 上不能保持：请改用推送。`,
        operatorText: 'a Worker cannot hold a long connection open',
      });
    const platforms = makePlatforms(credentials, workerHost(settings, `/o/${entry.id}`));
    made.delete(entry.id);
    made.set(entry.id, { sealed: entry.sealed, platforms });
    if (made.size > KEPT) for (const oldest of [...made.keys()].slice(0, 1)) made.delete(oldest);
    return platforms;
  }

  return async (id) => {
    if (!isOfficeId(id)) return undefined;
    const entry = await readEntry(settings, id);
    if (!entry) return undefined;
    try {
      return { entry, platforms: platformsOf(entry) };
    } catch (error) {
      settings.log.error(
        { office: id, code: errorCode(error) },
        'an entry of the directory cannot be opened',
      );
      return undefined;
    }
  };
}
