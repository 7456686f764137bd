import type { Block, Button, Content, Values } from '../../cards/card.ts';

/** THE PORT. A platform turns raw requests into `Inbound` and neutral content into its own wire format. */

/** A person or chat is known by (connection, id); a connection is one tenant of one platform (decision 6). */
interface From {
  connection: string;
  /** Decision 3: `msg:<message_id>` for messages, else `evt:<event_id>`. */
  dedupeKey: string;
  /** Epoch ms of the act itself, as the platform says. */
  at: number;
}

export interface ChatRef {
  /** The platform's id; for a private chat it may be empty when the event carries none (menus). */
  id: string;
  type: 'p2p' | 'group';
  /** A group's title where the event carries it. */
  name?: string;
}

export interface SenderRef {
  id: string;
  /** Display name where the event carries it, and somebody answers for it. */
  name?: string;
  /** What he calls himself there: to be checked, never a key by itself. */
  alias?: string;
}

export interface MessageIn extends From {
  kind: 'message';
  messageId: string;
  chat: ChatRef;
  sender: SenderRef;
  /** Mentions stripped; newlines kept; empty for a bare picture. */
  text: string;
  mentionsBot: boolean;
  /** People named by @, the bot left out. */
  mentions: { id: string; name: string }[];
  /** The message this one answers. */
  replyTo?: string;
  /** Keys by which `download` fetches them. */
  images?: string[];
  /** Files, which only a private chat can bring; `key` as for images. */
  files?: { name: string; key: string }[];
}

export interface ActionIn extends From {
  kind: 'action';
  /** Where it was pressed: on the card itself (absent), on a signed page, or by a typed line (issue 4, point 4). */
  via?: 'page' | 'line';
  chat: ChatRef;
  /** The card's message. */
  messageId: string;
  sender: SenderRef;
  action: string;
  value: Values;
  form: Record<string, string | string[]>;
  /** Which card it belongs to, where it was not pressed on one (`via`). */
  of?: CardName;
}

/** A card by the name of what it shows; holds no personal data. */
export interface CardName {
  view: string;
  params: Values;
}

export interface MembershipIn extends From {
  kind: 'membership';
  change: 'bot-added' | 'bot-removed' | 'users-added' | 'users-removed' | 'chat-gone';
  chat: ChatRef & { name?: string; external: boolean };
  operator: SenderRef;
  users: SenderRef[];
}

export interface MenuIn extends From {
  kind: 'menu';
  key: string;
  sender: SenderRef;
}

export interface RecallIn extends From {
  kind: 'recall';
  chat: ChatRef;
  messageId: string;
  /** Who took it back: the one who wrote it, or somebody with power over the chat. */
  by: 'author' | 'other';
}

/** Everything the office can be told. `unsupported` is accepted, remembered by id, and nothing else. */
export type Inbound =
  | MessageIn
  | ActionIn
  | MembershipIn
  | MenuIn
  | RecallIn
  | (From & { kind: 'unsupported'; type: string });

/** The synchronous answer to a card press (others ignore it). */
export interface Answer {
  toast?: { text: string; tone: 'info' | 'good' | 'bad' };
  /** Replaces the pressed card. */
  card?: import('../../cards/card.ts').Card;
  /** Instead of `card`, for who pressed elsewhere (`ActionIn.via`): what to show now. */
  of?: CardName;
}

export interface RawRequest {
  /** Which of the platform's addresses was called, where it has several; absent: its main one. */
  route?: 'card' | 'event';
  /** Lower-case names. */
  headers: Record<string, string | undefined>;
  /** The parameters of the address. */
  query?: Record<string, string | undefined>;
  body: Uint8Array;
  now: number;
}

/** What the edge found. `operator` is a sentence for the log: which console setting to check. */
export type Received =
  | { kind: 'inbound'; inbound: Inbound }
  | { kind: 'challenge'; body: unknown }
  | { kind: 'refused'; status: 400 | 401; error: string; operator: string };

