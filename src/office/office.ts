import type { Queries } from '../../db/queries/index.ts';
import { DAY, HOUR, MINUTE, sayTime } from '../lib/day.ts';
import type { Answer, Inbound, Platform } from '../platforms/platform.ts';
import { admit } from './admit.ts';
import { answerCheckups } from './checkup.ts';
import { makeEffects } from './effects.ts';
import { GroupCommit } from './group-commit.ts';
import { fetchWantedMembers } from './members-wanted.ts';
import { Pump } from './outbox.ts';
import { makePages, type Pages } from './pages.ts';
import type { Parts } from './parts.ts';
import { replayKeptLines } from './replay.ts';
import { keepWithinTerms } from './retention.ts';
import { Schedule } from './schedule.ts';
import { tellSentence } from './trouble.ts';
import { importWantedFiles } from './wanted-files.ts';

export interface TickReport {
  now: string;
  jobs: number;
  sent: number;
  failed: number;
  left: number;
}

/** THE ACTOR: all data of one using unit, one database, one writer. The same object in both hosts. */
export interface Office {
  readonly q: Queries;
  /** Signed pages of this office. */
  readonly pages: Pages;
  /** Accepts one event; resolves after its durable commit, with the answer for a card press. Rejects with CommitFailed if it is not on disk. */
  deliver(inbound: Inbound): Promise<Answer>;
  /** Runs the jobs due by `now` once and sends what they produce (decision 46). */
  tick(now: number, timeoutMs?: number): Promise<TickReport>;
  /** Runs due jobs without waiting for the outbox: what the minute's timer calls. */
  beat(): Promise<void>;
  /** The next instant after `after` at which a job is due or a held message may go, or null. */
  nextDue(after: number): number | null;
  /** Resolves when nothing is due to be sent; how many are left after `timeoutMs`. */
  settle(timeoutMs?: number): Promise<number>;
  /** Runs `work` in the office's own transaction, for hosts (import, seeding). */
  write<T>(work: () => T): Promise<T>;
  /** Its connections are these from now on; what waits for one that is gone ends as `platform-off`. */
  connect(platforms: readonly Platform[]): void;
  /** A sentence to the administrators, in private and at most once a day: what a platform could not set right itself. */
  tellAdministrators(sentence: string): Promise<void>;
  /** Starts sending. `afterOutage` tells the groups of a gap since the last beat (decision 40). */
  start(options?: { afterOutage?: boolean }): Promise<void>;
  /** Accepted work is finished; nothing new is sent. Does not close the store. */
  stop(): Promise<void>;
}

/** An office that was silent for longer says so (decision 40). */
const OUTAGE = 10 * MINUTE;

export function createOffice(parts: Parts): Office {
  const commit = new GroupCommit(parts.store);
  const pump = new Pump(parts, commit);
  const schedule = new Schedule(parts, commit);
  const platform = (connection: string): Platform | undefined =>
    parts.platforms.find((each) => each.connection === connection);

  /** What an event may have wished for; events of one commit are looked after together. A wish is a row: after a stop it waits for the next start. */
  let following = false;
  let stopped = false;
  const followUp = (): void => {
    if (following || stopped) return;
    following = true;
    setImmediate(() => {
      following = false;
      if (stopped) return;
      void fetchWantedMembers(parts, platform, (event) => office.deliver(event));
      void replayKeptLines(parts, (event) => office.deliver(event));
      void answerCheckups(parts, (work) => commit.run(work).finally(() => pump.wake()));
      void importWantedFiles(parts, {
        platform,
        write: (work) => commit.run(work).finally(() => pump.wake()),
      });
    });
  };

  const office: Office = {
    q: parts.q,
    pages: makePages(parts, (event) => office.deliver(event)),
    async deliver(inbound) {
      const { answer, outcome } = await commit
        .run(() => admit(parts, inbound))
        .catch((error: unknown) => {
          parts.meter.event(inbound.kind, 'lost');
          throw error;
        });
      parts.meter.event(inbound.kind, outcome);
      pump.wake();
      followUp();
      return answer;
    },
    async tick(now, timeoutMs) {
      const since = parts.clock.now();
      const jobs = await schedule.run(now);
      const left = await pump.settle(timeoutMs);
      const { sent, failed } = parts.q.outbox.countSince(since);
      return { now: new Date(now).toISOString(), jobs, sent, failed, left };
    },
    async beat() {
      const now = parts.clock.now();
      await schedule.run(now);
      await commit.run(() => parts.q.settings.set('alive', now));
      pump.wake();
      followUp();
      await keepWithinTerms(parts, commit);
    },
    nextDue(after) {
      const times = [schedule.nextDue(after), parts.q.outbox.heldUntil(after)].filter((at) => at !== null);
      return times.length > 0 ? Math.min(...times) : null;
    },
    settle: (timeoutMs) => pump.settle(timeoutMs),
    write: (work) => commit.run(work),
    connect(platforms) {
      const pages = parts.platforms.filter(({ name }) => name === 'page');
      parts.platforms = [...platforms, ...pages];
      pump.connect();
    },
    async tellAdministrators(sentence) {
      await commit.run(() => tellSentence(parts, sentence, parts.clock.now()));
      pump.wake();
    },
    async start(options = {}) {
      if (options.afterOutage) await commit.run(() => tellOutage(parts));
      stopped = false;
      pump.start();
      followUp();
    },
    async stop() {
      stopped = true;
      await commit.drained();
      await pump.stop();
      await commit.drained();
    },
  };
  return office;
}

/** `今天8:10—9:40我断线了…`, once a gap and bound group. */
function tellOutage(parts: Parts): void {
  const now = parts.clock.now();
  const alive = parts.q.settings.get<number>('alive');
  parts.q.settings.set('alive', now);
  if (alive === null || now - alive < OUTAGE || now - alive > 3 * DAY) return;
  const fx = makeEffects({
    q: parts.q,
    vault: parts.vault,
    calendar: parts.calendar(),
    now,
    cause: `outage:${alive}`,
    actorId: null,
    exempt: now - alive < 12 * HOUR,
    connection: null,
  });
  for (const chat of parts.q.chats.bound()) {
    if (chat.purpose === 'work' && chat.goneAt === null)
      fx.toGroup(chat.id, { kind: 'outage', from: sayTime(alive), to: sayTime(now) });
  }
}
