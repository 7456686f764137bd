import { afterEach } from 'vitest';
import type { Block, Button, Card } from '../../../cards/card.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { createDingTalk, type DingTalkOptions } from '../../../src/platforms/dingtalk/index.ts';
import type { Answer, Inbound, Outbound, Platform, Ways } from '../../../src/platforms/platform.ts';
import {
  createDingTalkSim,
  type DingTalkSim,
  type DingTalkSimOptions,
} from '../../simulators/dingtalk/index.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Runs after the test, newest first. */
export function later(close: () => unknown): void {
  closers.push(close);
}

/** The real platform against a simulator of its own, on the simulator's clock. */
export async function setUp(
  simOptions: DingTalkSimOptions = {},
  options: (sim: DingTalkSim) => Partial<DingTalkOptions> = () => ({}),
): Promise<{ sim: DingTalkSim; platform: Platform }> {
  const sim = await createDingTalkSim(simOptions);
  later(() => sim.close());
  return { sim, platform: platformOf(sim, options(sim)) };
}

export function platformOf(sim: DingTalkSim, options: Partial<DingTalkOptions> = {}): Platform {
  const platform = createDingTalk({
    clientId: sim.clientId,
    clientSecret: sim.clientSecret,
    robotCode: sim.robotCode,
    baseUrl: sim.baseUrl,
    oapiUrl: sim.baseUrl,
    mode: 'webhook',
    publicUrl: 'https://lianxin.example.cn',
    log: silentLog,
    now: () => sim.now(),
    ...options,
  });
  later(() => platform.stop?.());
  return platform;
}

/** Takes what the simulator pushes by HTTP, and answers it; returns what came in. */
export function listen(
  sim: DingTalkSim,
  platform: Platform,
  answer: (inbound: Inbound) => Answer = () => ({}),
): Inbound[] {
  const seen: Inbound[] = [];
  sim.connectHttp({
    url: 'https://lianxin.example.cn/webhook/dingtalk',
    fetch: async (url, init) => {
      const path = new URL(url).pathname;
      const route = path.endsWith('/card') ? 'card' : path.endsWith('/event') ? 'event' : undefined;
      const request = {
        route,
        headers: Object.fromEntries(new Headers(init.headers)),
        query: Object.fromEntries(new URL(url).searchParams),
        body: new Uint8Array(await new Response(init.body).arrayBuffer()),
        now: sim.now(),
      } as const;
      const received = platform.receive(request);
      if (received.kind === 'refused') return new Response('{}', { status: received.status });
      if (received.kind === 'challenge') return Response.json(received.body);
      seen.push(received.inbound);
      return Response.json(platform.answer(received.inbound, answer(received.inbound), request));
    },
  });
  return seen;
}

let uuids = 0;
/** A message to a group (`cid…`) or a person. */
export function to(id: string, content: Outbound['content'], over: Partial<Outbound> = {}): Outbound {
  uuids += 1;
  const type = id.startsWith('cid') ? 'chat' : 'user';
  return { kind: 'send', target: { type, id }, content, uuid: `lx-${uuids}`, ...over };
}

export const card = (title: string, blocks: Block[] = [], over: Partial<Card> = {}): Card => ({
  title,
  tone: 'info',
  blocks,
  ...over,
});

export const button = (label: string, over: Partial<Button> = {}): Button => ({
  label,
  action: `demo.${label}`,
  value: { id: 128 },
  ...over,
});

/** Lines and pages as the office makes them. */
export const ways: Ways = {
  line: (target) => ('submit' in target ? `${target.submit} 128 日期 原因` : `${target.label} 128`),
  page: (target) =>
    'submit' in target ? `https://lianxin.example.cn/f/${encodeURIComponent(target.name)}` : null,
};
