import { PAGE } from '../domain/own-page.ts';
import type { Platform } from '../platforms/platform.ts';
import { Pace } from './pace.ts';
import { SHORT } from './pump-limits.ts';

interface Outlet {
  platform: Platform;
  pace: Pace;
}

/** Where messages can go out: the platforms that are on, each at its pace. */
export class Outlets {
  private known: ReadonlyMap<string, Outlet> = new Map();

  constructor(platforms: readonly Platform[]) {
    this.connect(platforms);
  }

  /** These from now on. One that stays, or is renewed, keeps its pace: to the platform it is the same app. */
  connect(platforms: readonly Platform[]): void {
    const before = this.known;
    this.known = new Map(
      platforms.map((platform) => {
        const pace = before.get(platform.connection)?.pace ?? new Pace(platform.limits);
        return [platform.connection, { platform, pace }];
      }),
    );
  }

  get(connection: string): Platform | undefined {
    return this.known.get(connection)?.platform;
  }

  pace(connection: string): Pace | undefined {
    return this.known.get(connection)?.pace;
  }

  /** Every platform is at its limit for so long, ms: before that nothing could go anyway. Pages have none. */
  full(): number {
    const now = performance.now();
    let wait = this.known.size === 0 ? 0 : SHORT;
    for (const [of, { pace }] of this.known) if (of !== PAGE) wait = Math.min(wait, pace.room(now));
    return wait;
  }
}
