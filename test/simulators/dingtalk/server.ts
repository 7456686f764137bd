import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Faults } from '../shared/faults.ts';
import { ApiError } from './errors.ts';
import { isObject, parseJson } from './json.ts';
import { type Binary, matchRoute, type Route } from './routes.ts';
import type { State } from './state.ts';
import type { Fault, Json } from './types.ts';

interface Answer {
  status: number;
  type: string;
  payload: Uint8Array;
  code: string;
  message: string;
}

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
const HTML =
  '<!DOCTYPE html><html><head><title>405</title></head><body>访问过于频繁，请稍后再试</body></html>';

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function json(status: number, body: { [key: string]: Json }): Answer {
  const code = body.code ?? body.errcode ?? '';
  return {
    status,
    type: 'application/json;charset=utf-8',
    payload: Buffer.from(JSON.stringify(body)),
    code: code === 0 ? '' : String(code),
    message: String(body.message ?? body.errmsg ?? ''),
  };
}

function failure(state: State, error: ApiError, old: boolean): Answer {
  const id = state.id('');
  if (typeof error.code === 'number')
    return json(200, { errcode: error.code, errmsg: error.message, request_id: id });
  if (old) return json(200, { errcode: 88, errmsg: `${error.code} ${error.message}`, request_id: id });
  return json(error.status, { code: error.code, message: error.message, requestid: id, ...error.extra });
}

/** The HTTP side that the server under test calls, both hosts in one: tokens, month, budgets, injected faults. */
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
    const body = bytes.length === 0 ? undefined : parseJson(bytes.toString('utf8'));
    const fault = faults.take({ method, path, body });
    const done = (answer: Answer | undefined): void => {
      state.calls.push({
        method,
        path,
        status: answer?.status ?? 0,
        code: answer?.code ?? 'none',
        message: answer?.message ?? '',
        at: state.now(),
        body,
        ...(fault ? { fault: fault.mode } : {}),
      });
      state.changed();
    };
    if (fault?.mode === 'drop-before' || fault?.mode === 'hang') {
      done(undefined);
      if (fault.mode === 'drop-before') request.socket.destroy();
      return;
    }
    if (fault?.delayMs) await wait(fault.delayMs);
    const answer = answerWith(fault, () => answerTo(request, method, url, bytes, body));
    if (fault?.mode === 'drop-after') {
      done({ ...answer, status: 0 });
      request.socket.destroy();
      return;
    }
    done(answer);
    response.writeHead(answer.status, { 'content-type': answer.type, 'x-acs-request-id': state.id('') });
    response.end(answer.payload);
  }

  function answerWith(fault: Fault | undefined, run: () => Answer): Answer {
    if (!fault || fault.mode === 'delay' || fault.mode === 'drop-after') return run();
    if (fault.mode === 'error-after') run();
    return injected(state, fault);
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
      return json(404, {
        code: 'InvalidAction.NotFound',
        message: 'Specified api is not found',
        requestid: state.id(''),
      });
    }
    const { route, params } = found;
    const old = route.family === 'old' || route.family === 'webhook';
    try {
      admit(state, request, route, url);
      checkType(request, route, bytes, body);
      const { headers } = request;
      const call = {
        state,
        params,
        query: url.searchParams,
        headers,
        body: isObject(body) ? body : {},
        bytes,
      };
      const result = route.run(call);
      if (isBinary(result))
        return {
          status: result.status ?? 200,
          type: result.type,
          payload: result.bytes,
          code: '',
          message: '',
        };
      return json(200, result as { [key: string]: Json });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.blames) state.complaints.push(`${method} ${url.pathname}: ${error.code} ${error.message}`);
      return failure(state, error, old);
    }
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      state.complaints.push(`simulator failed: ${error instanceof Error ? error.stack : String(error)}`);
      response.destroy();
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return { server, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const isBinary = (result: Json | Binary): result is Binary => isObject(result) && 'bytes' in result;

/** Token, permission, budget of the second, month; what the second refuses is not counted (dingtalk.md 5.9). */
function admit(state: State, request: IncomingMessage, route: Route, url: URL): void {
  const old = route.family === 'old';
  const token = old ? url.searchParams.get('access_token') : request.headers['x-acs-dingtalk-access-token'];
  if (old || route.family === 'new') state.tokens.check(typeof token === 'string' ? token : undefined, old);
  if (route.scope !== undefined && state.withheld.has(route.scope)) {
    if (old) throw new ApiError(60011, `没有调用该接口的权限 ${route.scope}`);
    throw new ApiError('Forbidden.AccessDenied.AccessTokenPermissionDenied', '', {
      extra: { accessdenieddetail: { requiredScopes: [route.scope] } },
    });
  }
  if (old || route.family === 'new') state.rate.api(route.path, old);
  if (!route.free && (old || route.family === 'new') && !state.quota.take('calls'))
    throw new ApiError(old ? 90020 : 'Forbidden.AccessDenied.ApiCountLimitForOrg');
}

function checkType(request: IncomingMessage, route: Route, bytes: Buffer, body: Json | undefined): void {
  const type = request.headers['content-type'] ?? '';
  if (route.multipart) {
    if (!type.startsWith('multipart/form-data')) throw new ApiError(43008, 'multipart/form-data expected');
    return;
  }
  if (request.method === 'GET' && bytes.length === 0) return;
  const old = route.family === 'old' || route.family === 'webhook';
  const wrong = old ? 43008 : 'InvalidParameter.body';
  if (!/^application\/json\b/.test(type)) throw new ApiError(wrong, `Content-Type ${type || 'missing'}`);
  if (!isObject(body)) throw new ApiError(wrong, 'the body is not a JSON object');
}

function injected(state: State, fault: Fault): Answer {
  if (fault.mode === 'html' || fault.mode === 'raw') {
    const html = fault.mode === 'html';
    const payload = Buffer.from(html ? HTML : (fault.body ?? ''));
    const status = fault.status ?? (html ? 405 : 200);
    return { status, type: html ? 'text/html' : 'application/json', payload, code: fault.mode, message: '' };
  }
  const { code = 'ServiceUnavailable', message = 'injected' } = fault;
  if (typeof code === 'number')
    return json(fault.status ?? 200, { errcode: code, errmsg: message, request_id: state.id('') });
  const status = fault.status ?? new ApiError(code).status;
  return json(status, { code, message, requestid: state.id('') });
}