export interface Outbound {
  /**
   * send/reply/update/recall; `reply` falls back to a plain send after the definite error (decision 40). `forward`
   * brings the message `messageId`, as it is, to the target; only asked of a platform that says `forwards`.
   */
  kind: 'send' | 'reply' | 'update' | 'recall' | 'react' | 'forward';
  target: { type: 'chat' | 'user'; id: string };
  content: Content;
  /** Idempotency key, at most 50 characters, the same at every attempt. */
  uuid: string;
  /** For update and recall: which message; for reply and react: which message it answers. */
  messageId?: string;
  /** For update: rises with every update of one card. */
  version?: number;
  /** The typed message that a line in a group answers, for a platform that can name a person only there. */
  answers?: { messageId: string; personId: string };
  /** How everything on the card is reached without pressing it; for platforms and people without live cards. */
  ways?: Ways;
  /** The person asked for words instead of cards (文字版): the card goes as text with its ways. */
  plain?: boolean;
}

export type FormBlock = Extract<Block, { kind: 'form' }>;

/** The other ways to an action (issue 4, points 4 and 5). */
export interface Ways {
  /** What one types for it, e.g. `改期 128 11-30 缺配件`; what is asked for stands there by its name. null: not by a line. */
  line(target: Button | FormBlock): string | null;
  /** A signed page of one's own for it; null where no public address is known, and in a group. */
  page(target: Button | FormBlock): string | null;
  /** One signed page with everything on the card; null as for `page`. */
  whole?(): string | null;
}

/**
 * sent: known to have happened. retry: known not to have happened, may succeed later.
 * failed: known not to have happened, and never will. unknown: the call may or may not have had its effect.
 */
export type Delivery = (
  | { status: 'sent'; messageId: string; chatId?: string }
  | { status: 'retry'; code: string; afterMs?: number }
  | { status: 'failed'; code: string; reason: string }
  | { status: 'unknown'; code: string }
) & {
  /** What it took of the monthly allowance, where the platform has one; absent: one call. */
  spent?: { calls: number; pushes: number };
};

export interface PlatformLimits {
  perChatPerSecond: number;
  perSecond: number;
  perMinute: number;
  /** How long the platform honours a repeated uuid, ms (Feishu 1 h; we stop at 55 min). 0 = not at all. */
  idempotencyMs: number;
  /** Cards can be updated this long after posting, ms; 0: a message once sent stays as it is. */
  cardLifeMs: number;
  /** What the organisation may use in a calendar month (China's time), all its apps together: calls to the API, and pushes in or by webhook. */
  monthly?: { calls: number; pushes: number };
}

/** One line of `lianxin doctor` and /体检. */
export interface Finding {
  /** What was looked at, e.g. `凭证`. */
  what: string;
  /** null: the platform does not tell. */
  ok: boolean | null;
  /** What was found; never a secret. */
  detail: string;
  /** 怎么办, where something is wrong or unknown. */
  remedy?: string;
}

export interface Platform {
  /** `page`: no platform, but what stands on personal pages (issue 4, point 6). */
  readonly name: 'feishu' | 'dingtalk' | 'playground' | 'page';
  readonly connection: string;
  readonly limits: PlatformLimits;
  /** Somebody's message can be forwarded by its id: only then are photos of a visit kept, as references (issue 4, point 8). */
  readonly forwards?: boolean;
  receive(request: RawRequest): Received;
  /** What another instance of this platform has received: on a Worker the edge receives and the office's object sends. */
  heard?(inbound: Inbound): void;
  /** The HTTP body that answers an accepted event; `request` is what brought it, where it came by HTTP. */
  answer(inbound: Inbound, answer: Answer, request?: RawRequest): unknown;
  deliver(out: Outbound): Promise<Delivery>;
  /** Members of a bound group, for matching with the roster by name (issue 2, point 10). */
  chatMembers(chatId: string): Promise<{ id: string; name: string }[]>;
  /** The bytes of a picture or file of a received message. Rejects with an AppError whose userText says why not (too large, expired). */
  download?(
    file: { messageId: string; key: string; kind: 'image' | 'file' },
    maxBytes: number,
  ): Promise<Uint8Array>;
  /** Looks at credentials, identity, scopes and settings as far as the platform tells; `fix`: sets what can be set by API. Never rejects. */
  diagnose?(options?: { fix?: boolean }): Promise<Finding[]>;
  /** Opens a long connection where the mode asks for one; resolves when it is asked for, not when it is up. */
  start?(deliver: (inbound: Inbound) => Promise<Answer>): Promise<void>;
  stop?(): Promise<void>;
  /**
   * For /readyz: is the platform reachable as far as we know. Of a long connection also how often it was made anew since
   * the start, and when it last came up or went down (epoch ms).
   */
  state(): { up: boolean; detail: string; reconnects?: number; changedAt?: number };
}
