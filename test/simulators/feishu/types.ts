/**
 * Public shapes of the Feishu simulator. Times are epoch milliseconds on the simulator's own clock
 * unless a name says otherwise. Facts: the platform page `feishu.md`, by section number.
 */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

export interface FeishuSimOptions {
  /**
   * Must match /^cli_[0-9a-fA-F]{16}$/ for the SDK's WSClient (3.3). Default: a new one, because the SDK caches
   * tokens per app id for the whole process (4.1).
   */
  appId?: string;
  appSecret?: string;
  encryptKey?: string;
  verificationToken?: string;
  tenantKey?: string;
  botName?: string;
  /**
   * Base of the simulator's clock, default Date.now; `advance` adds to it. Give a server's fake clock here too:
   * tokens, uuids, rate windows and ages all run on it.
   */
  clock?: () => number;
  /** Real milliseconds to wait for an ack or a card answer, default 3000 (1.7). */
  ackTimeoutMs?: number;
  /** `kept`: a re-push carries the first push's stamp, nonce and signature; `fresh`: signed anew (1.8, unsettled). */
  repushStamp?: 'kept' | 'fresh';
  /** Header stamp of card callbacks: Unix seconds, or Go's time.String() (1.4). */
  cardStamp?: 'seconds' | 'go';
  /** `at`: the app lacks im:message.group_msg and hears only @bot in groups (8.1). Default `all`. */
  groupScope?: 'all' | 'at';
  /** Rate limits (4.3); false switches them off. */
  limits?: false | { perChat?: number; perSecond?: number; perMinute?: number };
  /** Client configuration of the long connection, seconds; fractions are allowed (3.2). */
  longconn?: Partial<LongconnConfig>;
  /** Split a long-connection payload into this many frames, default 1. */
  fragments?: number;
}

export interface LongconnConfig {
  PingInterval: number;
  ReconnectCount: number;
  ReconnectInterval: number;
  ReconnectNonce: number;
}

export interface WebhookTarget {
  url: string;
  /** Separate address of card callbacks; default the same (1.1). */
  cardUrl?: string;
  /** Called in place of a socket, e.g. an app's own `request`. */
  fetch?: (url: string, init: RequestInit) => Response | Promise<Response>;
  encryptKey?: string;
  verificationToken?: string;
  appId?: string;
}

export interface SimReaction {
  id: string;
  emoji: string;
  by: 'app' | string;
  at: number;
}

export interface SimRevision {
  at: number;
  via: 'create' | 'patch' | 'put' | 'callback' | 'delayed';
  content: Json;
}

export interface SimMessage {
  id: string;
  from: 'bot' | 'user';
  /** open_id of a user, app_id of the bot. */
  senderId: string;
  chatId: string;
  chatType: 'p2p' | 'group';
  /** The other side of a p2p chat. */
  openId?: string;
  msgType: string;
  /** Parsed content; for `interactive` the card JSON. */
  content: Json;
  /** Content as the server sent it (or as the event carries it). */
  raw: string;
  uuid?: string;
  /** Calls answered with this message under its uuid: 1, or more after repeats. */
  attempts: number;
  createdAt: number;
  updatedAt: number;
  history: SimRevision[];
  edits: number;
  deleted: boolean;
  deletedBy?: string;
  replyTo?: string;
  rootId?: string;
  inThread: boolean;
  reactions: SimReaction[];
  mentions: { key: string; openId: string; name: string }[];
  /** True if the text or card would notify everyone. */
  mentionsAll: boolean;
}

/** What one push to the server came to. */
export interface Delivery {
  eventId: string;
  eventType: string;
  messageId?: string;
  /** False if the platform would not push it (bot absent, no @ and scope `at`, nothing connected). */
  pushed: boolean;
  /** HTTP status; 200 or 500 from a long-connection ack; 0 for a timeout or a broken socket. */
  status: number;
  /** Acknowledged: status 200 in time. */
  acked: boolean;
  body: Json | undefined;
  /** Real milliseconds until the answer. */
  ms: number;
  why?: string;
}

