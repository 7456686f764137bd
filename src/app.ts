import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { EventSink } from './http/accept.ts';
import { healthz, readyz } from './http/health.ts';
import type { EdgeMetrics } from './http/metrics.ts';
import { notFound, onError } from './http/on-error.ts';
import { type Target, webhook } from './http/webhook.ts';
import type { Log } from './lib/log.ts';
import type { Platform } from './platforms/platform.ts';

export interface AppOptions {
  /** Those that are on; the others' addresses answer 404. */
  platforms: readonly Platform[];
  /** The office of the environment; absent where there is none. */
  sink?: EventSink;
  /** The offices by path (issue 3, point 5); undefined for one that is unknown or disabled. */
  offices?: (id: string) => Target | undefined | Promise<Target | undefined>;
  /** Is the database usable: the one reason for 503 on /readyz. */
  ready: () => boolean;
  now: () => number;
  log: Log;
  /** Figures of the Node host; absent, there is no /metrics. */
  metrics?: EdgeMetrics;
  /** Mounted at `/` when no platform's credentials are set. */
  playground?: Hono;
}

/** Every route of the house. The same app runs on Node and in a Worker. */
export function createApp(options: AppOptions): Hono {
  const { platforms, sink, offices, ready, now, log, metrics, playground } = options;
  const app = new Hono();
  const feishu = platforms.find((platform) => platform.name === 'feishu');
  const single = feishu && sink ? { platform: feishu, sink } : undefined;

  app.onError(onError(log));
  app.notFound(notFound);
  app.use(secureHeaders(HEADERS));

  if (metrics) {
    app.use(metrics.timed);
    app.get('/metrics', metrics.page);
  }
  app.get('/healthz', healthz);
  app.get('/readyz', readyz(platforms, ready));
  app.route('/webhook/feishu', webhook({ target: () => single, now, log }));
  if (offices)
    app.route(
      '/o/:office/webhook/feishu',
      webhook({ target: (c) => offices(c.req.param('office') ?? ''), now, log }),
    );
  if (playground) app.route('/', playground);
  return app;
}

/** Pages load nothing from elsewhere, run no inline script and stand in nobody's frame. */
const HEADERS: Parameters<typeof secureHeaders>[0] = {
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    styleSrc: ["'self'"],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: 'no-referrer',
  xFrameOptions: 'DENY',
};
