import { ApiError } from './errors.ts';
import { objects } from './json.ts';
import type { Binary, Call, Route } from './routes.ts';
import type { State } from './state.ts';
import type { Json } from './types.ts';

const TICKET_LIFE_MS = 90_000;

/** connections/open and its tickets: 90 seconds, one use (dingtalk.md 2.1). */
export function createDoor(state: State) {
  const tickets = new Map<string, { until: number; topics: Set<string> }>();
  let refusal = 0;
  let opens = 0;

  function open({ body, headers }: Call): Json | Binary {
    opens += 1;
    state.changed();
    if (refusal !== 0) throw new ApiError('refused', '', { status: refusal });
    if (!String(headers.accept ?? '').includes('application/json')) {
      state.complaints.push('connections/open without Accept: application/json is answered in XML');
      return { type: 'application/xml', bytes: Buffer.from('<result><endpoint/></result>') };
    }
    if (body.clientId !== state.clientId || body.clientSecret !== state.clientSecret)
      throw new ApiError('invalidClient', '', { status: 401 });
    const subscriptions = objects(body.subscriptions);
    for (const { type, topic } of subscriptions) {
      const fits = type === 'EVENT' ? topic === '*' : type === 'CALLBACK' && /^\/v1\.0\//.test(String(topic));
      if (!fits) throw new ApiError('invalidParameter.subscriptions', `${String(type)} ${String(topic)}`);
    }
    if (subscriptions.length === 0) throw new ApiError('invalidParameter.subscriptions', 'empty');
    // Characters that must be encoded in an address: real tickets are opaque too (2.1).
    const ticket = state.id('tk+/');
    const topics = new Set(subscriptions.map(({ type, topic }) => `${String(type)} ${String(topic)}`));
    tickets.set(ticket, { until: state.now() + TICKET_LIFE_MS, topics });
    return { endpoint: `${state.baseUrl.replace(/^http/, 'ws')}/connect`, ticket };
  }

  const endpoint: Route = {
    method: 'POST',
    path: '/v1.0/gateway/connections/open',
    family: 'open',
    free: true,
    run: open,
  };

  return {
    endpoint,
    get opens(): number {
      return opens;
    },
    refuse(status: number): void {
      refusal = status;
    },
    /** What the bearer of a ticket subscribed to; undefined for a ticket that is wrong, old or used. */
    redeem(url: URL): Set<string> | undefined {
      const name = url.searchParams.get('ticket') ?? '';
      const ticket = tickets.get(name);
      tickets.delete(name);
      if (url.pathname !== '/connect' || !ticket || ticket.until <= state.now() || refusal !== 0)
        return undefined;
      return ticket.topics;
    },
  };
}
