import { DurableObject } from 'cloudflare:workers';
import type { DurableObjectState } from '@cloudflare/workers-types';
import { openDurableStore } from '../db/durable-object.ts';
import { CommitFailed } from '../db/store.ts';
import { systemClock } from './lib/clock.ts';
import { DAY, HOUR, MINUTE } from './lib/day.ts';
import { AppError, errorCode } from './lib/errors.ts';
import { describeError } from './lib/log.ts';
import { assembleOffice } from './office/assemble.ts';
import type { Office } from './office/office.ts';
import type { PageModel } from './office/page-model.ts';
import { administratorsOn, type Credentials, connectionsOf } from './offices/credentials.ts';
import { type OfficeEntry, officeSecret, openEntry } from './offices/entry.ts';
import { logIfLost, makePlatforms } from './offices/make-platforms.ts';
import { readEntry, workerHost } from './offices/worker-offices.ts';
import { readWorker, type WorkerEnv, type WorkerSettings } from './offices/worker-settings.ts';
import type { Answer, Inbound, Platform } from './platforms/platform.ts';
import { claimIsOpen, ensureAdministrators } from './work/administrators.ts';
import type { FormValues } from './work/ways-fill.ts';

/** What became of an event. `lost`: it is not on disk, the platform must push it again (decision 1). */
export type Delivered =
  | { kind: 'answered'; answer: Answer }
  | { kind: 'lost' }
  | { kind: 'failed'; code: string };

const SECOND = 1000;
/** How long an alarm waits for what is being sent, before it arms the next one. */
const SETTLE = 20 * SECOND;
/** If the object is lost while it sends or ticks, an alarm this much later takes over; what is left is tried again as soon. */
const TAKE_OVER = 5 * SECOND;
/** Where the object keeps its entry of the directory, for the alarms that nobody calls. */
const ENTRY = 'entry';
/** For which credentials and address the platforms have been started. */
const BEGUN = 'begun';

/** The office, and the entry it was opened with. */
interface Running {
  office: Office;
  platforms: readonly Platform[];
  sealed: string | undefined;
  revision: number;
}

/** The second host of the Office: one object, one SQLite database, one writer. `alarm()` is one tick (decision 42). */
export class OfficeObject extends DurableObject<WorkerEnv> {
  private readonly settings: WorkerSettings;
  /** One opening or closing at a time. */
  private running: Promise<Running> | null = null;

  constructor(ctx: DurableObjectState, env: WorkerEnv) {
    super(ctx, env);
    this.settings = readWorker(env);
  }

  /**
   * The one call from the Worker; `entry` says which office this is, none: that of the variables. A rejection means
   * that the object was not reached or could not open its storage.
   */
  async deliver(inbound: Inbound, entry?: OfficeEntry): Promise<Delivered> {
    const office = await this.open(entry);
    await this.hear(inbound);
    try {
      const answer = await office.deliver(inbound);
      await this.armBy(systemClock.now() + TAKE_OVER);
      return { kind: 'answered', answer };
    } catch (error) {
      if (error instanceof CommitFailed) return { kind: 'lost' };
      this.settings.log.error(
        { kind: inbound.kind, error: describeError(error) },
        'an event could not be handled',
      );
      return { kind: 'failed', code: errorCode(error) };
    }
  }

  /** A signed page, or what was sent from it; null: it is not on disk, the sender has to try again. */
  async page(token: string, sent: FormValues | null, entry?: OfficeEntry): Promise<PageModel | null> {
    const { pages } = await this.open(entry);
    if (sent === null) return pages.open(token);
    try {
      const page = await pages.send(token, sent);
      await this.armBy(systemClock.now() + TAKE_OVER);
      return page;
    } catch (error) {
      if (error instanceof CommitFailed) return null;
      throw error;
    }
  }

  /** One tick: due jobs, then what is due to be sent. An error must not cost the next alarm: there is only one. */
  override async alarm(): Promise<void> {
    let next = systemClock.now() + MINUTE;
    try {
      const entry = await this.entryNow();
      if (entry === 'disabled') {
        next = systemClock.now() + HOUR;
        await this.close();
        return;
      }
      // What rings is no longer set, and a later one would be taken for it: lost in here, the rest would wait for that.
      await this.armBy(systemClock.now() + TAKE_OVER);
      const office = await this.open(entry);
      await office.beat();
      await office.settle(SETTLE);
      next = this.nextTick(office);
    } catch (error) {
      this.settings.log.error({ error: describeError(error) }, 'a tick failed');
    } finally {
      await this.ctx.storage.setAlarm(next);
    }
  }

  /** The edge has received it; what is learnt from it is wanted here. */
  private async hear(inbound: Inbound): Promise<void> {
    const platforms = (await this.running)?.platforms ?? [];
    platforms.find(({ connection }) => connection === inbound.connection)?.heard?.(inbound);
  }

