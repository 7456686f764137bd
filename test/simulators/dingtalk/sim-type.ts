import type { SimTemplate, Usage } from './options.ts';
import type { PackOptions } from './push-http.ts';
import type {
  ApiCall,
  ChatView,
  Delivery,
  Fault,
  FaultHandle,
  FoundButton,
  FoundField,
  HttpTarget,
  JsonObject,
  PackedEvent,
  PushEvent,
  RawAnswer,
  SimMessage,
  SimUser,
} from './types.ts';

/** The simulator as tests see it. Start it with `createDingTalkSim`, end it with `close`. */
export interface DingTalkSim {
  /** Both hosts in one: DINGTALK_BASE_URL and DINGTALK_OAPI_URL. */
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly robotCode: string;
  readonly corpId: string;
  readonly aesKey: string;
  readonly token: string;
  /** The first of the console's templates: the repository's own unless the test gave others. */
  readonly templateId: string;
  /** The DINGTALK_* variables of a server that is to talk to this simulator. */
  env(): Record<string, string>;
  close(): Promise<void>;

  // Clock
  now(): number;
  /** Moves the simulator's clock and runs what fell due (re-pushes), oldest first. */
  advance(ms: number): Promise<void>;

  // What the server did
  /** Messages of the bot, oldest first, recalled ones too. */
  readonly messages: SimMessage[];
  /** Messages of people and bot. */
  readonly allMessages: SimMessage[];
  readonly calls: ApiCall[];
  /** Breaches of the platform's rules by the server. Expect []. */
  readonly complaints: string[];
  /** A chat; with a viewer, as that person sees it. `group` is the same. */
  chat(chatId: string, viewer?: SimUser): ChatView;
  group(chatId: string, viewer?: SimUser): ChatView;
  private(user: SimUser | string): ChatView;
  /** Resolves with the first truthy value of the predicate; rejects with a dump of all chats. Real time. */
  waitFor<T>(predicate: () => T, options?: { timeoutMs?: number; what?: string }): Promise<NonNullable<T>>;
  findButton(message: SimMessage, label: string, viewer?: SimUser): FoundButton | undefined;
  buttons(message: SimMessage, viewer?: SimUser): FoundButton[];
  form(message: SimMessage, viewer?: SimUser): FoundField[];
  /** All visible text of any message. */
  cardText(message: SimMessage, viewer?: SimUser): string;

  // People and chats
  addUser(person: { name: string; staffId?: string; unionId?: string; outside?: boolean }): SimUser;
  addGroup(group: { name: string; members?: SimUser[]; withBot?: boolean }): string;
  /** By a person in the client: the platform tells nobody (6). */
  addBotTo(chatId: string): void;
  removeBotFrom(chatId: string): void;
  /** As a group cool app: im_cool_app_install / _uninstall. */
  installCoolApp(chatId: string, operator: SimUser): Promise<Delivery>;
  uninstallCoolApp(chatId: string, operator: SimUser): Promise<Delivery>;
  addMembers(chatId: string, users: SimUser[], operator?: SimUser): Promise<Delivery>;
  /** Somebody who takes himself out quits (chat_quit). */
  removeMembers(chatId: string, users: SimUser[], operator?: SimUser): Promise<Delivery>;
  dissolve(chatId: string, operator?: SimUser): Promise<Delivery>;
  rename(chatId: string, title: string, operator?: SimUser): Promise<Delivery>;
  /** The group's administrator stopped the bot (bot.stopped). */
  stopBot(chatId: string, stopped?: boolean): void;
  /** `invalid`: outside the bot's range; `throttled`: flow-controlled; `resigned`. */
  setReachable(user: SimUser, state: 'ok' | 'invalid' | 'throttled' | 'resigned'): void;

  // The console
  /** Whether an app version is published (senderStaffId, 1.3). */
  published: boolean;
  setTemplate(template: SimTemplate): void;
  removeTemplate(id: string): void;
  /** Takes a permission point away, or gives it back. */
  withhold(scope: string, withheld?: boolean): void;

  // Pushing
  transport: 'webhook' | 'stream';
  connectHttp(target: HttpTarget): void;
  /** The same, under the name the Feishu simulator uses. */
  connectWebhook(target: HttpTarget): void;
  /** All pushes ever made, with their attempts; `nextAt` tells a waiting re-push. */
  readonly events: PushEvent[];
  /** Any event of the subscription, fields in camelCase. */
  push(eventType: string, data: JsonObject): Promise<Delivery>;
  /** Pushes again at once, exactly as a re-push would, acknowledged or not. */
  repush(event: string | Delivery): Promise<Delivery>;
  /** The console's check of the event address; ok: the encrypted success came back. */
  checkUrl(): Promise<RawAnswer & { ok: boolean }>;
  /** POST to the server under test; the address defaults to that of robot messages. */
  rawPost(
    body: string | Uint8Array | JsonObject,
    headers?: Record<string, string>,
    url?: string,
  ): Promise<RawAnswer>;
  /** Headers as the platform signs robot messages, or as a forger would. */
  robotHeaders(how?: { secret?: string; timestamp?: string }): Record<string, string>;
  /** Headers of card callbacks; without a secret unsigned. */
  cardHeaders(how?: { secret?: string; timestamp?: string }): Record<string, string>;
  /** An encrypted, signed event: query and body. */
  pack(event: JsonObject, how?: PackOptions): PackedEvent;

  // Trouble
  fail(fault: Fault): FaultHandle;
  /** Every issued token becomes invalid until a new one is fetched. */
  expireTokens(): void;
  readonly tokensIssued: number;
  readonly tokensAsked: number;
  /** Calls refused by a rate limit so far. */
  readonly throttled: number;
  /** The organisation's month so far; set it by `use`. */
  readonly used: Usage;
  use(used: Partial<Usage>): void;

  // Stream
  /** Connections that can be pushed over. */
  readonly connections: number;
  /** Open sockets, those that were told to go among them. */
  readonly sockets: number;
  /** Calls of connections/open so far. */
  readonly opens: number;
  /** SYSTEM ping to all; true if every opaque came back. */
  ping(): Promise<boolean>;
  /** The disconnect notice: nothing more is delivered, the socket ends after `stream.closeAfterMs`. */
  notifyDisconnect(reason?: string): void;
  dropSockets(): void;
  /** Half-open: sockets stay up but nothing is answered or pushed over them. */
  silence(on?: boolean): void;
  /** Refuse the next calls of connections/open with this status; 0 ends it. */
  refuseConnections(status: number): void;
  /** Writes a frame as it is to every connection. */
  pushRaw(text: string): void;
}