export interface PressOutcome extends Delivery {
  toast?: { type: string; content: string };
  /** The card the server answered with, if any; then already applied to the message. */
  card?: JsonObject;
  /** What the client would show instead: 200341, 200671, 200672, 200673, 200830 … (2.3). */
  error?: { code: number; reason: string };
  message: SimMessage;
}

export interface SayOptions {
  mentionBot?: boolean;
  mentionAll?: boolean;
  mentions?: SimUser[];
  messageId?: string;
  /** Time of the message itself. */
  createTime?: number;
  type?: 'text' | 'post' | 'image' | 'file' | 'audio' | 'sticker' | 'merge_forward';
  /** Message this one answers. */
  replyTo?: SimMessage | string;
  /** What a file or picture holds. */
  bytes?: Uint8Array;
  /** How many pictures follow the text of a post. */
  pictures?: number;
  /** Content to put verbatim in place of the one made from the text. */
  rawContent?: string;
}

export interface SimUser {
  readonly openId: string;
  readonly unionId: string;
  readonly name: string;
  say(chatId: string, text: string, options?: SayOptions): Promise<Delivery>;
  sayPrivately(text: string, options?: SayOptions): Promise<Delivery>;
  /** Press a button or an entry of an overflow menu, found by its label or by (part of) its callback value. */
  press(message: SimMessage, what: string | JsonObject, options?: PressOptions): Promise<PressOutcome>;
  /** Use a standalone select, picker, input or checker, found by name or placeholder. */
  choose(message: SimMessage, what: string, value: string | string[] | boolean): Promise<PressOutcome>;
  menu(eventKey: string): Promise<Delivery>;
  recall(message: SimMessage | string): Promise<Delivery>;
  react(message: SimMessage, emoji: string): Promise<Delivery>;
  /** Open the private chat (bot_p2p_chat_entered_v1). */
  enter(): Promise<Delivery>;
}

export interface PressOptions {
  /** Values of the form by component name; what is left out keeps its initial value. */
  form?: Record<string, Json>;
}

export interface FoundButton {
  label: string;
  tag: 'button' | 'overflow' | 'interactive_container';
  value: JsonObject;
  /** Value of the chosen overflow entry. */
  option?: string;
  name?: string;
  form?: string;
  submit: boolean;
  disabled: boolean;
  url?: string;
}

export interface ChatView {
  id: string;
  /** Messages of the bot in this chat that are not recalled, oldest first. */
  messages: SimMessage[];
  /** All visible text of each of them (cards flattened). */
  texts(): string[];
  cards(): SimMessage[];
  last(): SimMessage | undefined;
  lastCard(): SimMessage | undefined;
}

export interface ApiCall {
  method: string;
  path: string;
  status: number;
  code: number;
  msg: string;
  at: number;
  body: Json | undefined;
  fault?: string;
}

export interface Fault {
  /** Path prefix or pattern; absent = every call. */
  path?: string | RegExp;
  method?: string;
  match?: (call: { method: string; path: string; body: Json | undefined }) => boolean;
  /** How often, default 1; Infinity for ever. */
  times?: number;
  mode: 'error' | 'drop-before' | 'drop-after' | 'hang' | 'delay';
  status?: number;
  code?: number;
  msg?: string;
  headers?: Record<string, string>;
  delayMs?: number;
}

export interface FaultHandle {
  hits: number;
  cancel(): void;
}

export interface RawAnswer {
  status: number;
  headers: Record<string, string>;
  text: string;
  json: Json | undefined;
}

export interface SignedPost {
  body: string;
  headers: Record<string, string>;
}

export interface PushEvent {
  eventId: string;
  eventType: string;
  /** The plain v2 envelope. */
  envelope: JsonObject;
  attempts: { at: number; status: number; acked: boolean; ms: number }[];
  /** Virtual time of the next re-push, undefined once acknowledged or given up. */
  nextAt?: number;
  post?: SignedPost;
}
