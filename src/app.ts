import { type Context, Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { EventSink } from './http/accept.ts';
import { type FormPages, forms } from './http/forms.ts';
import { healthz, readyz } from './http/health.ts';
import type { EdgeMetrics } from './http/metrics.ts';
import { notFound, onError } from './http/on-error.ts';
import { webhook } from './http/webhook.ts';
import type { Log } from './lib/log.ts';
import type { Platform, RawRequest } from './platforms/platform.ts';

/** An office of the directory, as its path finds it. */
export interface OfficeAtPath {
  platforms: readonly Platform[];
  sink: EventSink;
  /** Its signed pages, where the host can show them. */
  pages?: FormPages;
}

export interface AppOptions {
  /** Those that are on; the others' addresses answer 404. */
  platforms: readonly Platform[];
  /** The office of the environment; absent where there is none. */
  sink?: EventSink;
  /** The signed pages of that office. */
  pages?: FormPages;
  /** The offices by path (issue 3, point 5); undefined for one that is unknown or disabled. */
  offices?: (id: string) => OfficeAtPath | undefined | Promise<OfficeAtPath | undefined>;
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
  const single = sink && { platforms, sink };

  app.onError(onError(log));
  app.notFound(notFound);
  const headers = secureHeaders(HEADERS);
  // A platform is no browser: what it gets is JSON, and it reads no such header.
  app.use((c, next) => (c.req.method === 'POST' && PUSHED.test(c.req.path) ? next() : headers(c, next)));

  if (metrics) {
    app.use(metrics.timed);
    app.get('/metrics', metrics.page);
  }
  app.get('/healthz', healthz);
  app.get('/readyz', readyz(platforms, ready));
  for (const { path, name, route } of ADDRESSES) {
    const at = (found: OfficeAtPath | undefined, key: string | undefined) => {
      const platform = found && named(found.platforms, name, key);
      return platform && { platform, sink: found.sink };
    };
    app.route(path, webhook({ route, target: (c) => at(single, c.req.param('app')), now, log }));
    if (!offices) continue;
    const target = async (c: Context) => at(await offices(c.req.param('office') ?? ''), c.req.param('app'));
    app.route(`/o/:office${path}`, webhook({ route, target, now, log }));
  }
  const { pages } = options;
  if (pages) app.route('/f', forms({ pages: () => pages, log }));
  if (offices) {
    const of = async (c: Context) => (await offices(c.req.param('office') ?? ''))?.pages;
    app.route('/o/:office/f', forms({ pages: of, log }));
  }
  if (playground) app.route('/', playground);
  return app;
}

/** Addresses that platforms push to. */
const PUSHED = /^(?:\/o\/[^/]+)?\/webhook\//;

/** The addresses of a platform (contract: HTTP); the first connection has the bare one, every one `…/<app id>` too. */
const ADDRESSES: readonly { path: string; name: Platform['name']; route?: RawRequest['route'] }[] = [
  { path: '/webhook/feishu', name: 'feishu' },
  { path: '/webhook/feishu/:app', name: 'feishu' },
  { path: '/webhook/dingtalk', name: 'dingtalk' },
  { path: '/webhook/dingtalk/card', name: 'dingtalk', route: 'card' },
  { path: '/webhook/dingtalk/event', name: 'dingtalk', route: 'event' },
  { path: '/webhook/dingtalk/:app', name: 'dingtalk' },
  { path: '/webhook/dingtalk/:app/card', name: 'dingtalk', route: 'card' },
  { path: '/webhook/dingtalk/:app/event', name: 'dingtalk', route: 'event' },
];

/** Without an app id the first of that platform; with one exactly that one. */
function named(
  platforms: readonly Platform[],
  name: Platform['name'],
  app: string | undefined,
): Platform | undefined {
  return platforms.find(
    (platform) => platform.name === name && (app === undefined || platform.connection === `${name}:${app}`),
  );
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
