import type { Queries } from '../../db/queries/index.ts';
import type { Effects } from '../commands/define.ts';
import type { Calendar } from '../domain/calendar.ts';

/** One thing a job owes: unique as (job, period, scope), due at `at` (epoch ms). */
export interface Occurrence {
  period: string;
  scope: string;
  at: number;
}

export interface JobView {
  q: Queries;
  calendar: Calendar;
}

export interface Job {
  /** Stable: it stands in the database. */
  name: string;
  /** How far back a missed occurrence is still made up for, ms. */
  lookback: number;
  /**
   * Every occurrence due in (from, to]; a digest gives only the newest period of each scope (decision 46).
   * Pure reading; the scheduler drops those already recorded.
   */
  occurrences(view: JobView, from: number, to: number): Occurrence[];
  /** One occurrence, in one short transaction. `fx.now` is the job's time. */
  run(fx: Effects, occurrence: Occurrence): void;
}

export function job(definition: Job): Job {
  return definition;
}
