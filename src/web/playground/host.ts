import type { Clock } from '../../lib/clock.ts';
import type { Answer, Inbound } from '../../platforms/platform.ts';

/** One line of the completion list: what is typed, how, and what it is for. */
export interface CommandHint {
  /** `/走访` */
  word: string;
  /** `/走访 3号楼 张某 低保咨询` */
  example: string;
  hint: string;
}

/** What the page needs of the office. `deliver` rejects only when the event could not be committed (decision 1). */
export interface PlaygroundHost {
  /** The office's own clock; fast-forward moves it. */
  readonly clock: Clock & { set(to: number): void };
  deliver(inbound: Inbound): Promise<Answer>;
  /** Runs every job due by `now` and delivers what it produces. Times in epoch ms. */
  tick(now: number): Promise<{ sent: number; failed: number }>;
  /** The next instant after `after` at which something is due, or null. */
  nextDue(after: number): number | null;
  /** Resolves when the outbox is drained. */
  settle(): Promise<unknown>;
  /** The commands this person may use, most used first. */
  commands(personId: string): CommandHint[];
}
