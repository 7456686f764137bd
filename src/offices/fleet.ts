import type { Directory, DirectoryRow } from '../../db/directory.ts';
import type { EventSink } from '../http/accept.ts';
import type { FormPages } from '../http/forms.ts';
import type { Clock } from '../lib/clock.ts';
import { DAY, MINUTE } from '../lib/day.ts';
import { describeError, type Log } from '../lib/log.ts';
import { type Gauges, readGauges } from '../office/metrics.ts';
import type { Platform } from '../platforms/platform.ts';
import { isOfficeId } from './entry.ts';
import { HostedOffice, type OpenOffice } from './hosted-office.ts';
import { logIfLost } from './make-platforms.ts';
import { nextOf } from './next-wake.ts';
import { beginRoom, pagesOf, type Room, shutRoom, sinkOf } from './room.ts';

export interface FleetOptions {
  directory: Directory;
  /** The platforms of an office, from its credentials; no file is opened for them. Throws when they cannot be read. */
  platformsOf: (row: DirectoryRow, troubled: (sentence: string) => void) => Platform[];
  /** Whether it cannot be woken by a push, for it has a long connection to hold. Throws when it cannot be read. */
  staysOpen: (row: DirectoryRow) => boolean;
  /** Opens its database. `silentSince`: since when the whole host was down, where that has to be told (decision 40). */
  open: (
    row: DirectoryRow,
    platforms: readonly Platform[],
    silentSince: number | null,
  ) => Promise<OpenOffice>;
  clock: Clock;
  log: Log;
  /** Nobody has spoken for so long: it is closed, ms. */
  idle?: number;
  /** Events of one office that may wait at once. */
  mostWaiting?: number;
}

/** A host that was silent for longer says so in every office (decision 40). */
const OUTAGE = 10 * MINUTE;
/** An office that cannot be opened rests so long; an event tries anyway. */
const REST = 10 * MINUTE;
/** Offices that are looked after at the same time: one that is slow holds up no more than its own place. */
const AT_ONCE = 8;
/** An office with a job that near is not worth closing. */
const SOON = 2 * MINUTE;

/**
 * Many offices on one machine (issue 3, point 5): each its own file, writer, pump and key. One is opened by its first
 * event or by the first job that falls due, and closed when idle; one with a long connection stays open.
 */
export class Fleet {
  private readonly options: FleetOptions;
  private readonly rooms = new Map<string, Room>();
  /** The host was down from then on; told by each office at its next opening. */
  private outage: { from: number; told: Set<string> } | null = null;

  constructor(options: FleetOptions) {
    this.options = options;
  }

  /** Notices an outage of the host, does what fell due meanwhile, and opens those that stay open. */
  async start(): Promise<void> {
    const { directory, clock } = this.options;
    const now = clock.now();
    const before = directory.alive(now);
    if (before !== null && now - before >= OUTAGE && now - before <= 3 * DAY) {
      this.outage = { from: before, told: new Set() };
      directory.wakeAll(now);
    }
    for (const row of directory.list())
      if (row.disabledAt === null && row.nextAt > now && this.staysOpen(row)) directory.wakeAt(row.id, now);
    await this.beat();
  }

  /** Who takes the pushes of this path; undefined for one that is unknown or disabled. The directory is asked each time. */
  find(id: string): { platforms: readonly Platform[]; sink: EventSink; pages: FormPages } | undefined {
    const row = isOfficeId(id) ? this.options.directory.get(id) : undefined;
    if (!row || row.disabledAt !== null) return undefined;
    const room = this.room(row);
    if (!room) return undefined;
    return { platforms: room.platforms, sink: sinkOf(room), pages: pagesOf(room) };
  }

