import { and, eq, gte, isNull, lte, or, sql } from 'drizzle-orm';
import { adoption, excuse, jobRun, nudge } from '../schema/index.ts';
import type { Session } from './session.ts';

export type Adoption = Omit<typeof adoption.$inferSelect, 'policy'> & { policy: unknown };
export type Excuse = typeof excuse.$inferSelect;

/** Job runs, adopted policies, excuses and nudges. */
export function workQueries({ db }: Session) {
  const open = (row: typeof adoption.$inferSelect): Adoption => ({ ...row, policy: JSON.parse(row.policy) as unknown });
  return {
    hasRun(job: string, period: string, scope: string): boolean {
      return (
        db
          .select({ at: jobRun.ranAt })
          .from(jobRun)
          .where(and(eq(jobRun.job, job), eq(jobRun.period, period), eq(jobRun.scope, scope)))
          .get() !== undefined
      );
    },
    /** False when somebody else recorded it first. */
    recordRun(row: { job: string; period: string; scope: string; now: number; note?: string }): boolean {
      return (
        db
          .insert(jobRun)
          .values({ job: row.job, period: row.period, scope: row.scope, ranAt: row.now, note: row.note ?? null })
          .onConflictDoNothing()
          .returning({ job: jobRun.job })
          .all().length === 1
      );
    },
    adopt(row: { system: string; orgId: number; policy: unknown; fromDay: string; by: number | null; now: number }): Adoption {
      const { policy, by, now, ...rest } = row;
      return open(
        db
          .insert(adoption)
          .values({ ...rest, policy: JSON.stringify(policy), adoptedBy: by, adoptedAt: now })
          .returning()
          .get(),
      );
    },
    endAdoption(id: number, lastDay: string): void {
      db.update(adoption).set({ toDay: lastDay }).where(eq(adoption.id, id)).run();
    },
    adoptions: (): Adoption[] => db.select().from(adoption).orderBy(adoption.id).all().map(open),
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
    excuses: (memberId: number): Excuse[] => db.select().from(excuse).where(eq(excuse.memberId, memberId)).all(),
    addExcuse(row: { memberId: number; duty: string | null; reason: string; fromDay: string; toDay: string; now: number }): void {
      const { now, ...rest } = row;
      db.insert(excuse).values({ ...rest, recordedAt: now }).run();
    },
    nudges(memberId: number, duty: string, period: string): (typeof nudge.$inferSelect)[] {
      return db
        .select()
        .from(nudge)
        .where(and(eq(nudge.memberId, memberId), eq(nudge.duty, duty), eq(nudge.period, period)))
        .all();
    },
    addNudge(row: { memberId: number; duty: string; period: string; nth: number; now: number }): void {
      const { now, ...rest } = row;
      db.insert(nudge).values({ ...rest, sentAt: now }).onConflictDoNothing().run();
    },
    answerNudges(memberId: number, duty: string, period: string, answer: string, now: number): void {
      db.update(nudge)
        .set({ answer, answeredAt: now })
        .where(and(eq(nudge.memberId, memberId), eq(nudge.duty, duty), eq(nudge.period, period)))
        .run();
    },
    /** Messages sent to a person or chat, for the burden report later. */
    nudgeCount: (memberId: number): number =>
      db.select({ count: sql<number>`count(*)` }).from(nudge).where(eq(nudge.memberId, memberId)).get()?.count ?? 0,
  };
}
