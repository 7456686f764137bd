import type { z } from 'zod';
import type { Content } from '../../cards/card.ts';
import type { GroupFacts } from '../../cards/group-text.ts';
import type { Queries } from '../../db/queries/index.ts';
import type { Actor } from '../domain/actor.ts';
import type { Calendar } from '../domain/calendar.ts';
import type { Act, Subject } from '../domain/rights.ts';
import type { CommandName } from '../domain/text/types.ts';
import type { MessageIn } from '../platforms/platform.ts';
import type { ViewRef } from '../views/define.ts';
import type { OwnPage } from '../work/own-page.ts';

export type Lane = 'answer' | 'urgent' | 'digest' | 'nudge';

/** Where the act happened. */
export interface ChatContext {
  connection: string;
  externalId: string;
  type: 'p2p' | 'group';
  /** Row id, purpose and org of a known group; null in private chat or an unbound group. */
  id: number | null;
  purpose: 'work' | 'residents' | null;
  orgId: number | null;
}

/** Common to commands and jobs: reading, and effects as rows (a crash loses nothing, a re-run sends nothing twice). */
export interface Effects {
  /** Epoch ms; in a job the job's own time. */
  readonly now: number;
  readonly q: Queries;
  readonly calendar: Calendar;
  /** To a member's private chat, once, on the connection he used last; without an id on any that is on, false is returned. */
  privately(
    memberId: number,
    what: ViewRef | Content,
    options?: { lane?: Lane; exempt?: boolean; notBefore?: number },
  ): boolean;
  /** To a bound group, by row id: a group view or group facts, never free content (decision 8). */
  toGroup(
    chatId: number,
    what: ViewRef | GroupFacts,
    options?: { lane?: Lane; exempt?: boolean; notBefore?: number },
  ): void;
  /** All live cards that follow this subject (`issue:12`) are rendered anew (decision 39). */
  changed(subject: string): void;
  /** Empties every card that stands in a group: it is another's group from now on. */
  clearGroup(chatId: number): void;
  /** Append to the hash-chained log (care 20). `data` is sealed. */
  audit(act: string, subject: string, data?: unknown): void;
  /** A member's actor with the roles in force today; null when not in the roster or not 在册. */
  actorOf(memberId: number): Actor | null;
  /** Brings somebody's message as it is to a person's private chat; only for messages of a platform that forwards. */
  forward(target: { connection: string; type: 'user'; id: string }, messageId: string): void;
}

/** For events whose sender is not in the roster, and for jobs: speaking to platform ids. */
export interface EdgeEffects extends Effects {
  /** To any person or chat by the platform's own id. */
  sendTo(
    target: { connection: string; type: 'chat' | 'user'; id: string },
    what:
      | { ref: ViewRef; viewer: number | null; say?: string }
      | { content: Content }
      | { group: GroupFacts; answers?: { messageId: string; personId: string }; dispensable?: boolean },
    options?: { lane?: Lane; exempt?: boolean; notBefore?: number },
  ): void;
  /** Takes back a message of ours that stands there. */
  recall(target: { connection: string; type: 'chat' | 'user'; id: string }, messageId: string): void;
}

/** An unknown person's line (decision 22). */
export interface StrangerEvent {
  message: MessageIn;
  /** Row of the group, or null in private chat. */
  chatId: number | null;
}

export interface Ctx extends Effects {
  readonly actor: Actor;
  readonly chat: ChatContext;
  /** Epoch ms of the message itself: "昨天" is relative to it (decision 5). */
  readonly saidAt: number;
  /** YYYY-MM-DD of saidAt. */
  readonly today: string;
  /** The actor's platform id on this connection. */
  readonly identity: string;
  /** The platform's id of the message typed or of the card pressed. */
  readonly messageId: string | null;
  /** The number under which the typed message came; null for a press, a menu and a line that is run later. */
  readonly event: number | null;
  /** People named by @ in the line, as members where known. */
  readonly mentioned: readonly { name: string; memberId: number | null }[];
  may(act: Act, subject: Subject): boolean;
  /** The link of somebody's personal page; null: the office has no public address. */
  readonly pageLink: ((memberId: number, page: OwnPage) => string) | null;
  /** To the one who acted, always in private chat (decision 7). */
  reply(what: ViewRef | Content): void;
  /** To somebody who is not in the roster (any more), by the platform's id, in private (decisions 15, 22). */
  toStranger(person: { connection: string; externalId: string }, what: Content): void;
  /** One short line in the group where the line was typed; nothing in private chat or a residents' group (decisions 9, 11). */
  groupLine(facts: GroupFacts): void;
  /** Only for presses: a short word over the card. */
  toast(text: string, tone?: 'info' | 'good' | 'bad'): void;
  /** Only for presses: in private the pressed card becomes this view; pressed in a group, it opens in private (decision 13). */
  show(view: ViewRef): void;
}

/** What was typed, after the command word. */
export interface Line {
  rest: string;
  /** The whole text, mentions stripped. */
  text: string;
  via: 'exact' | 'alias' | 'initials' | 'homophone' | 'near';
  /** The word as typed. */
  word: string;
  /** Implied by the word: /电话 → phone. */
  mode?: 'home' | 'phone' | 'message' | 'meeting';
}

export type HelpGroup = 'everyday' | 'issue' | 'secretary' | 'admin';

/** A press: `value` comes from the card, `form` from its fields; both are checked by schema before `run`. */
export interface ActionDefinition {
  schema: z.ZodType;
  run(ctx: Ctx, input: unknown): void;
}

export interface Command {
  name: CommandName;
  /** Shown in /帮助 only to who may do it somewhere; null = everyone. */
  needs: Act | null;
  help: { group: HelpGroup; example: string; says: string };
  run(ctx: Ctx, line: Line): void;
  /** What is typed stands in visits: the event does not keep it a second time. */
  recordsWords?: boolean;
  /** Pressed as `<name>.<key>`. */
  actions?: Record<string, ActionDefinition>;
}

/** Declares a card action; `run` gets what the schema makes of `{...value, ...form}`. */
export function action<S extends z.ZodType>(
  schema: S,
  run: (ctx: Ctx, input: z.infer<S>) => void,
): ActionDefinition {
  return { schema, run: (ctx, input) => run(ctx, input as z.infer<S>) };
}

/** Declares a slash command. */
export function command(definition: Command): Command {
  return definition;
}
