import { and, eq, gte, isNull, lte, or } from 'drizzle-orm';
import { cohort, leave } from '../schema/index.ts';
import { remembering, type Session } from './session.ts';

export type Leave = typeof leave.$inferSelect;

/** 人员类别 and leaves of a member: what decides what is asked of him. Days are YYYY-MM-DD. */
export function standingQueries(session: Pick<Session, 'db' | 'epoch'>) {
  const { db } = session;
  const anyCohort = remembering(
    session,
    (_all: 'all') => db.select({ name: cohort.name }).from(cohort).limit(1).get() !== undefined,
  );
  return {
    cohorts(memberId: number, day: string): string[] {
      return db
        .select({ name: cohort.name })
        .from(cohort)
        .where(
          and(
            eq(cohort.memberId, memberId),
            lte(cohort.fromDay, day),
            or(isNull(cohort.toDay), gte(cohort.toDay, day)),
          ),
        )
        .all()
        .map((row) => row.name);
    },
    anyCohort: (): boolean => anyCohort('all'),
    joinCohort(memberId: number, name: string, day: string): boolean {
      const present = db
        .select()
        .from(cohort)
        .where(and(eq(cohort.memberId, memberId), eq(cohort.name, name), isNull(cohort.toDay)))
        .get();
      if (present) return false;
      db.insert(cohort).values({ memberId, name, fromDay: day }).run();
      return true;
    },
    addLeave(row: { memberId: number; fromDay: string; toDay: string; reason: string; now: number }): Leave {
      return db
        .insert(leave)
        .values({
          memberId: row.memberId,
          fromDay: row.fromDay,
          toDay: row.toDay,
          reason: row.reason,
          recordedAt: row.now,
        })
        .returning()
        .get();
    },
    cancelLeave(id: number, now: number): void {
      db.update(leave).set({ cancelledAt: now }).where(eq(leave.id, id)).run();
    },
    leave: (id: number): Leave | undefined => db.select().from(leave).where(eq(leave.id, id)).get(),
    leaves: (memberId: number): Leave[] =>
      db
        .select()
        .from(leave)
        .where(and(eq(leave.memberId, memberId), isNull(leave.cancelledAt)))
        .all(),
    onLeave(memberId: number, day: string): boolean {
      return (
        db
          .select({ id: leave.id })
          .from(leave)
          .where(
            and(
              eq(leave.memberId, memberId),
              isNull(leave.cancelledAt),
              lte(leave.fromDay, day),
              gte(leave.toDay, day),
            ),
          )
          .limit(1)
          .get() !== undefined
      );
    },
  };
}
