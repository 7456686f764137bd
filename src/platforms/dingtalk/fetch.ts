/** As much of `fetch` as is used here; a Worker's, Node's and the one through a proxy fit. */
export type Fetch = (
  url: string,
  init: { method: string; headers?: Record<string, string>; body?: string; signal: AbortSignal },
) => Promise<Response>;

/**
 * The host's own `fetch`, or one through the proxy of the configuration (contract: HTTPS_PROXY, honoured for https as
 * the name says). Redirects are never followed: they would carry a token or a resident's words to somebody else.
 */
export function createFetch(options: { httpsProxy?: string }): Fetch {
  const direct: Fetch = (url, init) => fetch(url, { ...init, redirect: 'manual' });
  const { httpsProxy } = options;
  if (!httpsProxy) return direct;
  let through: Promise<Fetch> | undefined;
  return async (url, init) => {
    if (!url.startsWith('https:')) return direct(url, init);
    through ??= throughProxy(httpsProxy);
    return (await through)(url, init);
  };
}

/** Node's own `fetch` takes no agent, so this one speaks with `node:https`; loaded with the first call. */
async function throughProxy(proxy: string): Promise<Fetch> {
  const [{ request }, { Readable }, { HttpsProxyAgent }] = await Promise.all([
    import('node:https'),
    import('node:stream'),
    import('https-proxy-agent'),
  ]);
  const agent = new HttpsProxyAgent(proxy, { keepAlive: true });
  return (url, { method, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      // A time-out must look as `fetch` makes it look, not as Node's ABORT_ERR.
      const fail = (error: unknown): void => reject(signal.aborted ? signal.reason : error);
      const asked = request(url, { method, headers, agent, signal }, (response) => {
        const status = response.statusCode ?? 502;
        const empty = status === 204 || status === 304;
        const stream = Readable.toWeb(response) as ReadableStream<Uint8Array>;
        resolve(new Response(empty ? null : stream, { status }));
      });
      asked.on('error', fail);
      // While the proxy keeps silent there is no socket yet that the signal could end.
      signal.addEventListener('abort', () => fail(signal.reason), { once: true });
      asked.end(body);
    });
}
