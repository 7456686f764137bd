import type { Queries } from '../../db/queries/index.ts';
import type { Store } from '../../db/store.ts';
import type { Command, EdgeEffects, StrangerEvent } from '../commands/define.ts';
import type { Actor } from '../domain/actor.ts';
import type { Calendar } from '../domain/calendar.ts';
import type { Job } from '../jobs/define.ts';
import type { Clock } from '../lib/clock.ts';
import type { Vault } from '../lib/vault.ts';
import type { Answer, Finding, MembershipIn, MessageIn, Platform, RecallIn } from '../platforms/platform.ts';
import type { Meter } from './metrics.ts';
import type { Views } from './payload.ts';

/** What the log gets: codes, ids and counts; never text that a person typed. */
export interface Log {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}

/** What an event came to; `ignored` keeps only its id. */
export interface Dispatched {
  status: 'done' | 'ignored';
  answer: Answer;
  /** What was typed stands in a record: it is not kept a second time. */
  recorded?: boolean;
}

/** Feature hooks that are no commands. */
export interface Hooks {
  /** Somebody who is not in the roster typed a command. True when the line is settled (he was recognised and linked): it is then run. */
  stranger(fx: EdgeEffects, event: StrangerEvent): boolean;
  membership(fx: EdgeEffects, event: MembershipIn): void;
  /** A message was taken back. False: it meant nothing to us. */
  recall(fx: EdgeEffects, event: RecallIn): boolean;
  /** Somebody of the roster sent pictures. True when they belonged to a visit. */
  photos(fx: EdgeEffects, actor: Actor, event: MessageIn): boolean;
}

export type ImportRoster = (file: { name: string; bytes: Uint8Array }) => Promise<string[]>;

/** Everything an office is made of; built once by a composition root. */
export interface Parts {
  store: Store;
  vault: Vault;
  /** Seals the links of signed pages. */
  pageVault: Vault;
  /** Base of those links, with the office's own path; undefined: there is no public address, so there are none. */
  publicUrl?: string;
  clock: Clock;
  /** The calendar may change when an administrator loads a list. */
  calendar(): Calendar;
  /** Those of the connections that are on; others take their place while it runs (`Office.connect`). */
  platforms: readonly Platform[];
  commands: ReadonlyMap<string, Command>;
  jobs: readonly Job[];
  views: Views;
  hooks: Hooks;
  log: Log;
  meter: Meter;
  q: Queries;
  /** A host that sleeps between two calls (a Durable Object) is told when to wake the office; see `OfficeInput`. */
  wakeAt?: (at: number) => void;
  /**
   * Imports a roster file that an administrator sent, as `lianxin import` does, and resolves with what that says; a
   * rejection means that it may go better later. Only a host that can read workbooks has it (decision 42).
   */
  importRoster?: ImportRoster;
  /** What only the host can see, for /体检: disk, database file, backup. */
  hostFindings?: () => Promise<Finding[]>;
}
