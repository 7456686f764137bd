/**
 * ONE function for what a member owes, has done, has left, by when and by which clause (domain.md "Obligation",
 * decisions 29–31). Every screen, nudge, summary and assessment uses it; nothing else counts visits.
 */
import type { Day } from '../lib/day.ts';
import type { Calendar } from './calendar.ts';
import { type Counted, counting, type Line, standings } from './obligation-tally.ts';
import type {
  Adoption,
  Duty,
  DutyDetail,
  MemberFacts,
  OpenPeriod,
  Standing,
  VisitFact,
} from './obligation-types.ts';
import {
  belongsTo,
  campaignOf,
  inForce,
  isAsked,
  isOn,
  isOwed,
  type Linked,
  mergeLinks,
  quotaOf,
} from './obligation-who.ts';
import { type Period, periodOf } from './period.ts';
import type { Clause, Obligation } from './policy.ts';

export type OwedInput = {
  adoptions: readonly Adoption[];
  member: MemberFacts;
  /** every visit credited to the member that may matter: all, or at least those of the last two years */
  visits: readonly VisitFact[];
  today: Day;
  calendar: Calendar;
};

/**
 * What the member owes today, one Duty a clause, the oldest adoption first.
 * - Adopted in mid-period: the period is owed only if the adoption began within its first third, else counting starts
 *   with the next one; visits made earlier in an owed period count, for nobody does a thing twice.
 *   A new copy that takes over from an old one (other numbers, a new 文号) begins where the old one began.
 * - An adoption that ends before a period does asks nothing for that period.
 * - A household or point counts while it is linked; one that was seen and then given to someone else stays as done
 *   (a later re-pairing moves no credit), one not yet seen is no longer owed. What was linked after the second nudge
 *   day is owed from the next period on: nobody is held to what he could not be told of in time.
 */
export function owed(input: OwedInput): Duty[] {
  const facts = [...input.visits].sort(byDay);
  const duties = new Map<string, Duty>();
  for (const adoption of inForce(input.adoptions, input.today)) {
    for (const clause of adoption.policy.clauses) {
      const duty = dutyOf(input, adoption, clause, facts);
      // the same system adopted twice (by the office and by a branch, or anew): the younger copy speaks
      if (duty !== null) duties.set(duty.key, duty);
    }
  }
  return [...duties.values()];
}

/** All that the counting of one clause for one member needs. */
type Case = {
  key: string;
  o: Obligation;
  quota: number;
  period: Period;
  links: readonly Linked[];
  counted: readonly Counted[];
  input: OwedInput;
  adoption: Adoption;
};
type Counts = Standing & Pick<Duty, 'details' | 'open'>;

function dutyOf(
  input: OwedInput,
  adoption: Adoption,
  clause: Clause,
  facts: readonly VisitFact[],
): Duty | null {
  const { member, today } = input;
  const { policy } = adoption;
  const o = clause.obligation;
  if (o === undefined || o.bearer === 'org') return null;
  const quota = quotaOf(o, member);
  const period = periodOf(o.per, today, o.campaign ?? campaignOf(adoption));
  if (quota === 0 || period === null || !isAsked(adoption, period)) return null;
  const links =
    o.target === 'any' ? [] : mergeLinks(o.target === 'contactPoint' ? member.points : member.pairings);
  const linked = links.some((link) => isOn(link, today));
  if (!belongsTo(clause.cohort, member, linked)) return null;

  const key = `${policy.system}/${clause.id}`;
  const counted = counting(o, facts, today);
  const c: Case = { key, o, quota, period, links, counted, input, adoption };
  const counts = o.unit === 'pairings' ? countLinks(c) : o.each === 'member' ? countInTotal(c) : countEach(c);
  return counts && { key, policy, clause, period, last: counted.at(-1)?.day ?? null, ...counts };
}

/** Not what was done but what is: so many households paired (S3-113). */
function countLinks({ quota, period, links, input }: Case): Counts {
  const done = links.filter((link) => isOn(link, input.today)).length;
  const left = Math.max(0, quota - done);
  return { owed: quota, done, madeUp: 0, left, due: period.to, excuse: null, details: [], open: [] };
}

