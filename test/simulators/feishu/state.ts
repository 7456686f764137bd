import { createHash, randomBytes } from 'node:crypto';
import { freshApp, type SimApp } from './app.ts';
import { createRate, type Rate } from './rate.ts';
import { createTokens, type Tokens } from './tokens.ts';
import type {
  ApiCall,
  FeishuSimOptions,
  JsonObject,
  LongconnConfig,
  PushEvent,
  SimMessage,
  WebhookTarget,
} from './types.ts';

export interface Person {
  openId: string;
  unionId: string;
  name: string;
  reach: 'ok' | 'blocked' | 'unavailable' | 'resigned';
}

export interface Chat {
  id: string;
  type: 'p2p' | 'group';
  name: string;
  /** open_ids, the bot not among them. */
  members: Set<string>;
  botIn: boolean;
  botManager: boolean;
  external: boolean;
  dissolved: boolean;
  /** The person of a p2p chat. */
  openId?: string;
  owner?: string;
}

export interface CardToken {
  token: string;
  messageId: string;
  madeAt: number;
  uses: number;
  /** False until the callback has been answered (feishu.md 2.4). */
  usable: boolean;
}

/** Everything the parts of the simulator share. */
export interface State {
  readonly appId: string;
  readonly appSecret: string;
  encryptKey: string;
  verificationToken: string;
  readonly tenantKey: string;
  readonly bot: { openId: string; unionId: string; name: string };
  readonly ackTimeoutMs: number;
  readonly repushStamp: 'kept' | 'fresh';
  readonly cardStamp: 'seconds' | 'go';
  readonly groupScope: 'all' | 'at';
  readonly longconn: LongconnConfig;
  readonly fragments: number;
  target: WebhookTarget | undefined;
  transport: 'webhook' | 'longconn';
  readonly people: Map<string, Person>;
  readonly chats: Map<string, Chat>;
  readonly messages: SimMessage[];
  readonly calls: ApiCall[];
  readonly complaints: string[];
  readonly events: PushEvent[];
  readonly cardTokens: Map<string, CardToken>;
  readonly slashCommands: JsonObject[];
  readonly app: SimApp;
  /** What people's files and pictures hold, by key. */
  readonly bytes: Map<string, Uint8Array>;
  /** Keys of images and files: those the bot uploaded, and those in people's messages. */
  readonly botFiles: Map<string, 'image' | 'file'>;
  readonly rate: Rate;
  readonly tokens: Tokens;
  readonly watchers: Set<() => void>;
  now(): number;
  shift(ms: number): void;
  /** A new id with the platform's prefix; never repeats between simulators either. */
  id(prefix: string): string;
  changed(): void;
}

/** Fresh state with the defaults of `FeishuSimOptions`. */
export function createState(options: FeishuSimOptions): State {
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
  const limits =
    options.limits === false ? false : { perChat: 5, perSecond: 50, perMinute: 1000, ...options.limits };
  return {
    appId: options.appId ?? `cli_${seed}`,
    appSecret: options.appSecret ?? 'sim-app-secret',
    encryptKey: options.encryptKey ?? 'sim-encrypt-key',
    verificationToken: options.verificationToken ?? 'sim-verification-token',
    tenantKey: options.tenantKey ?? 'tenant0123456789',
    bot: { openId: id('ou_'), unionId: id('on_'), name: options.botName ?? '连心' },
    ackTimeoutMs: options.ackTimeoutMs ?? 3000,
    repushStamp: options.repushStamp ?? 'kept',
    cardStamp: options.cardStamp ?? 'seconds',
    groupScope: options.groupScope ?? 'all',
    longconn: {
      PingInterval: 120,
      ReconnectCount: -1,
      ReconnectInterval: 0.05,
      ReconnectNonce: 0,
      ...options.longconn,
    },
    fragments: options.fragments ?? 1,
    target: undefined,
    transport: 'webhook',
    people: new Map(),
    chats: new Map(),
    messages: [],
    calls: [],
    complaints: [],
    events: [],
    cardTokens: new Map(),
    slashCommands: [],
    app: freshApp(),
    bytes: new Map(),
    botFiles: new Map(),
    rate: createRate(limits, now),
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

/** The private chat with a person, made when first needed (4.2: its id comes with the first send). */
export function privateChat(state: State, openId: string): Chat {
  for (const chat of state.chats.values()) if (chat.type === 'p2p' && chat.openId === openId) return chat;
  const chat: Chat = {
    id: state.id('oc_'),
    type: 'p2p',
    name: '',
    members: new Set([openId]),
    botIn: true,
    botManager: false,
    external: false,
    dissolved: false,
    openId,
  };
  state.chats.set(chat.id, chat);
  return chat;
}
