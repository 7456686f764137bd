import type { SimApp } from './app.ts';
import type {
  ApiCall,
  ChatView,
  Delivery,
  Fault,
  FaultHandle,
  FoundButton,
  Json,
  JsonObject,
  PushEvent,
  RawAnswer,
  SignedPost,
  SimMessage,
  SimUser,
  WebhookTarget,
} from './types.ts';

/** The simulator as tests see it. Start it with `createFeishuSim`, end it with `close`. */
export interface FeishuSim {
  /** What to set as FEISHU_BASE_URL, the `domain` of the SDK. */
  readonly baseUrl: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly encryptKey: string;
  readonly verificationToken: string;
  readonly tenantKey: string;
  readonly botOpenId: string;
  /** The FEISHU_* variables of a server that is to talk to this simulator. */
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
  /** Breaches of the platform's rules by the server: bad content, bad card answers, bad fields. Expect []. */
  readonly complaints: string[];
  readonly slashCommands: JsonObject[];
  /** The app as the console shows it, to be changed in place. */
  readonly app: SimApp;
  chat(chatId: string): ChatView;
  private(user: SimUser | string): ChatView;
  /** Resolves with the first truthy value of the predicate; rejects with a dump of all chats. Real time. */
  waitFor<T>(predicate: () => T, options?: { timeoutMs?: number; what?: string }): Promise<NonNullable<T>>;
  findButton(message: SimMessage, label: string): FoundButton | undefined;
  buttons(message: SimMessage): FoundButton[];
  cardText(message: SimMessage): string;

  // People and chats
  addUser(person: { name: string; openId?: string; unionId?: string }): SimUser;
  addGroup(group: { name: string; members?: SimUser[]; external?: boolean; withBot?: boolean }): string;
  addBotTo(chatId: string, operator: SimUser): Promise<Delivery>;
  removeBotFrom(chatId: string, operator: SimUser): Promise<Delivery>;
  addMembers(chatId: string, users: SimUser[], operator?: SimUser): Promise<Delivery>;
  removeMembers(chatId: string, users: SimUser[], operator?: SimUser): Promise<Delivery>;
  /** A bot that owns or manages the group may recall other people's messages. */
  setBotManager(chatId: string, manager: boolean): void;
  dissolve(chatId: string): void;
  /** `blocked`: stopped the bot (230053); `unavailable`: outside its range (230013); `resigned` (230029). */
  setReachable(user: SimUser, state: 'ok' | 'blocked' | 'unavailable' | 'resigned'): void;

  // Pushing
  transport: 'webhook' | 'longconn';
  connectWebhook(target: WebhookTarget): void;
  /** All events ever made, with their attempts; `nextAt` tells a waiting re-push. */
  readonly events: PushEvent[];
  push(eventType: string, event: JsonObject, options?: { createTime?: number }): Promise<Delivery>;
  /** Pushes an event again at once, exactly as a re-push would. */
  repush(eventId: string): Promise<Delivery>;
  /** Pushes it again although it was acknowledged; with `newEventId` under another event id. */
  duplicate(event: string | Delivery, options?: { newEventId?: boolean }): Promise<Delivery>;
  challenge(options?: {
    encrypted?: boolean;
    signed?: boolean;
    token?: string;
  }): Promise<RawAnswer & { challenge: string; ok: boolean }>;
  rawPost(
    body: string | Uint8Array | JsonObject,
    headers?: Record<string, string>,
    url?: string,
  ): Promise<RawAnswer>;
  /** Body and headers of a push as the platform would send it. */
  pack(
    payload: Json,
    options?: { timestamp?: string; nonce?: string; encrypted?: boolean; signed?: boolean },
  ): SignedPost;
  envelope(
    eventType: string,
    event: JsonObject,
    options?: { eventId?: string; createTime?: string },
  ): JsonObject;
  encrypt(text: string, key?: string, iv?: Uint8Array): string;
  decrypt(base64: string, key?: string): string;
  sign(timestamp: string, nonce: string, body: string | Uint8Array, key?: string): string;

  // Trouble
  fail(fault: Fault): FaultHandle;
  /** Every issued token becomes invalid: 400 / 99991663 until a new one is fetched. */
  expireTokens(): void;
  readonly tokensIssued: number;
  /** Calls refused by a rate limit so far. */
  readonly throttled: number;

  // Long connection
  readonly connections: number;
  readonly pings: number;
  dropSockets(): void;
  /** Half-open: sockets stay up but nothing is answered or pushed over them. */
  silence(on?: boolean): void;
  /** Refuse the next calls of the endpoint with this code (514, 403, 1, 1000040343 …); 0 ends it. */
  refuseConnections(code: number): void;
}