  /** What the minute's timer calls: the jobs of open offices and of those that are due, then closes idle ones. */
  async beat(): Promise<void> {
    const { directory, clock } = this.options;
    const now = clock.now();
    directory.alive(now);
    const due = directory.due(now).map((row) => row.id);
    const open = [...this.rooms].filter(([, room]) => room.hosted.isOpen).map(([id]) => id);
    const ids = [...new Set([...due, ...open])];
    const one = async (): Promise<void> => {
      for (let id = ids.shift(); id !== undefined; id = ids.shift()) await this.lookAfter(id, now);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, one));
  }

  /** Everything accepted is finished and every file closed. */
  async stop(): Promise<void> {
    await Promise.allSettled([...this.rooms.values()].map(shutRoom));
    this.rooms.clear();
    this.options.directory.close();
  }

  /** Can the directory be read. */
  ready(): boolean {
    this.options.directory.get('');
    return true;
  }

  /** The figures of the open offices; a closed one has nothing to send, and is not opened to be asked. */
  gauges(): Gauges[] {
    const now = this.options.clock.now();
    return [...this.rooms].flatMap(([id, { hosted, platforms }]) => {
      try {
        return hosted.peek(({ q }) => readGauges(q, platforms, now)) ?? [];
      } catch (error) {
        // The others' figures must not go with it.
        this.options.log.warn({ office: id, error: describeError(error) }, 'an office could not be read');
        return [];
      }
    });
  }

  /** How many files are open. */
  get open(): number {
    return [...this.rooms.values()].filter(({ hosted }) => hosted.isOpen).length;
  }

  private async lookAfter(id: string, now: number): Promise<void> {
    try {
      const row = this.options.directory.get(id);
      if (!row || row.disabledAt !== null) return await this.leave(id);
      const room = this.room(row);
      if (!room) return void this.options.directory.wakeAt(id, now + REST);
      await room.hosted.use(async (office) => {
        await office.beat();
      });
      if (await this.isIdle(room, now)) await room.hosted.close();
    } catch (error) {
      this.options.log.error(
        { office: id, error: describeError(error) },
        'an office could not be looked after',
      );
      this.rest(id, now);
    }
  }

  /** One whose entry cannot be opened is nobody's to open; who comes to use it says so. */
  private staysOpen(row: DirectoryRow): boolean {
    try {
      return this.options.staysOpen(row);
    } catch {
      return false;
    }
  }

  private rest(id: string, now: number): void {
    try {
      if (!this.rooms.get(id)?.hosted.isOpen) this.options.directory.wakeAt(id, now + REST);
    } catch (error) {
      this.options.log.warn(
        { office: id, error: describeError(error) },
        'the directory could not be written',
      );
    }
  }

  private async leave(id: string): Promise<void> {
    const room = this.rooms.get(id);
    this.rooms.delete(id);
    if (room) await shutRoom(room);
  }

  private isIdle({ hosted, staysOpen }: Room, now: number): Promise<boolean> {
    if (staysOpen || now - hosted.lastSpoken < (this.options.idle ?? OUTAGE)) return Promise.resolve(false);
    return hosted.use(async (office) => nextOf(office, now) > now + SOON);
  }

  /** The room of this entry; made anew, after the old one is shut, when the credentials are others. */
  private room(row: DirectoryRow): Room | undefined {
    const known = this.rooms.get(row.id);
    if (known?.revision === row.revision) return known;
    const { log, directory, clock } = this.options;
    try {
      const platforms = this.options.platformsOf(row, (sentence) => {
        logIfLost(
          hosted.use((office) => office.tellAdministrators(sentence)),
          log,
        );
      });
      const old = (known ? shutRoom(known) : Promise.resolve()).catch((error: unknown) => {
        log.warn({ office: row.id, error: describeError(error) }, 'an office could not be closed');
      });
      const hosted: HostedOffice = new HostedOffice({
        open: async () => {
          await old;
          directory.wakeAt(row.id, 0);
          return this.options.open(row, platforms, this.silence(row.id));
        },
        closed: (nextAt) => void directory.wakeAt(row.id, nextAt),
        now: () => clock.now(),
        mostWaiting: this.options.mostWaiting ?? 256,
      });
      const room = { revision: row.revision, staysOpen: this.options.staysOpen(row), platforms, hosted };
      this.rooms.set(row.id, room);
      beginRoom(row.id, room, log);
      return room;
    } catch (error) {
      log.error(
        { office: row.id, error: describeError(error) },
        'an entry of the directory cannot be opened',
      );
      return undefined;
    }
  }

  private silence(id: string): number | null {
    if (!this.outage || this.outage.told.has(id)) return null;
    this.outage.told.add(id);
    return this.outage.from;
  }
}
