import { request } from 'node:http';
import { parseJson } from './json.ts';
import type { HttpTarget, RawAnswer } from './types.ts';

const lost = (why: string): RawAnswer => ({ status: 0, headers: {}, text: '', json: undefined, why });

/** POST without keep-alive; status 0 if nothing came within the time or the connection broke. */
function overSocket(
  url: string,
  bytes: Buffer,
  headers: Record<string, string>,
  timeoutMs: number,
): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const call = request(url, {
      method: 'POST',
      agent: false,
      headers: { 'content-length': String(bytes.length), ...headers },
    });
    const timer = setTimeout(() => {
      resolve(lost('timeout'));
      call.destroy();
    }, timeoutMs);
    call.on('error', (error) => {
      clearTimeout(timer);
      resolve(lost(error.message));
    });
    call.on('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        clearTimeout(timer);
        const text = Buffer.concat(parts).toString('utf8');
        const flat = Object.entries(response.headers).map(([key, value]) => [key, String(value)]);
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(flat),
          text,
          json: parseJson(text),
        });
      });
    });
    call.end(bytes);
  });
}

/** The same without a socket: an app in this process answers. */
async function inProcess(
  app: NonNullable<HttpTarget['fetch']>,
  url: string,
  bytes: Buffer,
  headers: Record<string, string>,
  timeoutMs: number,
): Promise<RawAnswer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), timeoutMs);
  });
  const body = new Uint8Array(bytes);
  const answer = await Promise.race([app(url, { method: 'POST', body, headers }), late]);
  clearTimeout(timer);
  if (!answer) return lost('timeout');
  const text = await answer.text();
  return { status: answer.status, headers: Object.fromEntries(answer.headers), text, json: parseJson(text) };
}

/** Sends a request to the server under test. */
export function postTo(
  app: HttpTarget['fetch'],
  url: string,
  body: string | Uint8Array,
  headers: Record<string, string>,
  timeoutMs: number,
): Promise<RawAnswer> {
  const bytes = Buffer.from(body);
  return app ? inProcess(app, url, bytes, headers, timeoutMs) : overSocket(url, bytes, headers, timeoutMs);
}
