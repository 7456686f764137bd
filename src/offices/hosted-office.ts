import { CommitFailed } from '../../db/store.ts';
import type { Office } from '../office/office.ts';

/** An office that is open on this machine. */
export interface OpenOffice {
  office: Office;
  /** Finishes what was accepted and closes the file; the instant at which it next has something to do. */
  close(): Promise<number>;
}

export interface HostedOfficeOptions {
  /** Notes durably that it is open, and opens it. */
  open: () => Promise<OpenOffice>;
  /** Notes when it has to be opened again. */
  closed: (nextAt: number) => void;
  now: () => number;
  /** Events that may wait at once; more are refused, and the platform pushes them again. */
  mostWaiting: number;
}

/**
 * One office of many: opened when it is first needed, closed when idle, opened again at any time. Opening and closing
 * wait for each other, and closing for those inside.
 */
export class HostedOffice {
  private readonly options: HostedOfficeOptions;
  private opened: OpenOffice | null = null;
  private closing = false;
  private turn: Promise<unknown> = Promise.resolve();
  private inside = 0;
  private emptied: (() => void)[] = [];
  private waiting = 0;
  private spokenAt = 0;

  constructor(options: HostedOfficeOptions) {
    this.options = options;
  }

  get isOpen(): boolean {
    return this.opened !== null;
  }

  /** When somebody last spoke to it (epoch ms). */
  get lastSpoken(): number {
    return this.spokenAt;
  }

  /** An event of its own people. Throws CommitFailed when it is flooded or cannot be opened: pushed again later. */
  async speak<T>(work: (office: Office) => Promise<T>): Promise<T> {
    if (this.waiting >= this.options.mostWaiting)
      throw new CommitFailed('too many events of this office wait');
    this.waiting += 1;
    this.spokenAt = this.options.now();
    try {
      return await this.use(work);
    } finally {
      this.waiting -= 1;
    }
  }

  /** As `speak`, for what the host itself does; it does not keep the office from being idle. */
  async use<T>(work: (office: Office) => Promise<T>): Promise<T> {
    const { office } = await this.enter();
    try {
      return await work(office);
    } finally {
      this.inside -= 1;
      if (this.inside === 0) for (const tell of this.emptied.splice(0)) tell();
    }
  }

  /** Looks at it as it is now, if it is open; undefined when it is not, for a look is no reason to open it. */
  peek<T>(look: (office: Office) => T): T | undefined {
    return this.opened ? look(this.opened.office) : undefined;
  }

  private enter(): Promise<OpenOffice> {
    if (this.opened && !this.closing) {
      this.inside += 1;
      return Promise.resolve(this.opened);
    }
    return this.next(async () => {
      this.opened ??= await this.openNow();
      this.inside += 1;
      return this.opened;
    });
  }

  /** What cannot be opened cannot take an event either: the same answer as for a failed commit. */
  private async openNow(): Promise<OpenOffice> {
    try {
      return await this.options.open();
    } catch (cause) {
      throw new CommitFailed(cause);
    }
  }

  /** Closes it once nobody is inside; who comes meanwhile waits and opens it anew. */
  async close(): Promise<void> {
    this.closing = true;
    await this.next(async () => {
      try {
        if (this.inside > 0) await new Promise<void>((resolve) => this.emptied.push(resolve));
        const opened = this.opened;
        this.opened = null;
        if (opened) this.options.closed(await opened.close());
      } finally {
        this.closing = false;
      }
    });
  }

  private next<T>(step: () => Promise<T>): Promise<T> {
    const done = this.turn.then(step);
    this.turn = done.catch(() => undefined);
    return done;
  }
}
