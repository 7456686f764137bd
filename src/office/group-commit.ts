import { isLocked } from '../../db/storage-error.ts';
import { CommitFailed, type Outcome, type Store } from '../../db/store.ts';

interface Waiting {
  work: () => unknown;
  settle(outcome: Outcome<unknown>): void;
}

/** How long a failed batch's works are tried again before their callers hear of it, ms: well within the platform's 3 s (decision 41). */
const RETRY_FOR = 1_500;
const RETRY_EVERY = 60;
/** One commit carries at most this many events, so that no slice gets long (decision 41: 50 ms). */
const BATCH = 64;

/**
 * Group commit: works that arrive together share one durable commit; a promise settles only after it.
 * What a work throws rejects its own promise alone.
 */
export class GroupCommit {
  private waiting: Waiting[] = [];
  private scheduled = false;
  private idle: (() => void)[] = [];
  /** Since when nothing could be committed, on a clock that nobody sets; null: the last commit went well. */
  private failing: number | null = null;
  private readonly store: Store;

  constructor(store: Store) {
    this.store = store;
  }

  run<T>(work: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.waiting.push({
        work,
        settle: (outcome) => (outcome.ok ? resolve(outcome.value as T) : reject(outcome.error)),
      });
      if (this.scheduled) return;
      this.scheduled = true;
      setImmediate(() => void this.flush());
    });
  }

  /** Resolves when nothing waits. */
  drained(): Promise<void> {
    if (!this.scheduled) return Promise.resolve();
    return new Promise((resolve) => this.idle.push(resolve));
  }

  private async flush(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, BATCH);
      try {
        this.settle(batch, this.store.batch(batch.map((each) => each.work)));
        this.failing = null;
      } catch (error) {
        if (!(error instanceof CommitFailed)) {
          for (const each of batch) each.settle({ ok: false, error });
        } else {
          await this.singly(batch);
        }
      }
      // Let sockets and timers in between two commits.
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.scheduled = false;
    for (const resolve of this.idle.splice(0)) resolve();
  }

  /**
   * After a failed batch each work runs by itself, so that one cannot spoil the others (decision 41). There is one time
   * of patience, from the first failure to the next success: who comes later does not wait it out again, and a lock that
   * outlasts it is everybody's.
   */
  private async singly(batch: Waiting[]): Promise<void> {
    this.failing ??= performance.now();
    const until = this.failing + RETRY_FOR;
    let locked: unknown;
    for (const each of batch) {
      const failed = locked ?? (await this.alone(each, until));
      if (failed === undefined) continue;
      each.settle({ ok: false, error: failed });
      if (isLocked(failed)) locked = failed;
    }
  }

  /** Undefined when it is settled, else why it could not be committed in time. */
  private async alone(each: Waiting, until: number): Promise<unknown> {
    for (;;) {
      try {
        this.settle([each], this.store.batch([each.work]));
        this.failing = null;
        return undefined;
      } catch (error) {
        // Another process gives its lock back soon; a full disk does not empty itself.
        if (!isLocked(error) || performance.now() >= until) return error;
        await new Promise((resolve) => setTimeout(resolve, RETRY_EVERY));
      }
    }
  }

  private settle(batch: Waiting[], outcomes: Outcome<unknown>[]): void {
    batch.forEach((each, index) => {
      each.settle(outcomes[index] ?? { ok: false, error: new CommitFailed('no outcome') });
    });
  }
}
