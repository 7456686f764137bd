import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Direct } from './direct.ts';

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

/** A Hono app's own, given what Node knows of the request. */
type Fetch = (
  request: Request,
  node: { incoming: IncomingMessage; outgoing: ServerResponse },
) => Response | Promise<Response>;

/**
 * Listens on `host`:`port` (0: any free one) and says which it became. `direct` is asked before the app, whose way in is
 * loaded only then: the standard's requests, answers and headers cost as much time as an empty node, and a push needs none.
 */
export function listen(
  fetch: Fetch,
  at: { host: string; port: number },
  listening: (port: number) => void,
  direct?: Direct,
): Server {
  let app: ReturnType<typeof load> | undefined;
  const load = async () => {
    const { getRequestListener } = await import('@hono/node-server');
    return getRequestListener(fetch as Parameters<typeof getRequestListener>[0], { hostname: at.host });
  };
  const server = createServer(LIMITS, (incoming, outgoing) => {
    if (direct?.(incoming, outgoing)) return;
    app ??= load();
    void app.then((answer) => answer(incoming, outgoing));
  });
  server.listen(at.port, at.host, () => {
    const address = server.address();
    listening(typeof address === 'object' && address ? address.port : at.port);
  });
  return server;
}
