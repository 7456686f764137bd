import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Faults } from '../shared/faults.ts';
import { isObject } from './card-rules.ts';
import { ApiError } from './errors.ts';
import { type Binary, matchRoute, type Route } from './routes.ts';
import type { State } from './state.ts';
import type { Fault, Json } from './types.ts';

interface Answer {
  status: number;
  headers: Record<string, string>;
  payload: Buffer;
  code: number;
  msg: string;
}

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function json(status: number, body: { [key: string]: Json }, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    payload: Buffer.from(JSON.stringify(body)),
    code: Number(body.code ?? 0),
    msg: String(body.msg ?? ''),
  };
}

function failure(state: State, error: ApiError): Answer {
  const logId = state.id('');
  return json(
    error.status,
    { code: error.code, msg: error.message, error: { log_id: logId, ...error.extra } },
    { 'x-tt-logid': logId, ...error.headers },
  );
}

/** The HTTP side that the server under test calls: bearer tokens, content types, budgets, injected faults. */
export async function startServer(
  state: State,
  faults: Faults<Fault>,
  routes: Route[],
): Promise<{ server: Server; baseUrl: string }> {
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await readBody(request);
    const url = new URL(request.url ?? '/', 'http://sim');
    const method = request.method ?? 'GET';
    const path = url.pathname;
    const body = parseJson(bytes);
    const fault = faults.take({ method, path, body });
    const done = (answer: Answer | undefined): void => {
      state.calls.push({
        method,
        path,
        status: answer?.status ?? 0,
        code: answer?.code ?? -1,
        msg: answer?.msg ?? '',
        at: state.now(),
        body,
        ...(fault ? { fault: fault.mode } : {}),
      });
      state.changed();
    };

    if (fault?.mode === 'drop-before') {
      done(undefined);
      request.socket.destroy();
      return;
    }
    if (fault?.mode === 'hang') {
      done(undefined);
      return;
    }
    if (fault?.delayMs) await wait(fault.delayMs);
    const answer =
      fault?.mode === 'error' ? injected(state, fault) : answerTo(request, method, url, bytes, body);
    if (fault?.mode === 'drop-after') {
      done({ ...answer, status: 0 });
      request.socket.destroy();
      return;
    }
    done(answer);
    response.writeHead(answer.status, { 'x-request-id': state.id(''), ...answer.headers });
    response.end(answer.payload);
  }

  function answerTo(
    request: IncomingMessage,
    method: string,
    url: URL,
    bytes: Buffer,
    body: Json | undefined,
  ): Answer {
    const found = matchRoute(routes, method, url.pathname);
    if (!found) {
      state.complaints.push(`${method} ${url.pathname}: no such API`);
      return json(404, { code: 404, msg: '404 page not found' });
    }
    const { route, params } = found;
    try {
      if (!route.open) state.tokens.check(request.headers.authorization);
      if (route.limited) state.rate.app();
      checkType(request, route, bytes, body);
      const call = { state, params, query: url.searchParams, body: isObject(body) ? body : {} };
      return success(route, route.run(call));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.blames) state.complaints.push(`${method} ${url.pathname}: ${error.code} ${error.message}`);
      return failure(state, error);
    }
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      state.complaints.push(`simulator failed: ${String(error)}`);
      response.destroy();
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return { server, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function parseJson(bytes: Buffer): Json | undefined {
  if (bytes.length === 0) return undefined;
  try {
    return JSON.parse(bytes.toString('utf8')) as Json;
  } catch {
    return undefined;
  }
}

function checkType(request: IncomingMessage, route: Route, bytes: Buffer, body: Json | undefined): void {
  const type = request.headers['content-type'] ?? '';
  if (route.multipart) {
    if (!type.startsWith('multipart/form-data')) throw new ApiError(9499, 'multipart/form-data expected');
    return;
  }
  if (request.method === 'GET' || (request.method === 'DELETE' && bytes.length === 0)) return;
  if (!/^application\/json\b/.test(type)) throw new ApiError(9499, `Content-Type ${type || 'missing'}`);
  if (!isObject(body)) throw new ApiError(9499, 'body is not a JSON object');
}

function success(route: Route, result: Json | Binary): Answer {
  if (route.answer === 'file') {
    const file = result as Binary;
    return {
      status: 200,
      headers: { 'content-type': file.type, 'content-disposition': `attachment; filename="${file.name}"` },
      payload: file.bytes,
      code: 0,
      msg: '',
    };
  }
  if (route.answer === 'bare')
    return json(200, { code: 0, msg: 'ok', ...(result as { [key: string]: Json }) });
  return json(200, { code: 0, msg: 'success', data: result as Json });
}

function injected(state: State, fault: Fault): Answer {
  const code = fault.code ?? 1;
  const status = fault.status ?? (code === 99991400 ? 429 : 400);
  const body = { code, msg: fault.msg ?? `injected ${code}`, error: { log_id: state.id('') } };
  return json(
    status,
    body,
    fault.headers ??
      (code === 99991400 ? { 'x-ogw-ratelimit-limit': '50', 'x-ogw-ratelimit-reset': '1' } : {}),
  );
}