/** One number over all households or points together (S4-28, S3-16). */
function countInTotal(c: Case): Counts | null {
  const { o, quota, period, counted } = c;
  const asked = (p: Period) =>
    o.target === 'any' ? isAsked(c.adoption, p) : c.links.some((link) => asks(c, p, link));
  const line: Line = { owed: (p) => (asked(p) ? quota : 0), counted, excuses: excusesOf(c, c.key) };
  const { now, before, prior } = standings(line, period);
  if (now.owed === 0) return null;
  const short = before && prior && before.left > 0;
  const open = short ? [{ ...before, period: prior, until: period.to, details: [] }] : [];
  return { ...now, details: places(c), open };
}

/** The number again for every household or point (S2-40). */
function countEach(c: Case): Counts | null {
  const details: DutyDetail[] = [];
  const short: DutyDetail[] = [];
  let prior: Period | null = null;
  for (const link of c.links) {
    const key = `${c.key}#${link.id}`;
    const counted = c.counted.filter((one) => concerns(one, c.o, link.id));
    const last = counted.at(-1)?.day ?? null;
    const owed = (p: Period) => (asks(c, p, link) ? c.quota : 0);
    const stand = standings({ owed, counted, excuses: excusesOf(c, c.key, key) }, c.period);
    const { now, before } = stand;
    prior = stand.prior;
    const on = isOn(link, c.input.today);
    if (now.owed > 0) details.push(detailOf(c, link, now, now.owed, last));
    // given to someone else after it was seen in this period: the credit stays where it was earned
    else if (now.done >= c.quota && !on) details.push(detailOf(c, link, now, c.quota, last));
    if (on && before && before.left > 0) short.push(detailOf(c, link, before, before.owed, last));
  }
  if (details.length === 0) return null;
  const open: OpenPeriod[] =
    prior && short.length > 0 ? [{ ...sum(short), period: prior, until: c.period.to, details: short }] : [];
  return { ...sum(details), details, open };
}

function asks(c: Case, period: Period, link: Linked): boolean {
  return isAsked(c.adoption, period) && isOwed(link, period, c.input.today, c.input.calendar);
}

function excusesOf(c: Case, ...keys: string[]) {
  return c.input.member.excuses.filter((e) => e.duty === null || keys.includes(e.duty));
}

/** Written out field by field: spreading doubles the time of the count for 20,000 members. */
function detailOf(c: Case, link: Linked, s: Standing, owed: number, last: Day | null): DutyDetail {
  return {
    key: `${c.key}#${link.id}`,
    kind: c.o.target === 'contactPoint' ? 'contactPoint' : 'household',
    id: link.id,
    name: link.name,
    owed,
    done: s.done,
    madeUp: s.madeUp,
    left: s.left,
    due: s.due,
    excuse: s.excuse,
    last,
  };
}

function concerns(one: Counted, o: Obligation, id: number): boolean {
  return o.target === 'contactPoint' ? one.fact.contactPointIds.includes(id) : one.fact.householdId === id;
}

/** For a number owed in total: where one may go, how often one was there in this period, and when last. */
function places(c: Case): DutyDetail[] {
  const { o, period, input } = c;
  return c.links
    .filter((link) => isOn(link, input.today))
    .map((link) => {
      const there = c.counted.filter((one) => concerns(one, o, link.id));
      const units = new Set(there.filter((one) => one.full && one.day >= period.from).map((one) => one.unit));
      const stand = { owed: 0, done: units.size, madeUp: 0, left: 0, due: period.to, excuse: null };
      return detailOf(c, link, stand, 0, there.at(-1)?.day ?? null);
    });
}

/** A duty over several households: due when the next open one is, done as far as each is owed. */
function sum(details: readonly DutyDetail[]): Standing {
  const open = details.filter((d) => d.left > 0);
  const next = (open.length > 0 ? open : details).reduce((a, d) => (d.due < a.due ? d : a));
  const total = (pick: (d: DutyDetail) => number) => details.reduce((n, d) => n + pick(d), 0);
  return {
    owed: total((d) => d.owed),
    done: total((d) => Math.min(d.done, d.owed)),
    madeUp: total((d) => Math.min(d.madeUp, d.owed)),
    left: total((d) => d.left),
    due: next.due,
    excuse: next.excuse,
  };
}

function byDay(a: VisitFact, b: VisitFact): number {
  return a.day < b.day ? -1 : a.day > b.day ? 1 : a.recordedAt - b.recordedAt || a.id - b.id;
}
