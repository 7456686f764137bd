import { CommitFailed } from '../../db/store.ts';
import type { Job, JobView, Occurrence } from '../jobs/define.ts';
import { MINUTE } from '../lib/day.ts';
import { errorCode } from '../lib/errors.ts';
import { makeEffects } from './effects.ts';
import type { GroupCommit } from './group-commit.ts';
import type { Parts } from './parts.ts';

const DAY = 24 * 3_600_000;
/** A scope that failed is tried again by the next ticks; after this many in one process it waits for a restart. */
const TRIES = 5;
/** Short occurrences share a commit up to so many of them, and to about so many ms. */
const MOST = 32;
const SLICE = 30;

interface Due {
  job: Job;
  occurrence: Occurrence;
}

/** Which jobs are due, and each (job, period, scope) once (decisions 32, 46). */
export class Schedule {
  private readonly parts: Parts;
  private readonly commit: GroupCommit;
  private readonly failures = new Map<string, number>();

  constructor(parts: Parts, commit: GroupCommit) {
    this.parts = parts;
    this.commit = commit;
  }

  /**
   * Runs everything due by `now` in order of due time, each a work of its own; how many ran. Short ones share a commit,
   * as long as it stays well under the 50 ms of decision 41: a thousand cards are not a thousand waits for the disk.
   */
  async run(now: number): Promise<number> {
    let ran = 0;
    let together = 1;
    const due = this.due(now);
    for (let at = 0; at < due.length; ) {
      const some = due.slice(at, at + together);
      at += together;
      let busy = 0;
      const done = await Promise.all(
        some.map((each) =>
          this.attempt(each, now, (ms) => {
            busy += ms;
          }),
        ),
      );
      ran += done.filter(Boolean).length;
      together = busy < SLICE / 2 ? Math.min(together * 2, MOST) : Math.max(1, Math.floor(together / 2));
    }
    return ran;
  }

  /** One occurrence as a work of its own; `took` hears how long it held the writer, ms. */
  private async attempt({ job, occurrence }: Due, now: number, took: (ms: number) => void): Promise<boolean> {
    const key = `${job.name}:${occurrence.period}:${occurrence.scope}`;
    if ((this.failures.get(key) ?? 0) >= TRIES) return false;
    const late = Math.max(0, now - occurrence.at) / 1000;
    try {
      const ran = await this.commit.run(() => {
        const began = performance.now();
        const done = this.once(job, occurrence, now);
        took(performance.now() - began);
        return done;
      });
      if (ran) this.parts.meter.job(job.name, 'done', late);
      return ran;
    } catch (error) {
      this.parts.meter.job(job.name, 'failed', late);
      // A lock or a full disk is no fault of the job: it is tried again as long as that lasts.
      if (!(error instanceof CommitFailed)) this.failures.set(key, (this.failures.get(key) ?? 0) + 1);
      this.parts.log.error(
        { code: errorCode(error), job: job.name, period: occurrence.period },
        'a job failed',
      );
      return false;
    }
  }

  /** The next instant after `after` at which some job is due, within 40 days; null if none. */
  nextDue(after: number): number | null {
    const view = this.view();
    for (let from = after; from < after + 40 * DAY; from += DAY) {
      const times = this.parts.jobs.flatMap((job) =>
        job
          .occurrences(view, from, from + DAY)
          .filter((each) => each.at > after && !this.parts.q.work.hasRun(job.name, each.period, each.scope))
          .map((each) => each.at),
      );
      if (times.length > 0) return Math.min(...times);
    }
    return null;
  }

  private view(): JobView {
    return { q: this.parts.q, calendar: this.parts.calendar() };
  }

  private due(now: number): Due[] {
    const view = this.view();
    return this.parts.jobs
      .flatMap((job) =>
        job.occurrences(view, now - job.lookback, now).map((occurrence) => ({ job, occurrence })),
      )
      .filter(
        ({ job, occurrence }) =>
          occurrence.at <= now && !this.parts.q.work.hasRun(job.name, occurrence.period, occurrence.scope),
      )
      .sort((a, b) => a.occurrence.at - b.occurrence.at);
  }

  /** The real instant where a job's time is not it: a timer's beat is never a minute off. */
  private movedFrom(now: number): number | undefined {
    const real = this.parts.clock.now();
    return Math.abs(now - real) > MINUTE ? real : undefined;
  }

  /** Inside a transaction: the row decides who runs it. */
  private once(job: Job, occurrence: Occurrence, now: number): boolean {
    const { q } = this.parts;
    if (!q.work.recordRun({ job: job.name, period: occurrence.period, scope: occurrence.scope, now }))
      return false;
    const fx = makeEffects({
      q,
      vault: this.parts.vault,
      calendar: this.parts.calendar(),
      now,
      cause: `job:${job.name}:${occurrence.period}:${occurrence.scope}`,
      actorId: null,
      exempt: false,
      sendsAt: this.movedFrom(now),
      connection: null,
    });
    job.run(fx, occurrence);
    return true;
  }
}
