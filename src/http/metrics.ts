import type { Handler, MiddlewareHandler } from 'hono';
import type { Gauges, Meter } from '../office/metrics.ts';
import type { Figures } from './figures.ts';

export type Acked = (platform: string, status: number, seconds: number) => void;

/** What an app mounts: one stands around the platforms' addresses, the other answers `GET /metrics`. */
export interface EdgeMetrics {
  timed: MiddlewareHandler;
  /** One answer to a platform that did not come through the app. */
  acked: Acked;
  page: Handler;
}

export interface Metrics {
  meter: Meter;
  /** `read` is asked at each scrape; undefined or a throw leaves those figures out. */
  edge(read: () => Gauges | undefined): EdgeMetrics;
}

/** Things to count that are kept while the counters are being loaded. */
const WAITING = 10_000;
const PLATFORM = /\/webhook\/(feishu|dingtalk)(?:\/|$)/;

/**
 * Figures for Prometheus (contract: GET /metrics), one registry an app, on Node only. prom-client costs as much time
 * as starting an empty node, so it is loaded with the first thing to count (decision 43); what comes meanwhile waits.
 */
export function createMetrics(options: { process?: boolean } = {}): Metrics {
  const waiting: ((figures: Figures) => void)[] = [];
  let figures: Figures | undefined;
  let loading: Promise<Figures> | undefined;

  const load = async (): Promise<Figures> => {
    const { createFigures } = await import('./figures.ts');
    figures = createFigures(options);
    for (const count of waiting.splice(0)) count(figures);
    return figures;
  };
  const loaded = (): Promise<Figures> => {
    loading ??= load();
    return loading;
  };
  const note = (count: (figures: Figures) => void): void => {
    if (figures) {
      count(figures);
    } else if (waiting.length < WAITING) {
      waiting.push(count);
      // A figure that cannot be counted is no reason to stop working; whoever asks for the page hears of it.
      loaded().catch(() => undefined);
    }
  };

  const acked: Acked = (platform, status, seconds) => note((to) => to.ack(platform, status, seconds));

  return {
    meter: {
      event: (...what) => note((to) => to.meter.event(...what)),
      delivery: (...what) => note((to) => to.meter.delivery(...what)),
      givenUp: (...what) => note((to) => to.meter.givenUp(...what)),
      job: (...what) => note((to) => to.meter.job(...what)),
    },
    edge: (read) => ({
      async timed(c, next) {
        const platform = PLATFORM.exec(c.req.path)?.[1];
        if (!platform) return next();
        const began = performance.now();
        await next();
        acked(platform, c.res.status, (performance.now() - began) / 1000);
      },
      acked,
      async page(c) {
        const { text, contentType } = await loaded();
        const body = await text(attempt(read));
        return c.body(body, 200, { 'Content-Type': contentType, 'Cache-Control': 'no-store' });
      },
    }),
  };
}

/** A database that cannot be read must not take the other figures away: that is when they are looked at. */
function attempt(read: () => Gauges | undefined): Gauges | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
