import { afterEach } from 'vitest';
import { createDingTalkSim, type DingTalkSim, type DingTalkSimOptions, type JsonObject } from './index.ts';

/** What to close after the test, newest first. */
export const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

export async function start(options: DingTalkSimOptions = {}): Promise<DingTalkSim> {
  const sim = await createDingTalkSim(options);
  closers.push(() => sim.close());
  return sim;
}

export interface Called {
  status: number;
  json: JsonObject;
  /** `code` of the new API, `errcode` of the old one; empty for success. */
  code: string;
}

/** A plain HTTP call with the token of the family. */
export function caller(sim: DingTalkSim) {
  let token = '';
  async function call(method: string, path: string, body?: unknown, given = token): Promise<Called> {
    const old = path.startsWith('/topapi/') || path.startsWith('/call_back/');
    const url = `${sim.baseUrl}${path}${old ? `?access_token=${given}` : ''}`;
    const answer = await fetch(url, {
      method,
      headers: { 'content-type': 'application/json', 'x-acs-dingtalk-access-token': given },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const json = (text.startsWith('{') ? JSON.parse(text) : { text }) as JsonObject;
    const code = json.code ?? (json.errcode === 0 ? '' : json.errcode) ?? '';
    return { status: answer.status, json, code: String(code) };
  }
  return {
    call,
    async login(): Promise<void> {
      const { json } = await call('POST', '/v1.0/oauth2/accessToken', {
        appKey: sim.clientId,
        appSecret: sim.clientSecret,
      });
      token = String(json.accessToken);
    },
    toGroup: (group: string, msgKey: string, param: unknown) =>
      call('POST', '/v1.0/robot/groupMessages/send', {
        robotCode: sim.robotCode,
        openConversationId: group,
        msgKey,
        msgParam: typeof param === 'string' ? param : JSON.stringify(param),
      }),
    toPeople: (userIds: string[], msgKey: string, param: unknown) =>
      call('POST', '/v1.0/robot/oToMessages/batchSend', {
        robotCode: sim.robotCode,
        userIds,
        msgKey,
        msgParam: JSON.stringify(param),
      }),
  };
}

export async function loggedIn(sim: DingTalkSim): Promise<ReturnType<typeof caller>> {
  const to = caller(sim);
  await to.login();
  return to;
}

export interface Hooked {
  url: string;
  headers: Headers;
  body: JsonObject;
}

/** Answers the simulator's pushes in this process, as the test says, and keeps them. */
export function hook(
  sim: DingTalkSim,
  answer: (pushed: Hooked) => { status?: number; json?: unknown } = () => ({ json: { msgtype: 'empty' } }),
): Hooked[] {
  const seen: Hooked[] = [];
  sim.connectHttp({
    url: 'http://office.test/webhook/dingtalk',
    fetch: async (url, init) => {
      const request = new Request(url, init);
      const pushed = { url, headers: request.headers, body: (await request.json()) as JsonObject };
      seen.push(pushed);
      const { status = 200, json } = answer(pushed);
      return new Response(json === undefined ? '' : JSON.stringify(json), { status });
    },
  });
  return seen;
}
