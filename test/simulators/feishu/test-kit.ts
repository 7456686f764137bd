import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client } from '@larksuiteoapi/node-sdk';
import { afterEach } from 'vitest';
import { createFeishuSim, type FeishuSim, type FeishuSimOptions, type JsonObject } from './index.ts';

/** What to close after the test, newest first. */
export const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

export async function start(options: FeishuSimOptions = {}): Promise<FeishuSim> {
  const sim = await createFeishuSim(options);
  closers.push(() => sim.close());
  return sim;
}

/** A logger for the SDK, which else prints every refusal. */
export const quiet = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };
export const client = (sim: FeishuSim): Client =>
  new Client({ appId: sim.appId, appSecret: sim.appSecret, domain: sim.baseUrl, logger: quiet });

export const plain = (content: string): JsonObject => ({ tag: 'plain_text', content });
export const card = (elements: JsonObject[], title = '走访已记'): JsonObject => ({
  schema: '2.0',
  header: { title: plain(title), template: 'green' },
  body: { elements },
});
export const button = (label: string, value: JsonObject): JsonObject => ({
  tag: 'button',
  text: plain(label),
  behaviors: [{ type: 'callback', value }],
});

/** Status, code and reset header of a refused call; code 0 if it went through. */
export async function codeOf(
  call: Promise<unknown>,
): Promise<{ status: number; code: number; msg: string; reset?: string }> {
  try {
    await call;
  } catch (error) {
    const { response } = error as {
      response: { status: number; data: { code: number; msg: string }; headers: Record<string, string> };
    };
    const reset = response.headers['x-ogw-ratelimit-reset'];
    return {
      status: response.status,
      code: response.data.code,
      msg: response.data.msg,
      ...(reset ? { reset } : {}),
    };
  }
  return { status: 200, code: 0, msg: '' };
}

export const sendText = (to: Client, chat: string, text: string, uuid?: string) =>
  to.im.v1.message.create({
    params: { receive_id_type: chat.startsWith('oc_') ? 'chat_id' : 'open_id' },
    data: {
      receive_id: chat,
      msg_type: 'text',
      content: JSON.stringify({ text }),
      ...(uuid ? { uuid } : {}),
    },
  });
export const sendCard = (to: Client, openId: string, content: JsonObject) =>
  to.im.v1.message.create({
    params: { receive_id_type: 'open_id' },
    data: { receive_id: openId, msg_type: 'interactive', content: JSON.stringify(content) },
  });

type Hook = (
  payload: JsonObject,
  request: { headers: IncomingMessage['headers']; body: string },
) => { status?: number; json?: unknown; delayMs?: number };

/** A server that decrypts with the simulator's own functions and answers what the test says. */
export async function webhook(sim: FeishuSim, hook: Hook): Promise<void> {
  const server: Server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts).toString('utf8');
    const outer = JSON.parse(body) as { encrypt?: string };
    const payload = JSON.parse(outer.encrypt ? sim.decrypt(outer.encrypt) : body) as JsonObject;
    const { status = 200, json = {}, delayMs = 0 } = hook(payload, { headers: request.headers, body });
    setTimeout(() => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(json));
    }, delayMs);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closers.push(() => server.close());
  sim.connectWebhook({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook/feishu` });
}
