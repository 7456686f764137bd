import { parseObject, str } from '../read.ts';
import type { Fetch } from './fetch.ts';
import { SUBSCRIPTIONS } from './stream-frame.ts';

export interface Credentials {
  clientId: string;
  clientSecret: string;
  baseUrl: string;
}

/** `refused`: asking again at once is of no use. */
export type Opened = { ok: true; url: string } | { ok: false; refused: boolean; code: string };

/**
 * Asks for a ticket, which is good for 90 s and once (dingtalk.md 2.1). Never rejects. The address that comes back
 * holds the ticket, so it must not reach a log.
 */
export async function openConnection(
  fetch: Fetch,
  { clientId, clientSecret, baseUrl }: Credentials,
  signal: AbortSignal,
): Promise<Opened> {
  try {
    const response = await fetch(`${baseUrl}/v1.0/gateway/connections/open`, {
      method: 'POST',
      // Without Accept the answer is XML.
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify({ clientId, clientSecret, subscriptions: SUBSCRIPTIONS, ua: 'lianxin' }),
      signal,
    });
    const answer = parseObject(await response.text());
    if (response.status !== 200) return { ok: false, ...refusal(response.status, answer !== undefined) };
    const url = socketUrl(str(answer, 'endpoint'), str(answer, 'ticket'), baseUrl);
    return url ? { ok: true, url } : { ok: false, refused: false, code: 'bad_answer' };
  } catch {
    return { ok: false, refused: false, code: signal.aborted ? 'timeout' : 'unreachable' };
  }
}

/** A 4xx of DingTalk's own is about us: credentials, permissions. Throttling answers with a page; that and the rest pass by themselves. */
function refusal(status: number, own: boolean): { refused: boolean; code: string } {
  const passing = !own || status === 408 || status === 429 || status >= 500 || status < 400;
  return { refused: !passing, code: String(status) };
}

/** In clear only where the base itself is (a test's, a gateway's inside). The ticket is encoded, which two of the SDKs forget. */
function socketUrl(endpoint: string, ticket: string, baseUrl: string): string | undefined {
  if (!ticket || !URL.canParse(endpoint)) return undefined;
  const url = new URL(endpoint);
  if (url.protocol !== 'wss:' && !(url.protocol === 'ws:' && baseUrl.startsWith('http:'))) return undefined;
  url.searchParams.set('ticket', ticket);
  return url.href;
}
