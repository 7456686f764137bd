import { systemClock } from '../lib/clock.ts';
import { errorCode } from '../lib/errors.ts';
import { createFeishu } from '../platforms/feishu/index.ts';
import type { Platform } from '../platforms/platform.ts';
import { isOfficeId, type OfficeEntry, openEntry } from './entry.ts';
import type { WorkerSettings } from './worker-settings.ts';

/** Seconds for which an edge may serve an entry it has read, unknown ids too: what `rotate` and deleting take to arrive. */
const FRESH = 60;
/** Platforms an isolate keeps made up; the oldest goes. It is a cache: nothing is lost with it. */
const KEPT = 500;

/** The entry as the directory has it now; null when it is not there (disabled). Rejects when it cannot be asked. */
export async function readEntry(settings: WorkerSettings, id: string): Promise<OfficeEntry | null> {
  const sealed = await settings.directory?.get(id, { cacheTtl: FRESH });
  return sealed ? { id, sealed } : null;
}

/** Verifies and decrypts for an office by its path; undefined for one that is unknown, disabled or cannot be opened. */
export function createWorkerOffices(
  settings: WorkerSettings,
): (id: string) => Promise<{ entry: OfficeEntry; platform: Platform } | undefined> {
  const made = new Map<string, { sealed: string; platform: Platform }>();

  function platformOf(entry: OfficeEntry): Platform {
    const known = made.get(entry.id);
    if (known?.sealed === entry.sealed) return known.platform;
    const { feishu } = openEntry(settings.secretKey, entry);
    const platform = createFeishu({ ...feishu, log: settings.log, now: systemClock.now });
    made.delete(entry.id);
    made.set(entry.id, { sealed: entry.sealed, platform });
    if (made.size > KEPT) for (const oldest of [...made.keys()].slice(0, 1)) made.delete(oldest);
    return platform;
  }

  return async (id) => {
    if (!isOfficeId(id)) return undefined;
    const entry = await readEntry(settings, id);
    if (!entry) return undefined;
    try {
      return { entry, platform: platformOf(entry) };
    } catch (error) {
      settings.log.error(
        { office: id, code: errorCode(error) },
        'an entry of the directory cannot be opened',
      );
      return undefined;
    }
  };
}
