import { createHash, randomBytes } from 'node:crypto';
import type { DingTalkSimOptions, SimTemplate, StreamConfig } from './options.ts';
import { createQuota, type Quota } from './quota.ts';
import { createRate, type Rate } from './rate.ts';
import { type Design, importDesign } from './template.ts';
import { createTokens, type Tokens } from './tokens.ts';
import type { ApiCall, HttpTarget, JsonObject, PushEvent, SimCard, SimMessage } from './types.ts';

export type Reach = 'ok' | 'invalid' | 'throttled' | 'resigned';

export interface Person {
  staffId: string;
  unionId: string;
  /** Opaque `$:LWCP_v1:$…` of the person. */
  dingtalkId: string;
  name: string;
  /** Of another organisation: no staffId in messages, another corp id (1.3). */
  outside: boolean;
  reach: Reach;
}

export interface Chat {
  /** conversationId = openConversationId. */
  id: string;
  type: 'p2p' | 'group';
  name: string;
  /** staffIds, the bot not among them. */
  members: Set<string>;
  botIn: boolean;
  dissolved: boolean;
  /** The administrator of the group stopped the bot. */
  stopped: boolean;
  /** The person of a private chat. */
  staffId?: string;
}

/** Everything the parts of the simulator share. */
export interface State {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly robotCode: string;
  readonly corpId: string;
  readonly bot: { name: string; dingtalkId: string };
  readonly aesKey: string;
  readonly token: string;
  readonly ackTimeoutMs: number | undefined;
  readonly dtmd: 'all' | 'markdown' | 'none';
  readonly stream: StreamConfig;
  published: boolean;
  baseUrl: string;
  target: HttpTarget | undefined;
  transport: 'webhook' | 'stream';
  readonly people: Map<string, Person>;
  readonly chats: Map<string, Chat>;
  readonly messages: SimMessage[];
  readonly calls: ApiCall[];
  readonly complaints: string[];
  readonly events: PushEvent[];
  /** Events given up, which the server may still fetch (3.2). */
  readonly lost: JsonObject[];
  readonly templates: Map<string, SimTemplate>;
  readonly templateId: string;
  readonly design: Design;
  /** Addresses of card callbacks by callbackRouteKey (4.5). */
  readonly callbacks: Map<string, { url: string; apiSecret?: string }>;
  /** Card instances by outTrackId, delivered or not. */
  readonly cards: Map<string, SimCard>;
  readonly sessions: Map<string, { chatId: string; expiresAt: number }>;
  /** Files people sent, by downloadCode, and their temporary addresses by path (5.7). */
  readonly files: Map<string, { name: string; bytes: Uint8Array }>;
  readonly downloads: Map<string, { bytes: Uint8Array; expiresAt: number }>;
  readonly media: Map<string, string>;
  /** Permission points the app was not given. */
  readonly withheld: Set<string>;
  readonly rate: Rate;
  readonly quota: Quota;
  readonly tokens: Tokens;
  readonly watchers: Set<() => void>;
  now(): number;
  shift(ms: number): void;
  /** A new id with a prefix; never repeats between simulators either. */
  id(prefix: string): string;
  changed(): void;
}

/** Fresh state with the defaults of `DingTalkSimOptions`. */
export function createState(options: DingTalkSimOptions): State {
  const base = options.clock ?? Date.now;
  const seed = randomBytes(8).toString('hex');
  let offset = 0;
  let counter = 0;
  const now = (): number => base() + offset;
  const id = (prefix: string): string => {
    counter += 1;
    return `${prefix}${createHash('md5').update(`${seed}:${prefix}:${counter}`).digest('hex')}`;
  };
  const watchers = new Set<() => void>();
  const clientId = options.clientId ?? `ding${seed}`;
  const own: SimTemplate = { id: `${seed}-own-template.schema` };
  const templates = options.templates ?? [own];
  return {
    clientId,
    clientSecret: options.clientSecret ?? `sim-client-secret-${seed}`,
    robotCode: options.robotCode ?? clientId,
    corpId: options.corpId ?? 'dingcorp0123456789',
    bot: { name: options.botName ?? '连心', dingtalkId: `$:LWCP_v1:$bot${seed}` },
    aesKey: options.aesKey ?? createHash('sha256').update(seed).digest('hex').slice(0, 43),
    token: options.token ?? 'simToken123',
    ackTimeoutMs: options.ackTimeoutMs,
    dtmd: options.dtmd ?? 'all',
    stream: { closeAfterMs: 10_000, pingEveryMs: 0, registered: true, ...options.stream },
    published: options.published ?? true,
    baseUrl: '',
    target: undefined,
    transport: 'webhook',
    people: new Map(),
    chats: new Map(),
    messages: [],
    calls: [],
    complaints: [],
    events: [],
    lost: [],
    templates: new Map(templates.map((each) => [each.id, { published: true, ...each }])),
    templateId: templates[0]?.id ?? own.id,
    design: importDesign(),
    callbacks: new Map(),
    cards: new Map(),
    sessions: new Map(),
    files: new Map(),
    downloads: new Map(),
    media: new Map(),
    withheld: new Set(),
    rate: createRate(
      options.limits === false
        ? false
        : { perApiPerSecond: 20, webhookPerMinute: 20, messagesPerMinute: 6000, ...options.limits },
      now,
    ),
    quota: createQuota(
      options.monthly === false ? false : { calls: 5000, pushes: 3000, ...options.monthly },
      now,
    ),
    tokens: createTokens(now),
    watchers,
    now,
    shift: (ms) => {
      offset += ms;
    },
    id,
    changed: () => {
      for (const watch of [...watchers]) watch();
    },
  };
}

/** The private chat with a person, made when first needed. */
export function privateChat(state: State, staffId: string): Chat {
  for (const chat of state.chats.values()) if (chat.staffId === staffId) return chat;
  const chat: Chat = {
    id: `${state.id('cid')}==`,
    type: 'p2p',
    name: '',
    members: new Set([staffId]),
    botIn: true,
    dissolved: false,
    stopped: false,
    staffId,
  };
  state.chats.set(chat.id, chat);
  return chat;
}
