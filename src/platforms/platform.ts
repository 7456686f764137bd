import type { Content, Values } from '../../cards/card.ts';

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
}

export interface SenderRef {
  id: string;
  /** Display name where the event carries it. */
  name?: string;
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
  images?: string[];
}

export interface ActionIn extends From {
  kind: 'action';
  chat: ChatRef;
  /** The card's message. */
  messageId: string;
  sender: SenderRef;
  action: string;
  value: Values;
  form: Record<string, string | string[]>;
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
}

export interface RawRequest {
  /** Lower-case names. */
  headers: Record<string, string | undefined>;
  body: Uint8Array;
  now: number;
}

/** What the edge found. `operator` is a sentence for the log: which console setting to check. */
export type Received =
  | { kind: 'inbound'; inbound: Inbound }
  | { kind: 'challenge'; body: unknown }
  | { kind: 'refused'; status: 400 | 401; error: string; operator: string };

export interface Outbound {
  /** send/reply/update/recall; `reply` falls back to a plain send after the definite error (decision 40). */
  kind: 'send' | 'reply' | 'update' | 'recall' | 'react';
  target: { type: 'chat' | 'user'; id: string };
  content: Content;
  /** Idempotency key, at most 50 characters, the same at every attempt. */
  uuid: string;
  /** For update and recall: which message; for reply and react: which message it answers. */
  messageId?: string;
  /** For update: rises with every update of one card. */
  version?: number;
}

/**
 * sent: known to have happened. retry: known not to have happened, may succeed later.
 * failed: known not to have happened, and never will. unknown: the call may or may not have had its effect.
 */
export type Delivery =
  | { status: 'sent'; messageId: string; chatId?: string }
  | { status: 'retry'; code: string; afterMs?: number }
  | { status: 'failed'; code: string; reason: string }
  | { status: 'unknown'; code: string };

export interface PlatformLimits {
  perChatPerSecond: number;
  perSecond: number;
  perMinute: number;
  /** How long the platform honours a repeated uuid, ms (Feishu 1 h; we stop at 55 min). 0 = not at all. */
  idempotencyMs: number;
  /** Cards can be updated this long after posting, ms. */
  cardLifeMs: number;
}

export interface Platform {
  readonly name: 'feishu' | 'dingtalk' | 'playground';
  readonly connection: string;
  readonly limits: PlatformLimits;
  receive(request: RawRequest): Received;
  /** The HTTP body that answers an accepted event. */
  answer(inbound: Inbound, answer: Answer): unknown;
  deliver(out: Outbound): Promise<Delivery>;
  /** Members of a bound group, for matching with the roster by name (issue 2, point 10). */
  chatMembers(chatId: string): Promise<{ id: string; name: string }[]>;
  /** Opens a long connection where the mode asks for one; resolves when it is asked for, not when it is up. */
  start?(deliver: (inbound: Inbound) => Promise<Answer>): Promise<void>;
  stop?(): Promise<void>;
  /** For /readyz: is the platform reachable as far as we know. */
  state(): { up: boolean; detail: string };
}
