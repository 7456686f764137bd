import { type Context, Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { type FormPages, forms } from './http/forms.ts';
import { healthz, readyz } from './http/health.ts';
import type { EdgeMetrics } from './http/metrics.ts';
import { notFound, onError } from './http/on-error.ts';
import { createPushes, type PushOptions, type Takers } from './http/push.ts';
import { webhook } from './http/webhook.ts';

/** An office of the directory, as its path finds it. */
export interface OfficeAtPath extends Takers {
  /** Its signed pages, where the host can show them. */
  pages?: FormPages;
}

export interface AppOptions extends PushOptions {
  /** The signed pages of the environment's office. */
  pages?: FormPages;
  offices?: (id: string) => OfficeAtPath | undefined | Promise<OfficeAtPath | undefined>;
  /** Is the database usable: the one reason for 503 on /readyz. */
  ready: () => boolean;
  /** Figures of the Node host; absent, there is no /metrics. */
  metrics?: EdgeMetrics;
  /** Mounted at `/` when no platform's credentials are set. */
  playground?: Hono;
}

/** Every route of the house. The same app runs on Node and in a Worker. */
export function createApp(options: AppOptions): Hono {
  const { platforms, offices, ready, log, metrics, playground, pages } = options;
  const app = new Hono();

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
  const pushed = webhook(createPushes(options), log);
  app.post('/webhook/*', pushed);
  if (offices) app.post('/o/:office/webhook/*', pushed);
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
