import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';
import type { Card } from '../../../cards/card.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { createFeishu, type FeishuOptions } from '../../../src/platforms/feishu/index.ts';
import type { Outbound, Platform } from '../../../src/platforms/platform.ts';
import { createFeishuSim, type FeishuSim, type FeishuSimOptions } from '../../simulators/feishu/index.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Runs after the test, newest first. */
export function later(close: () => unknown): void {
  closers.push(close);
}

/** The real platform with the real SDK against a simulator of its own. */
export async function setUp(
  simOptions: FeishuSimOptions = {},
  options: Partial<FeishuOptions> = {},
): Promise<{ sim: FeishuSim; platform: Platform }> {
  const sim = await createFeishuSim(simOptions);
  later(() => sim.close());
  return { sim, platform: platformOf(sim, options) };
}

export function platformOf(sim: FeishuSim, options: Partial<FeishuOptions> = {}): Platform {
  const platform = createFeishu({
    appId: sim.appId,
    appSecret: sim.appSecret,
    encryptKey: sim.encryptKey,
    verificationToken: sim.verificationToken,
    baseUrl: sim.baseUrl,
    mode: 'webhook',
    log: silentLog,
    now: Date.now,
    ...options,
  });
  later(() => platform.stop?.());
  return platform;
}

let uuids = 0;
/** A message to a chat or, by `ou_`, to a person. */
export function to(id: string, content: Outbound['content'], over: Partial<Outbound> = {}): Outbound {
  uuids += 1;
  const type = id.startsWith('ou_') ? 'user' : 'chat';
  return { kind: 'send', target: { type, id }, content, uuid: `u-${uuids}`, ...over };
}

export const card = (title: string, over: Partial<Card> = {}): Card => ({
  title,
  tone: 'info',
  blocks: [],
  ...over,
});

/** Something that stands where Feishu should be. */
export async function listen(
  answer: (request: IncomingMessage, response: ServerResponse, server: Server) => void,
): Promise<string> {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    answer(request, response, server);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  later(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
