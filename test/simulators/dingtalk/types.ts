/**
 * Public shapes of the DingTalk simulator. Times are epoch milliseconds on the simulator's own clock unless a
 * name says otherwise. Facts: the platform page `dingtalk.md`, by section number.
 */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

export interface HttpTarget {
  /** Address of robot messages; the others default to it plus `/card` and `/event`. */
  url: string;
  cardUrl?: string;
  eventUrl?: string;
  /** Called in place of a socket, e.g. an app's own `request`. */
  fetch?: (url: string, init: RequestInit) => Response | Promise<Response>;
}

export interface SimRevision {
  at: number;
  via: 'create' | 'put' | 'callback';
  /** Who saw it: everybody, or the one person who clicked. */
  for?: string;
  content: Json;
}

/** A card instance: what all see, what single people see instead, what one clicker was shown by an answer. */
export interface SimCard {
  outTrackId: string;
  templateId: string;
  callbackType: string;
  routeKey?: string;
  data: Record<string, string>;
  privateData: Record<string, Record<string, string>>;
  /** Cards of answers to callbacks: seen by the clicker alone until the next update for all (4.5). */
  clicked: Record<string, Record<string, string>>;
  /** Only these see it (imGroupOpenDeliverModel.recipients). */
  recipients?: string[];
}

export interface SimMessage {
  id: string;
  from: 'bot' | 'user';
  /** staffId of a person, robotCode of the bot. */
  senderId: string;
  chatId: string;
  chatType: 'p2p' | 'group';
  /** The other side of a private chat. */
  staffId?: string;
  /** `text`, `markdown`, `actionCard`, `link`, `image`, `file`, `audio`, `video`, `feedCard`, `card`; what people send by its msgtype. */
  msgType: string;
  /** How it came: API of the robot, a session webhook, the body of an HTTP answer, a card instance, a person. */
  via: 'api' | 'webhook' | 'answer' | 'card' | 'user';
  content: Json;
  card?: SimCard;
  createdAt: number;
  updatedAt: number;
  history: SimRevision[];
  deleted: boolean;
  /** staffIds that were notified by @. */
  at: string[];
  atAll: boolean;
}

/** What one push to the server came to. */
export interface Delivery {
  /** Id by which `repush` finds it: msgId, event id, or that of the card callback. */
  eventId: string;
  eventType: string;
  messageId?: string;
  /** False if the platform would not push it (no @, bot absent, nothing connected, month used up). */
  pushed: boolean;
  /** HTTP status, or the code of the ack over Stream; 0 for a timeout or a broken socket. */
  status: number;
  /** Acknowledged in time, in the form the platform wants. */
  acked: boolean;
  body: Json | undefined;
  /** Real milliseconds until the answer. */
  ms: number;
  why?: string;
}

export interface PressOutcome extends Delivery {
  /** What the clicker sees afterwards. */
  shown?: Record<string, string>;
  /** As the template's button shows it (4.5). */
  toast?: { type: 'success' | 'error'; content: string };
  error?: string;
  message: SimMessage;
}

/** What a tap on a link did: said something as the person, opened an address, or nothing at all. */
export type TapOutcome =
  | { kind: 'said'; text: string; delivery: Delivery }
  | { kind: 'url'; url: string }
  | { kind: 'nothing' };

export interface SayOptions {
  /** Name the bot with @; a group message without it never arrives (1.5). `mentionBot` is the same. */
  at?: boolean;
  mentionBot?: boolean;
  mentions?: SimUser[];
  /** Files, audio and video only in private chats (1.4). The text is the file's name, or what was spoken. */
  type?: 'text' | 'picture' | 'richText' | 'audio' | 'video' | 'file';
  bytes?: Uint8Array;
  messageId?: string;
  /** Time of the message itself. */
  createTime?: number;
  replyTo?: SimMessage;
  /** Changes the body before it is pushed, for what the wild brings. */
  twist?: (body: JsonObject) => JsonObject;
}

export interface SimUser {
  readonly staffId: string;
  /** The same, under the name the Feishu simulator uses. */
  readonly openId: string;
  readonly unionId: string;
  readonly name: string;
  say(chatId: string, text: string, options?: SayOptions): Promise<Delivery>;
  sayPrivately(text: string, options?: SayOptions): Promise<Delivery>;
  /** Presses a button of a template card, found by label or action; `form`: values by field name, labels for options. */
  press(message: SimMessage, what: string, options?: PressOptions): Promise<PressOutcome>;
  /** Taps a button or link of an ActionCard or markdown message, found by its label or address. */
  tap(message: SimMessage, what: string): Promise<TapOutcome>;
}

export interface PressOptions {
  form?: Record<string, Json>;
}

export interface FoundButton {
  label: string;
  /** Calls back (template cards). */
  action?: string;
  value: JsonObject;
  id?: string;
  style?: string;
  confirm?: Json;
  /** Opens or says (ActionCard, markdown). */
  url?: string;
  /** Sends the form. */
  submit: boolean;
  /** Behind 更多. */
  more: boolean;
}

export interface FoundField {
  name: string;
  label: string;
  type: string;
  required: boolean;
  options: { value: string; text: string }[];
  value: Json | undefined;
}

export interface ChatView {
  id: string;
  /** Messages of the bot in this chat that are not recalled, oldest first. */
  messages: SimMessage[];
  /** All visible text of each. */
  texts(): string[];
  /** Those with a title: markdown, ActionCards and template cards alike. */
  cards(): SimMessage[];
  last(): SimMessage | undefined;
  lastCard(): SimMessage | undefined;
  /** Visible text of the last message. */
  lastText(): string | undefined;
}

export interface ApiCall {
  method: string;
  path: string;
  status: number;
  /** Empty for success. */
  code: string;
  message: string;
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
  /** `error-after`: the work is done, and an error answered; `html`: the page of an IP block (5.9); `raw`: `body` as it is. */
  mode: 'error' | 'error-after' | 'drop-before' | 'drop-after' | 'hang' | 'delay' | 'html' | 'raw';
  status?: number;
  /** A string is answered the new way, a number the old way with HTTP 200. */
  code?: string | number;
  message?: string;
  body?: string;
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
  why?: string;
}

export interface PushEvent {
  id: string;
  kind: 'robot' | 'card' | 'event';
  eventType: string;
  /** As Stream carries it. */
  data: JsonObject;
  /** callbackRouteKey of a card that calls back by HTTP. */
  routeKey?: string;
  attempts: { at: number; status: number; acked: boolean; ms: number }[];
  /** Virtual time of the next push, undefined once acknowledged or given up. */
  nextAt?: number;
}

/** An event as HTTP carries it. */
export interface PackedEvent {
  query: string;
  body: string;
}
