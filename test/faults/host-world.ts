import type Database from 'better-sqlite3';
import type { FeishuSim, SimUser } from '../simulators/feishu/index.ts';
import type { Act, Counts } from './load.ts';
import type { Random } from './random.ts';

/** At most one trouble of the host itself in a round; what it does is drawn before it waits for anything. */
export type Trouble = (random: Random, counts: Counts) => Promise<void>;

/** What the rounds need of a host, whichever it is: a server of Node's, or the Worker in workerd. */
export interface HostWorld {
  sim: FeishuSim;
  /** The file of the office. */
  path: string;
  /** What any other process sees in the file, now. */
  disk: Database.Database;
  groups: { id: string; members: SimUser[] }[];
  /** What may happen to this host beside a kill; one of them is drawn for each round. */
  troubles: readonly Trouble[];
  start(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** How it ended, where it is known to have. */
  fallen(): string | undefined;
  /** After kill and trouble: sets right what they left wrong, and says what should have outlasted them and has not. */
  mend(acts: readonly Act[]): Promise<string[]>;
  /** Moves the platform's clock and the host's together; re-pushes that fall due happen. */
  advance(ms: number): Promise<void>;
  /** Where it can be done: lets a thousand of rows end in this round, so that they are filed in the middle of it. */
  endThousand?(): void;
  /** Nothing moves by itself any more, and time has passed: lets the host see that. */
  wake(): Promise<void>;
  /** The end of what it wrote to stdout and stderr. */
  output(): string;
}
