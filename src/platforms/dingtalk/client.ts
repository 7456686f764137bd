import type { JsonObject } from '../read.ts';
import { str } from '../read.ts';
import { type CallFailure, isTokenFailure, readAnswer, readThrown } from './classify.ts';
import { createFetch, type Fetch } from './fetch.ts';
import { CALL_TIMEOUT_MS, TOKEN_SHARE } from './limits.ts';

export interface ClientOptions {
  clientId: string;
  clientSecret: string;
  /** Bases of the new and the old API, without a slash at their end. */
  baseUrl: string;
  oapiUrl: string;
  httpsProxy?: string;
  /** How long a call may take, ms; 5 s unless told. */
  callTimeoutMs?: number;
  /** Epoch ms. */
  now: () => number;
}

/** `tokenMissing`: nothing was sent, for there was no token to send it with. */
export type Called =
  | { ok: true; answer: JsonObject }
  | { ok: false; failure: CallFailure; tokenMissing: boolean };

export interface DingTalkClient {
  /** A call of the new API with a valid token; never rejects. A token that went bad is renewed once (dingtalk.md 5.1). */
  call(method: 'GET' | 'POST' | 'PUT', path: string, body?: JsonObject): Promise<Called>;
  /** The same for the old API, whose token stands in the address and whose "no" in `errcode`; without a body it reads. */
  callOld(path: string, body?: JsonObject): Promise<Called>;
  /** A post to a webhook, whose address is its own authority (dingtalk.md 5.4); never rejects. */
  post(url: string, body: JsonObject): Promise<Called>;
  /** The raw way out, for the bytes of a file. */
  fetch: Fetch;
  /** Asks for a token now, whatever is cached: do the credentials hold? */
  proveToken(): Promise<Called>;
}

/** The way to DingTalk: `fetch`, one token for all calls, time limits. No address, token or body reaches a log. */
export function createClient(options: ClientOptions): DingTalkClient {
  const { now } = options;
  const out = createFetch(options);
  let token: { value: string; until: number } | undefined;
  let fetching: Promise<Called> | undefined;

  async function send(method: string, url: string, body?: JsonObject, bearer?: string): Promise<Called> {
    try {
      const response = await out(url, {
        method,
        headers: {
          Accept: 'application/json',
          ...(body ? { 'Content-Type': 'application/json' } : {}),
          ...(bearer ? { 'x-acs-dingtalk-access-token': bearer } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
        signal: AbortSignal.timeout(options.callTimeoutMs ?? CALL_TIMEOUT_MS),
      });
      const read = readAnswer(response.status, await response.text());
      return 'answer' in read
        ? { ok: true, answer: read.answer }
        : { ok: false, ...read, tokenMissing: false };
    } catch (error) {
      return { ok: false, failure: readThrown(error), tokenMissing: false };
    }
  }

  async function fetchToken(): Promise<Called> {
    const asked = await send('POST', `${options.baseUrl}/v1.0/oauth2/accessToken`, {
      appKey: options.clientId,
      appSecret: options.clientSecret,
    });
    if (!asked.ok) return { ...asked, tokenMissing: true };
    const value = str(asked.answer, 'accessToken');
    const seconds = Number(asked.answer.expireIn);
    if (!value) return { ok: false, failure: readThrown({ code: 'no_token' }), tokenMissing: true };
    token = { value, until: now() + (seconds > 0 ? seconds : 7200) * 1000 * TOKEN_SHARE };
    return asked;
  }

  /** However many calls wait, one asks. */
  function renew(): Promise<Called> {
    fetching ??= fetchToken().finally(() => {
      fetching = undefined;
    });
    return fetching;
  }

  async function withToken(run: (token: string) => Promise<Called>): Promise<Called> {
    for (let attempt = 1; ; attempt += 1) {
      if (!token || token.until <= now()) {
        const renewed = await renew();
        if (!renewed.ok) return renewed;
      }
      const used = token?.value ?? '';
      const called = await run(used);
      if (called.ok || attempt > 1 || !isTokenFailure(called.failure)) return called;
      // Only the token that failed: another call may have renewed it meanwhile.
      if (token?.value === used) token = undefined;
    }
  }

  return {
    call: (method, path, body) => withToken((used) => send(method, `${options.baseUrl}${path}`, body, used)),
    callOld: (path, body) =>
      withToken((used) =>
        send(
          body ? 'POST' : 'GET',
          `${options.oapiUrl}${path}?access_token=${encodeURIComponent(used)}`,
          body,
        ),
      ),
    post: (url, body) => send('POST', url, body),
    fetch: out,
    proveToken: renew,
  };
}
