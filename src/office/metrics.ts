import type { Queries } from '../../db/queries/index.ts';
import { makeCalendar } from '../domain/calendar.ts';
import type { QuotaKind } from '../domain/quota.ts';
import type { Delivery, Inbound, Platform } from '../platforms/platform.ts';
import { quotasOf } from './quota.ts';

/** What an accepted event came to; `lost`: it could not be committed, the platform pushes it again (decision 1). */
export type EventOutcome = 'done' | 'ignored' | 'duplicate' | 'refused' | 'failed' | 'lost';

/**
 * What the office counts while it works. A host that shows figures passes one; without it nothing is counted.
 * Arguments are kinds, states and seconds: never an id, a name or a word of anybody's.
 */
export interface Meter {
  event(kind: Inbound['kind'], outcome: EventOutcome): void;
  /** One call to a platform; `attempt` is 1 for the first. */
  delivery(platform: Platform['name'], status: Delivery['status'], attempt: number, seconds: number): void;
  /** A message that is not tried again by itself: dead letter, or in doubt (decision 37). */
  givenUp(state: 'dead' | 'uncertain'): void;
  /** A job ran or failed, so many seconds after it was due. */
  job(name: string, outcome: 'done' | 'failed', lateSeconds: number): void;
}

export const noMeter: Meter = { event() {}, delivery() {}, givenUp() {}, job() {} };

/** What is true at this moment, read when somebody asks. */
export interface Gauges {
  outbox: Readonly<Record<'pending' | 'leased' | 'uncertain' | 'dead', number>>;
  /** Age of the oldest message that is due and not sent, seconds; 0 when there is none. */
  oldestSeconds: number;
  /** One a platform: up where all of its connections are; how often long connections came up again, where there are any. */
  platforms: readonly { name: Platform['name']; up: boolean; reconnects?: number }[];
  /** Per platform and kind what the tightest of its connections took this month; allowance 0: no limit; forecast null: not known yet. */
  quotas: readonly {
    platform: Platform['name'];
    kind: QuotaKind;
    used: number;
    allowance: number;
    forecast: number | null;
  }[];
}

export function readGauges(q: Queries, platforms: readonly Platform[], now: number): Gauges {
  const { states, oldestAt } = q.upkeep.outbox(now);
  const of = (state: string): number => states.find((row) => row.state === state)?.count ?? 0;
  return {
    outbox: {
      pending: of('pending'),
      leased: of('leased'),
      uncertain: of('uncertain'),
      dead: of('dead'),
    },
    oldestSeconds: oldestAt === null ? 0 : Math.max(0, now - oldestAt) / 1000,
    platforms: byPlatform(platforms),
    quotas: tightest(q, platforms, now),
  };
}

/** Labels name no connection: of several on one platform the worst is shown, and their reconnects together. */
function byPlatform(platforms: readonly Platform[]): Gauges['platforms'] {
  const found = new Map<Platform['name'], Gauges['platforms'][number]>();
  for (const platform of platforms) {
    const { name } = platform;
    const { up, reconnects } = platform.state();
    const known = found.get(name);
    const sum = reconnects === undefined ? known?.reconnects : reconnects + (known?.reconnects ?? 0);
    found.set(name, {
      name,
      up: up && known?.up !== false,
      ...(sum === undefined ? {} : { reconnects: sum }),
    });
  }
  return [...found.values()];
}

/** How much of its month a connection has taken; one without a limit is never the tight one. */
const shareOf = ({ used, allowance }: { used: number; allowance: number }): number =>
  allowance > 0 ? used / allowance : -1;

/** Labels name no connection: of several on one platform the one that is nearest its limit is shown. */
function tightest(q: Queries, platforms: readonly Platform[], now: number): Gauges['quotas'] {
  const calendar = makeCalendar();
  const found = new Map<string, Gauges['quotas'][number]>();
  for (const platform of platforms) {
    for (const { use, outlook } of quotasOf(q, platform, now, calendar)) {
      const { kind, used, allowance } = use;
      const known = found.get(`${platform.name} ${kind}`);
      if (known && shareOf(known) >= shareOf(use)) continue;
      found.set(`${platform.name} ${kind}`, {
        platform: platform.name,
        kind,
        used,
        allowance,
        forecast: outlook.forecast,
      });
    }
  }
  return [...found.values()];
}
