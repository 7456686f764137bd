import { type ServerType, serve } from '@hono/node-server';

/**
 * Limits of the Node server, ms and bytes. Feishu sends its event in one go with a few short headers; whoever takes
 * longer or sends more is no platform and shall not hold a connection (slow-loris). Bodies are limited per route.
 */
const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 10_000,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16 * 1024,
};

/** Listens on `host`:`port` (0: any free one) and says which it became. */
export function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  at: { host: string; port: number },
  listening: (port: number) => void,
): ServerType {
  return serve({ fetch, hostname: at.host, port: at.port, serverOptions: LIMITS }, (info) =>
    listening(info.port),
  );
}
