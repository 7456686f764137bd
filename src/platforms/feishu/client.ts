import type { Cache, Client, HttpInstance } from '@larksuiteoapi/node-sdk';
import type { Log } from '../../lib/log.ts';
import { type CallFailure, isTokenFailure, readFailure } from './classify.ts';
import { CALL_TIMEOUT_MS } from './limits.ts';
import { sdkLog } from './sdk-log.ts';

export interface ClientOptions {
  appId: string;
  appSecret: string;
  baseUrl: string;
  httpsProxy?: string;
  /** How long a call may be silent, ms; 5 s unless told. */
  callTimeoutMs?: number;
  log: Log;
}

/** Every answer of Feishu's: `code` 0 is success. */
interface Answered {
  code?: number | undefined;
}

export type Called<T> = { ok: true; answer: T } | { ok: false; failure: CallFailure; tokenMissing: boolean };

export interface FeishuClient {
  /** Runs one API call with a valid token; never rejects. A token that went bad is renewed once (issue 2, point 4). */
  call<T extends Answered>(run: (client: Client) => Promise<T>): Promise<Called<T>>;
}

/** The SDK weighs 37 MB and 0.2 s (feishu.md 6.3), so it is loaded with the first call (decision 43). */
export function createClient(options: ClientOptions): FeishuClient {
  const cache = tokenCache();
  let loading: Promise<Client> | undefined;
  let fetching: Promise<string> | undefined;

  const load = async (): Promise<Client> => {
    const sdk = await import('@larksuiteoapi/node-sdk');
    return new sdk.Client({
      appId: options.appId,
      appSecret: options.appSecret,
      domain: options.baseUrl,
      cache,
      logger: sdkLog(options.log),
      loggerLevel: sdk.LoggerLevel.warn,
      httpInstance: await httpInstance(sdk.defaultHttpInstance as HttpInstance, options),
    });
  };

  /** The SDK fetches a token per concurrent call (feishu.md 4.1); this makes them wait for one. */
  const token = (client: Client): Promise<string> => {
    fetching ??= (client.tokenManager.getTenantAccessToken({}) as Promise<string>).finally(() => {
      fetching = undefined;
    });
    return fetching;
  };

  return {
    async call(run) {
      loading ??= load();
      const client = await loading;
      for (let attempt = 1; ; attempt += 1) {
        let used: string;
        try {
          used = await token(client);
        } catch (error) {
          return { ok: false, failure: readFailure(error), tokenMissing: true };
        }
        const called = await settle(() => run(client));
        if (called.ok || attempt > 1 || !isTokenFailure(called.failure)) return called;
        cache.forget(used);
      }
    },
  };
}

/** Success only with code 0; business errors arrive both ways (feishu.md 6.2). */
async function settle<T extends Answered>(run: () => Promise<T>): Promise<Called<T>> {
  try {
    const answer = await run();
    if (answer?.code === 0) return { ok: true, answer };
    return { ok: false, failure: readFailure(answer), tokenMissing: false };
  } catch (error) {
    return { ok: false, failure: readFailure(error), tokenMissing: false };
  }
}

/** Our own cache: the SDK's is shared by the whole process and cannot be told to forget. */
function tokenCache(): Cache & { forget(token: string): void } {
  const entries = new Map<string, { value: unknown; until: number }>();
  return {
    async get(key) {
      const entry = entries.get(String(key));
      return entry && entry.until > Date.now() ? entry.value : undefined;
    },
    async set(key, value, expire) {
      entries.set(String(key), { value, until: expire ?? Number.POSITIVE_INFINITY });
      return true;
    },
    /** Only the token that failed: another call may have renewed it meanwhile. */
    forget(token) {
      for (const [key, entry] of entries) if (entry.value === token) entries.delete(key);
    },
  };
}

/**
 * The SDK's axios with a time limit and the proxy of the configuration (contract: HTTPS_PROXY, honoured for
 * https as the name says). axios' own reading of the environment is off: config.ts is the only reader.
 */
export async function httpInstance(
  base: HttpInstance,
  options: { baseUrl: string; httpsProxy?: string; callTimeoutMs?: number },
): Promise<HttpInstance> {
  const silence = options.callTimeoutMs ?? CALL_TIMEOUT_MS;
  const httpsAgent = await proxyAgent(options);
  const fixed = () => ({
    timeout: silence,
    // `timeout` counts silence only; this ends an answer that trickles in.
    signal: AbortSignal.timeout(silence + 1_000),
    proxy: false,
    maxRedirects: 0,
    ...(httpsAgent ? { httpsAgent } : {}),
  });
  return {
    request: (call) => base.request({ ...fixed(), ...call }),
    get: (url, call) => base.get(url, { ...fixed(), ...call }),
    delete: (url, call) => base.delete(url, { ...fixed(), ...call }),
    head: (url, call) => base.head(url, { ...fixed(), ...call }),
    options: (url, call) => base.options(url, { ...fixed(), ...call }),
    post: (url, data, call) => base.post(url, data, { ...fixed(), ...call }),
    put: (url, data, call) => base.put(url, data, { ...fixed(), ...call }),
    patch: (url, data, call) => base.patch(url, data, { ...fixed(), ...call }),
  };
}

/** For the API and the socket alike; a plain http base (a test's, a gateway's inside) is reached directly. */
export async function proxyAgent(options: { baseUrl: string; httpsProxy?: string }) {
  if (!options.httpsProxy || !options.baseUrl.startsWith('https:')) return undefined;
  const { HttpsProxyAgent } = await import('https-proxy-agent');
  return new HttpsProxyAgent(options.httpsProxy, { keepAlive: true });
}
