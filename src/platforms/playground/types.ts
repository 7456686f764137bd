import type { Content } from '../../../cards/card.ts';

/** Someone who can be chosen in the playground; `id` is the platform id of decision 6. */
export interface PlaygroundPerson {
  id: string;
  name: string;
}

export interface PlaygroundChat {
  id: string;
  name: string;
  type: 'p2p' | 'group';
  /** Ids of the people in it; the bot is in every chat. */
  members: readonly string[];
}

/** A message as it stands now; a new object at every change. */
export interface RoomMessage {
  id: string;
  chatId: string;
  /** Place in the order of posting, 1, 2, 3 … over all chats. */
  n: number;
  /** Rises over all chats with every post and every change: the cursor of a reconnecting page. */
  seq: number;
  /** Epoch ms on the playground's clock. */
  at: number;
  /** null = the bot. */
  from: string | null;
  content: Content;
  /** Of card updates (decision 39): an older one never replaces a newer one. */
  version: number;
  replyTo: string | null;
  recalled: boolean;
  reactions: readonly string[];
}

/** What a subscriber hears. Reading is told too, because other tabs show the marks. */
export type RoomEvent =
  | { kind: 'message'; message: RoomMessage }
  | { kind: 'read'; person: string; chatId: string };