  /** Which office this is, asked again so that a disabled one falls silent; the copy here does when nobody answers. */
  private async entryNow(): Promise<OfficeEntry | undefined | 'disabled'> {
    const kept = await this.ctx.storage.get<OfficeEntry>(ENTRY);
    if (!kept || !this.settings.directory) return kept;
    try {
      return (await readEntry(this.settings, kept.id)) ?? 'disabled';
    } catch (error) {
      this.settings.log.warn({ office: kept.id, code: errorCode(error) }, 'the directory does not answer');
      return kept;
    }
  }

  /** Opens the office, or opens it again with the credentials of a newer entry. */
  private async open(entry: OfficeEntry | undefined): Promise<Office> {
    const known = this.running;
    let mine: Promise<Running>;
    if (known) {
      const { office, sealed, revision } = await known;
      // For a minute after a rotation edges may still bring the older entry.
      if (!entry || sealed === entry.sealed || openEntry(this.settings.secretKey, entry).revision < revision)
        return office;
      // Another call may have been faster meanwhile.
      mine =
        this.running && this.running !== known ? this.running : office.stop().then(() => this.start(entry));
    } else mine = this.start(entry);
    this.running = mine;
    try {
      return (await mine).office;
    } catch (error) {
      if (this.running === mine) this.running = null;
      throw error;
    }
  }

  private async close(): Promise<void> {
    const known = this.running;
    this.running = null;
    await (await known)?.office.stop();
  }

  private async start(entry: OfficeEntry | undefined): Promise<Running> {
    const { log, secretKey } = this.settings;
    const credentials: Credentials = entry ? openEntry(secretKey, entry) : ofVariables(this.settings);
    if (entry) await this.ctx.storage.put(ENTRY, entry);
    const platforms = makePlatforms(credentials, {
      ...workerHost(this.settings, entry && `/o/${entry.id}`),
      troubled: (sentence) => logIfLost(office.tellAdministrators(sentence), log),
    });
    const { publicUrl } = this.settings.config;
    const office: Office = assembleOffice({
      store: openDurableStore(this.ctx.storage),
      secret: entry ? officeSecret(secretKey, entry.id) : secretKey,
      clock: systemClock,
      platforms,
      publicUrl: publicUrl && `${publicUrl}${entry ? `/o/${entry.id}` : ''}`,
      log,
      wakeAt: (at) =>
        void this.armBy(at).catch((error: unknown) =>
          log.error({ error: describeError(error) }, 'the alarm could not be set'),
        ),
    });
    await this.nameAdministrators(office, credentials, entry?.id);
    await office.start();
    await this.begin(office, platforms, credentials.revision);
    return { office, platforms, sealed: entry?.sealed, revision: credentials.revision };
  }

  /**
   * ADMINS of the configuration; with no administrator at all, the code to claim it (decision 6). An object wakes up
   * anew for many an event, so a code that is still good is left alone.
   */
  private async nameAdministrators(office: Office, credentials: Credentials, id?: string) {
    const admins = administratorsOn(connectionsOf(credentials), credentials.admins);
    const code = await office.write(() =>
      admins.length === 0 && claimIsOpen(office.q)
        ? null
        : ensureAdministrators(office.q, systemClock.now(), admins),
    );
    if (code)
      this.settings.log.warn(
        { claim: code, office: id },
        '还没有管理员。请私聊机器人，发送：认领，加这个号码',
      );
  }

  /** What a platform has to set at its own side: once for these credentials, not at every waking, for it costs calls. */
  private async begin(office: Office, platforms: readonly Platform[], revision: number): Promise<void> {
    const { config, log } = this.settings;
    const begun = `${revision} ${config.publicUrl ?? ''} ${platforms.map(({ connection }) => connection).join()}`;
    if ((await this.ctx.storage.get<string>(BEGUN)) === begun) return;
    try {
      await Promise.all(platforms.map((platform) => platform.start?.(office.deliver)));
      await this.ctx.storage.put(BEGUN, begun);
    } catch (error) {
      log.warn({ error: describeError(error) }, 'a platform did not start');
    }
  }

  /** `min(next job, next outbox)`, and once a day for what must be purged. */
  private nextTick(office: Office): number {
    const now = systemClock.now();
    const job = office.nextDue(now) ?? now + DAY;
    const { outbox } = office.q;
    const message = outbox.open(now) > 0 ? now + TAKE_OVER : (outbox.nextAt() ?? now + DAY);
    return Math.max(now + SECOND, Math.min(now + DAY, job, message));
  }

  private async armBy(at: number): Promise<void> {
    const armed = await this.ctx.storage.getAlarm();
    if (armed === null || armed > at) await this.ctx.storage.setAlarm(at);
  }
}

function ofVariables({ config: { feishu, dingtalk, admins, playground } }: WorkerSettings): Credentials {
  if (playground)
    throw new AppError('config', { userText: 'FEISHU_APP_ID、DINGTALK_CLIENT_ID 都没有设置。' });
  return { feishu, dingtalk, admins, revision: 0 };
}
