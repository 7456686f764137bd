import { createQueries } from '../../db/queries/index.ts';
import type { Store } from '../../db/store.ts';
import { COMMANDS } from '../commands/index.ts';
import { type Calendar, makeCalendar } from '../domain/calendar.ts';
import type { OfficialList } from '../domain/calendar-years.ts';
import type { Job } from '../jobs/define.ts';
import { JOBS } from '../jobs/index.ts';
import type { Clock } from '../lib/clock.ts';
import { createVault } from '../lib/vault.ts';
import type { Platform } from '../platforms/platform.ts';
import { VIEWS } from '../views/index.ts';
import { receiveMembership } from '../work/membership.ts';
import { receivePhotos } from '../work/photos.ts';
import { receiveRecall } from '../work/recall-visit.ts';
import { receiveStranger } from '../work/strangers.ts';
import { type Meter, noMeter } from './metrics.ts';
import { createOffice, type Office } from './office.ts';
import { pagePlatform } from './page-platform.ts';
import { pageVault } from './page-token.ts';
import type { ImportRoster, Log, Parts } from './parts.ts';

export interface OfficeInput {
  store: Store;
  /** Key material of encrypted fields, at least 32 characters. */
  secret: string;
  clock: Clock;
  platforms: readonly Platform[];
  log: Log;
  /** Base of links in cards, with the office's own path, without a slash at its end; absent: no links. */
  publicUrl?: string;
  /** Where a host counts. */
  meter?: Meter;
  /**
   * Given by a host that must be left to sleep: called with the instant (epoch ms) at which the outbox has to be looked
   * at again, in place of a timer of ours, which would keep a Durable Object in memory (decision 42).
   */
  wakeAt?: (at: number) => void;
  /** Reads roster files sent in private chat; see `Parts`. */
  importRoster?: ImportRoster;
  /** See `Parts`. */
  hostFindings?: Parts['hostFindings'];
  /** Tests may run others. */
  jobs?: readonly Job[];
}

/** Setting that holds the official holiday lists an administrator loaded. */
export const CALENDAR_LISTS = 'calendar-lists';

/** Puts the feature tables, one store and the platforms together: what both hosts and the tests call. */
export function assembleOffice(input: OfficeInput): Office {
  const vault = createVault(input.secret);
  // Personal pages are where links can be opened, beside a platform to speak to everybody else.
  const paged = input.publicUrl !== undefined && input.platforms.length > 0;
  const platforms = paged ? [...input.platforms, pagePlatform()] : input.platforms;
  const q = createQueries({
    store: input.store,
    vault,
    // A host without any only reads or writes; who could be reached is the next one's matter.
    connections:
      platforms.length > 0 ? () => parts.platforms.map((platform) => platform.connection) : undefined,
  });
  let calendar: { lists: string; value: Calendar } | null = null;
  const parts: Parts = {
    store: input.store,
    vault,
    pageVault: pageVault(input.secret),
    publicUrl: input.publicUrl,
    clock: input.clock,
    calendar() {
      const lists = JSON.stringify(q.settings.get<OfficialList[]>(CALENDAR_LISTS) ?? []);
      if (calendar?.lists !== lists)
        calendar = { lists, value: makeCalendar(JSON.parse(lists) as OfficialList[]) };
      return calendar.value;
    },
    platforms,
    commands: new Map(COMMANDS.map((each) => [each.name, each])),
    jobs: input.jobs ?? JOBS,
    views: new Map(VIEWS.map((each) => [each.name, each])),
    hooks: {
      stranger: receiveStranger,
      membership: receiveMembership,
      recall: receiveRecall,
      photos: receivePhotos,
    },
    log: input.log,
    meter: input.meter ?? noMeter,
    q,
    wakeAt: input.wakeAt,
    importRoster: input.importRoster,
    hostFindings: input.hostFindings,
  };
  return createOffice(parts);
}
