import type { Log } from '../../lib/log.ts';

/** One robot of one DingTalk organisation. */
export interface DingTalkOptions {
  clientId: string;
  clientSecret: string;
  /** Nearly always the clientId; the console shows it. */
  robotCode?: string;
  /** Published in the card builder; without it cards go as ActionCard and words. */
  cardTemplateId?: string;
  baseUrl: string;
  oapiUrl: string;
  mode: 'webhook' | 'stream';
  /** Both are needed to receive events by HTTP (dingtalk.md 3.1); messages need neither. */
  aesKey?: string;
  token?: string;
  /** Where card presses are sent to in webhook mode. */
  publicUrl?: string;
  /** The address of card presses, where it is not `<publicUrl>/webhook/dingtalk/card`: a further connection's. */
  cardUrl?: string;
  /** What the organisation may use in a month; the free edition's allowance unless told. */
  monthly?: { calls: number; pushes: number };
  httpsProxy?: string;
  /** How long an API call may be silent, ms; 5 s unless told. */
  callTimeoutMs?: number;
  /** Keeps a short-lived host awake for work that nobody waits for. */
  background?: (work: Promise<unknown>) => void;
  /** Told once when cards cannot be sent as they should; a sentence for administrators. */
  troubled?: (sentence: string) => void;
  log: Log;
  /** Epoch ms; only where an event carries no time at all, and for what expires. */
  now: () => number;
}
