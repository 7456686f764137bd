/** The shapes that the one obligation function takes and gives (domain.md "Obligation"). Days are inclusive. */
import type { Day } from '../lib/day.ts';
import type { Period } from './period.ts';
import type { Clause, Mode, Policy } from './policy.ts';

/** A policy as the office adopted it; `to` null = until further notice. */
export type Adoption = { policy: Policy; from: Day; to: Day | null };

/** A pairing (id = household) or a contact point (id = point); `to` is the last day it holds. */
export type Link = { id: number; name?: string | null; from: Day; to: Day | null };

/** Leave, illness, household away, public duty: with a reason. */
export type Excuse = {
  from: Day;
  to: Day;
  reason: string;
  /** a Duty.key or DutyDetail.key; null = every duty of the member */
  duty: string | null;
};

export type MemberFacts = {
  id: number;
  /** 人员类别 in force; null = the office keeps none at all (then links tell who is meant) */
  cohorts: readonly string[] | null;
  roles: readonly string[];
  rank?: string | null;
  pairings: readonly Link[];
  points: readonly Link[];
  /** absences that were cancelled are not handed in */
  excuses: readonly Excuse[];
};

/** One visit as credited to this member, attribution frozen when it was recorded. Withdrawn ones are not handed in. */
export type VisitFact = {
  id: number;
  /** when it happened; recordedAt (epoch ms) only orders facts of one day */
  day: Day;
  recordedAt: number;
  mode: Mode;
  outcome: 'met' | 'attempt';
  householdId: number | null;
  /** the household was paired with this member on that day */
  paired: boolean;
  /** the member's contact points inside which it happened */
  contactPointIds: readonly number[];
  /** visit · late = 补记 · makeup = 补访 (decision 23) */
  kind: 'visit' | 'late' | 'makeup';
  /** 'lesson', 'report' …; left out = 'visit' */
  activity?: string;
};

/** How one period stands. owed and left are 0 where nothing is asked. */
export type Standing = {
  owed: number;
  /** what counts, made up included; may exceed owed */
  done: number;
  /** how many of `done` were made up: 补访, or a mode that only makes up (S4-30) */
  madeUp: number;
  left: number;
  /** the last day: the period's own, or later by the days that were excused */
  due: Day;
  /** the latest excuse that moved the date */
  excuse: Excuse | null;
};

/** One household or contact point of a duty. A point of a duty that is owed in total has owed = left = 0. */
export type DutyDetail = Standing & {
  /** `${Duty.key}#${id}`, as an Excuse may name it */
  key: string;
  kind: 'household' | 'contactPoint';
  id: number;
  name: string | null;
  last: Day | null;
};

/** A previous period that is short and may still be made up, until `until` (decision 23). */
export type OpenPeriod = Standing & { period: Period; until: Day; details: DutyDetail[] };

export type Duty = Standing & {
  /** `${system}/${clause.id}`: stable over periods */
  key: string;
  policy: Policy;
  clause: Clause;
  period: Period;
  details: DutyDetail[];
  /** the last day that counted, in whatever period */
  last: Day | null;
  open: OpenPeriod[];
};
