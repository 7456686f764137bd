import type { OutboxRow } from '../../db/queries/outbox.ts';
import { CommitFailed } from '../../db/store.ts';
import { isQuiet, nextSendTime } from '../domain/calendar-quiet.ts';
import { errorCode, whereThrown } from '../lib/errors.ts';
import type { Delivery, Platform } from '../platforms/platform.ts';
import { mayRepeat } from './doubt.ts';
import type { GroupCommit } from './group-commit.ts';
import { Outlets } from './outlets.ts';
import type { Parts } from './parts.ts';
import { prepare } from './prepare.ts';
import { CALL, CONCURRENT, HEADS, IDLE, LEASE, SHORT } from './pump-limits.ts';
import { countCall } from './quota.ts';
import { openQuotaGate } from './quota-gate.ts';
import { recordDelivery } from './record-delivery.ts';
import { timedCall } from './timed-call.ts';

/**
 * Sends what the outbox holds (decisions 37–40): heads of lanes only, at the platform's pace, leased durably before
 * the call, results committed with whatever else is being committed.
 */
export class Pump {
  private readonly parts: Parts;
  private readonly commit: GroupCommit;
  private readonly outlets: Outlets;
  private readonly flying = new Map<number, Promise<void>>();
  private timer: ReturnType<typeof setTimeout> | null = null;
  private running = false;
  private again = false;
  private stopped = true;
  /** Of the last claim; before the first one the clock may have been set while nobody looked. */
  private claimedAt = Number.POSITIVE_INFINITY;

  constructor(parts: Parts, commit: GroupCommit) {
    this.parts = parts;
    this.commit = commit;
    this.outlets = new Outlets(parts.platforms);
  }

  /** Takes the connections as the parts have them now. */
  connect(): void {
    this.outlets.connect(this.parts.platforms);
    this.wake();
  }

  start(): void {
    this.stopped = false;
    this.wake();
  }

  /** Looks for work soon; safe to call often. */
  wake(): void {
    if (this.stopped) return;
    const wait = this.outlets.full();
    this.again ||= wait === 0;
    if (wait > 0) this.later(wait);
    else if (!this.running) void this.loop();
  }

