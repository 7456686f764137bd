import { and, asc, eq, gte, isNotNull, isNull, lte, or, sql } from 'drizzle-orm';
import { adoption, excuse, jobRun, leave, member, nudge } from '../schema/index.ts';
import { dutyFacts } from './duty-facts.ts';
import { issueClock } from './issue-clock.ts';
import { remembering, type Session } from './session.ts';

export type Adoption = Omit<typeof adoption.$inferSelect, 'policy'> & { policy: unknown };
export type Excuse = typeof excuse.$inferSelect;
export type Nudge = typeof nudge.$inferSelect;

/** A stretch of days that may move somebody's due dates; `duty` null = all of them. */
export interface Absence {
  memberId: number;
  duty: string | null;
  fromDay: string;
  toDay: string;
  reason: string;
}

/** Job runs, adopted policies, excuses and nudges. */
export function workQueries(session: Session) {
  const { db } = session;
  // Copies are large and hardly ever change: each text is read once.
  const read = new Map<number, { text: string; policy: unknown }>();
  const open = (row: typeof adoption.$inferSelect): Adoption => {
    const before = read.get(row.id);
    const policy = before?.text === row.policy ? before.policy : (JSON.parse(row.policy) as unknown);
    read.set(row.id, { text: row.policy, policy });
    return { ...row, policy };
  };
  const adoptions = db.select().from(adoption).orderBy(adoption.id).prepare();
  const adopted = remembering(session, (_all: 'all'): readonly Adoption[] => adoptions.all().map(open));
  const nudges = db
    .select()
    .from(nudge)
    .where(
      and(
        eq(nudge.memberId, sql.placeholder('memberId')),
        eq(nudge.duty, sql.placeholder('duty')),
        eq(nudge.period, sql.placeholder('period')),
      ),
    )
    .prepare();
  const run = db
    .select({ at: jobRun.ranAt })
    .from(jobRun)
    .where(
      and(
        eq(jobRun.job, sql.placeholder('job')),
        eq(jobRun.period, sql.placeholder('period')),
        eq(jobRun.scope, sql.placeholder('scope')),
      ),
    )
    .prepare();
  const insertRun = db
    .insert(jobRun)
    .values({
      job: sql.placeholder('job'),
      period: sql.placeholder('period'),
      scope: sql.placeholder('scope'),
      ranAt: sql.placeholder('now'),
      note: sql.placeholder('note'),
    })
    .onConflictDoNothing()
    .returning({ job: jobRun.job })
    .prepare();
  return {
    ...dutyFacts(session),
    ...issueClock(session),
    hasRun: (job: string, period: string, scope: string): boolean =>
      run.get({ job, period, scope }) !== undefined,
    /** False when somebody else recorded it first. */
    recordRun: (row: { job: string; period: string; scope: string; now: number; note?: string }): boolean =>
      insertRun.all({ ...row, note: row.note ?? null }).length === 1,
    /** `period scope` of every run of a job since an instant: one reading instead of one an occurrence. */
    ranSince: (job: string, since: number): ReadonlySet<string> =>
      new Set(
        db
          .select({ period: jobRun.period, scope: jobRun.scope })
          .from(jobRun)
          .where(and(eq(jobRun.job, job), gte(jobRun.ranAt, since)))
          .all()
          .map((row) => `${row.period} ${row.scope}`),
      ),
    adopt(row: {
      system: string;
      orgId: number;
      policy: unknown;
      fromDay: string;
      by: number | null;
      now: number;
    }): Adoption {
      const { policy, by, now, ...rest } = row;
      return open(
        db
          .insert(adoption)
          .values({ ...rest, policy: JSON.stringify(policy), adoptedBy: by, adoptedAt: now })
          .returning()
          .get(),
      );
    },
    adoption(id: number): Adoption | undefined {
      const row = db.select().from(adoption).where(eq(adoption.id, id)).get();
      return row && open(row);
    },
    /** Writes over one's own copy (文号, 发文机关): no number that somebody already owed by changes here. */
    rewriteAdoption(id: number, policy: unknown): void {
      db.update(adoption)
        .set({ policy: JSON.stringify(policy) })
        .where(eq(adoption.id, id))
        .run();
    },
    endAdoption(id: number, lastDay: string): void {
      db.update(adoption).set({ toDay: lastDay }).where(eq(adoption.id, id)).run();
    },
    adoptions: (): readonly Adoption[] => adopted('all'),
    /** In force on a day, for any of these orgs (an org's own and its ancestors'). */
    adoptionsOn(orgIds: number[], day: string): Adoption[] {
      return db
        .select()
        .from(adoption)
        .where(and(lte(adoption.fromDay, day), or(isNull(adoption.toDay), gte(adoption.toDay, day))))
        .all()
        .filter((row) => orgIds.includes(row.orgId))
        .map(open);
    },
    excuses: (memberId: number): Excuse[] =>
      db.select().from(excuse).where(eq(excuse.memberId, memberId)).all(),
    addExcuse(row: {
      memberId: number;
      duty: string | null;
      reason: string;
      fromDay: string;
      toDay: string;
      now: number;
    }): void {
      const { now, ...rest } = row;
      db.insert(excuse)
        .values({ ...rest, recordedAt: now })
        .run();
    },
    /** What one answer recorded is taken back with that answer; the audit keeps it. */
    dropExcuses(memberId: number, recordedAt: number): void {
      db.delete(excuse)
        .where(and(eq(excuse.memberId, memberId), eq(excuse.recordedAt, recordedAt)))
        .run();
    },
    /** Leaves and excuses that end on `since` or later. Whose they are is looked at when he is. */
    absences(since: string): Absence[] {
      const leaves = db
        .select({
          memberId: leave.memberId,
          fromDay: leave.fromDay,
          toDay: leave.toDay,
          reason: leave.reason,
        })
        .from(leave)
        .where(and(isNull(leave.cancelledAt), gte(leave.toDay, since)))
        .all();
      const excuses = db
        .select({
          memberId: excuse.memberId,
          duty: excuse.duty,
          fromDay: excuse.fromDay,
          toDay: excuse.toDay,
          reason: excuse.reason,
        })
        .from(excuse)
        .where(gte(excuse.toDay, since))
        .all();
      return [...leaves.map((row) => ({ ...row, duty: null })), ...excuses];
    },
    /** Orgs that 在册 members are of: what a job that looks at everybody is cut into. */
    memberOrgs: (): number[] =>
      db
        .selectDistinct({ orgId: member.orgId })
        .from(member)
        .where(eq(member.status, '在册'))
        .orderBy(asc(member.orgId))
        .all()
        .map((row) => row.orgId),
    /** 在册 members of an org who keep the usual time for reminders. */
    usualTimers: (orgId: number): number[] =>
      db
        .select({ id: member.id })
        .from(member)
        .where(and(eq(member.orgId, orgId), eq(member.status, '在册'), isNull(member.nudgeAt)))
        .orderBy(asc(member.id))
        .all()
        .map((row) => row.id),
    /** 在册 members who chose a time of their own, HH:MM. */
    ownTimers: (): { id: number; nudgeAt: string }[] =>
      db
        .select({ id: member.id, nudgeAt: member.nudgeAt })
        .from(member)
        .where(and(eq(member.status, '在册'), isNotNull(member.nudgeAt)))
        .all()
        .flatMap((row) => (row.nudgeAt === null ? [] : [{ id: row.id, nudgeAt: row.nudgeAt }])),
    nudges: (memberId: number, duty: string, period: string): Nudge[] =>
      nudges.all({ memberId, duty, period }),
    /** What one card of reminders spoke of. */
    nudgesAt: (memberId: number, sentAt: number): Nudge[] =>
      db
        .select()
        .from(nudge)
        .where(and(eq(nudge.memberId, memberId), eq(nudge.sentAt, sentAt)))
        .all(),
    addNudge(row: { memberId: number; duty: string; period: string; nth: number; now: number }): void {
      const { now, ...rest } = row;
      db.insert(nudge)
        .values({ ...rest, sentAt: now })
        .onConflictDoNothing()
        .run();
    },
    /** null takes the answer back. */
    answerNudges(memberId: number, duty: string, period: string, answer: string | null, now: number): void {
      db.update(nudge)
        .set({ answer, answeredAt: answer === null ? null : now })
        .where(and(eq(nudge.memberId, memberId), eq(nudge.duty, duty), eq(nudge.period, period)))
        .run();
    },
    /** Messages sent to a person or chat, for the burden report later. */
    nudgeCount: (memberId: number): number =>
      db.select({ count: sql<number>`count(*)` }).from(nudge).where(eq(nudge.memberId, memberId)).get()
        ?.count ?? 0,
  };
}
