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

/** One a platform: up where all of its connections are; how often long connections came up again, where there are any. */
interface PlatformGauge {
  name: Platform['name'];
  up: boolean;
  reconnects?: number;
}

/** What a connection took this month; allowance 0: no limit; forecast null: not known yet. */
interface QuotaGauge {
  platform: Platform['name'];
  kind: QuotaKind;
  used: number;
  allowance: number;
  forecast: number | null;
}

type Undelivered = 'pending' | 'leased' | 'uncertain' | 'dead';

/** What is true at this moment, read when somebody asks. */
export interface Gauges {
  outbox: Readonly<Record<Undelivered, number>>;
  /** Age of the oldest message that is due and not sent, seconds; 0 when there is none. */
  oldestSeconds: number;
  platforms: readonly PlatformGauge[];
  /** Per platform and kind the tightest of its connections. */
  quotas: readonly QuotaGauge[];
}

export function readGauges(q: Queries, platforms: readonly Platform[], now: number): Gauges {
  const { states, oldestAt } = q.upkeep.outbox(now);
  const calendar = makeCalendar();
  return {
    outbox: countBy((state) => states.find((row) => row.state === state)?.count ?? 0),
    oldestSeconds: oldestAt === null ? 0 : Math.max(0, now - oldestAt) / 1000,
    platforms: byPlatform(platforms.map((each) => ({ name: each.name, ...each.state() }))),
    quotas: tightest(
      platforms.flatMap((platform) =>
        quotasOf(q, platform, now, calendar).map(({ use, outlook }) => ({
          platform: platform.name,
          kind: use.kind,
          used: use.used,
          allowance: use.allowance,
          forecast: outlook.forecast,
        })),
      ),
    ),
  };
}

/** Several offices of one process as one: what waits in all of them, and otherwise the worst. */
export function sumGauges(all: readonly Gauges[]): Gauges {
  return {
    outbox: countBy((state) => all.reduce((sum, each) => sum + each.outbox[state], 0)),
    oldestSeconds: Math.max(0, ...all.map((each) => each.oldestSeconds)),
    platforms: byPlatform(all.flatMap((each) => each.platforms)),
    quotas: tightest(all.flatMap((each) => each.quotas)),
  };
}

function countBy(count: (state: Undelivered) => number): Gauges['outbox'] {
  return {
    pending: count('pending'),
    leased: count('leased'),
    uncertain: count('uncertain'),
    dead: count('dead'),
  };
}

/** Labels name no connection and no office: of several on one platform the worst is shown, and their reconnects together. */
function byPlatform(all: readonly PlatformGauge[]): PlatformGauge[] {
  const found = new Map<Platform['name'], PlatformGauge>();
  for (const { name, up, reconnects } of all) {
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
const shareOf = ({ used, allowance }: QuotaGauge): number => (allowance > 0 ? used / allowance : -1);

/** Labels name no connection and no office: of several on one platform the one that is nearest its limit is shown. */
function tightest(all: readonly QuotaGauge[]): QuotaGauge[] {
  const found = new Map<string, QuotaGauge>();
  for (const each of all) {
    const known = found.get(`${each.platform} ${each.kind}`);
    if (!known || shareOf(each) > shareOf(known)) found.set(`${each.platform} ${each.kind}`, each);
  }
  return [...found.values()];
}