  /** Nothing more is begun; resolves when what flies has landed. */
  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    await Promise.allSettled(this.flying.values());
    await this.commit.drained();
  }

  /** Resolves when nothing is due any more, or after `timeoutMs`; how many are left. */
  async settle(timeoutMs = 60_000): Promise<number> {
    const until = Date.now() + timeoutMs;
    for (;;) {
      this.wake();
      const left = this.parts.q.outbox.open(this.parts.clock.now());
      if ((left === 0 && this.flying.size === 0) || Date.now() > until) return left;
      await new Promise((resolve) => setTimeout(resolve, this.flying.size > 0 ? 2 : 15));
    }
  }

  private async loop(): Promise<void> {
    this.running = true;
    try {
      while (this.again && !this.stopped) {
        this.again = false;
        await this.round();
      }
    } catch (error) {
      this.parts.log.error({ code: errorCode(error) }, 'the outbox pump stumbled');
      this.later(1000);
    } finally {
      this.running = false;
    }
  }

  /** Null: nothing waits at all. */
  private later(ms: number | null): void {
    const { wakeAt, clock } = this.parts;
    if (this.stopped || (wakeAt && ms === null)) return;
    if (this.timer) clearTimeout(this.timer);
    if (wakeAt && ms !== null && ms > SHORT) wakeAt(clock.now() + ms);
    else this.timer = setTimeout(() => this.wake(), Math.min(ms ?? IDLE, IDLE));
    this.timer?.unref?.();
  }

  private async round(): Promise<void> {
    const free = CONCURRENT - this.flying.size;
    if (free <= 0) return;
    const now = this.parts.clock.now();
    // Nothing is being written at this moment, so what is seen is on disk.
    const committed = this.parts.q.outbox.newest();
    const { rows, waitFor } = await this.commit.run(() => this.claim(now, free, committed));
    for (const row of rows) {
      const flight = this.send(row, now)
        .catch((error: unknown) => {
          // The lease stands, and ends as every lease of a call that nobody knows the end of.
          this.parts.log.error({ code: errorCode(error), message: row.id }, 'a message was left under way');
        })
        .finally(() => {
          this.flying.delete(row.id);
          this.wake();
        });
      this.flying.set(row.id, flight);
    }
    if (rows.length > 0 && rows.length < free) this.again = true;
    if (rows.length === 0) this.later(waitFor);
  }

  /** Inside a transaction: picks the heads, holds back what must wait, leases the rest. */
  private claim(now: number, free: number, committed: number): { rows: OutboxRow[]; waitFor: number | null } {
    const { q } = this.parts;
    if (now < this.claimedAt) q.outbox.clockSetBack(now, now + LEASE);
    this.claimedAt = now;
    this.reclaim(now);
    const calendar = this.parts.calendar();
    const quiet = isQuiet(now, calendar);
    const gate = openQuotaGate(this.parts, this.outlets, now, calendar);
    const rows: OutboxRow[] = [];
    let waitFor = IDLE;
    for (const row of q.outbox.heads(now, HEADS, [...this.flying.keys()], committed)) {
      const pace = this.outlets.pace(row.connection);
      const limits = this.outlets.get(row.connection)?.limits;
      if (!mayRepeat(row, limits, now)) {
        recordDelivery(this.parts, row, { status: 'unknown', code: row.error ?? 'lost' }, limits, now);
        continue;
      }
      if (!row.exempt && quiet) {
        q.outbox.hold(row.id, nextSendTime(now, calendar));
        continue;
      }
      if (!pace) {
        q.outbox.end(row.id, 'dead', 'platform-off', now);
        continue;
      }
      if (gate.stops(row)) {
        // Those behind it in their lane are to be looked at as well.
        waitFor = 0;
        continue;
      }
      // The pace is kept on a clock that nobody sets.
      const wait = pace.take(row.targetId, performance.now());
      if (wait > 0) {
        waitFor = Math.min(waitFor, wait);
        continue;
      }
      rows.push(row);
      if (rows.length >= free) break;
    }
    q.outbox.lease(
      rows.map((row) => row.id),
      now,
      now + LEASE,
    );
    const next = q.outbox.nextAt();
    if (next !== null && next > now) waitFor = Math.min(waitFor, next - now);
    return {
      rows: rows.map((row) => ({
        ...row,
        attempts: row.attempts + 1,
        attemptedAt: now,
        firstAttemptAt: row.firstAttemptAt ?? now,
      })),
      waitFor: rows.length > 0 || q.outbox.isOpen(now) ? waitFor : next && next - now,
    };
  }

  /** Leases of a process that is gone: the outcome is unknown (decision 37). */
  private reclaim(now: number): void {
    for (const row of this.parts.q.outbox.expired(now)) {
      if (this.flying.has(row.id)) continue;
      const lost: Delivery = { status: 'unknown', code: 'lost' };
      countCall(this.parts, row.connection, lost, now);
      recordDelivery(this.parts, row, lost, this.outlets.get(row.connection)?.limits, now);
    }
  }

  private async send(row: OutboxRow, now: number): Promise<void> {
    const platform = this.outlets.get(row.connection);
    // Taken away since the claim: as if it had been gone by then.
    if (!platform)
      return await this.commit.run(() => this.parts.q.outbox.end(row.id, 'dead', 'platform-off', now));
    const ready = await this.commit
      .run(() => prepare(this.parts, row, now))
      .catch((error: unknown) => {
        if (error instanceof CommitFailed) throw error;
        this.parts.log.error({ code: errorCode(error), message: row.id }, 'a message could not be rendered');
        return { drop: 'dead' as const, why: errorCode(error) };
      });
    if ('drop' in ready)
      return await this.commit.run(() => this.parts.q.outbox.end(row.id, ready.drop, ready.why, now));
    const { delivery, seconds } = await timedCall(platform.deliver(ready.out), CALL);
    this.parts.meter.delivery(platform.name, delivery.status, row.attempts, seconds);
    await this.record(row, delivery, platform, ready);
  }

  private async record(
    row: OutboxRow,
    delivery: Delivery,
    platform: Platform,
    ready: Parameters<typeof recordDelivery>[5],
  ): Promise<void> {
    for (;;) {
      try {
        await this.commit.run(() => {
          const now = this.parts.clock.now();
          countCall(this.parts, row.connection, delivery, now);
          recordDelivery(this.parts, row, delivery, platform.limits, now, ready);
        });
        return;
      } catch (error) {
        if (!(error instanceof CommitFailed)) return this.recordBarely(row, delivery, error);
        if (this.stopped) throw error;
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    }
  }

  /** What went out must not go out again because we could not note all that belongs to it. */
  private async recordBarely(row: OutboxRow, delivery: Delivery, error: unknown): Promise<void> {
    const at = whereThrown(error);
    this.parts.log.error(
      { code: errorCode(error), message: row.id, at },
      'a delivery was noted in part only',
    );
    if (delivery.status !== 'sent') throw error;
    await this.commit.run(() => {
      const now = this.parts.clock.now();
      countCall(this.parts, row.connection, delivery, now);
      this.parts.q.outbox.sent(row.id, delivery.messageId, now);
    });
  }
}
