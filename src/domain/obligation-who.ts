/** Whom a clause speaks about, for how much, in which periods, and through which links. Pure look-ups for obligation.ts. */
import { addDays, type Day, daysBetween, earlier, makeDay, yearOf } from '../lib/day.ts';
import type { Calendar } from './calendar.ts';
import type { Adoption, Link, MemberFacts } from './obligation-types.ts';
import { lengthOf, nudgeDays, type Period, type Span } from './period.ts';
import type { Cohort, Obligation } from './policy.ts';

type Named = Pick<MemberFacts, 'cohorts' | 'roles' | 'rank'>;

/** Whether a clause speaks of this member; `linked` = the member has the link that the clause is about. */
export function belongsTo(cohort: Cohort, member: Named, linked: boolean): boolean {
  if (cohort.by === 'link') return linked;
  const held = namesOf(member);
  if ([cohort.name, ...cohort.aliases].some((name) => held.includes(name))) return true;
  return member.cohorts === null && linked;
}

/** The number a clause asks of this member: by rank where it says so, else for everyone; 0 = nothing. */
export function quotaOf(o: Obligation, member: Named): number {
  const { byRank } = o;
  if (byRank === undefined) return o.count ?? 0;
  // several ranks at once: the highest number, not the sum
  const highest = Math.max(0, ...namesOf(member).map((name) => byRank[name] ?? 0));
  return highest > 0 ? highest : (o.count ?? 0);
}

/**
 * The adoptions in force today, by age. Copies of one system that follow each other without a gap are one stretch of
 * time: a number changed in mid-period, with a date, must not end the period's duty before it or after it.
 */
export function inForce(adoptions: readonly Adoption[], today: Day): Adoption[] {
  const sorted = [...adoptions].sort((a, b) => daysBetween(b.from, a.from));
  return sorted.flatMap((own, i) => {
    if (own.from > today || (own.to !== null && own.to < today)) return [];
    let { from, to } = own;
    const same = (other: Adoption) => other.policy.system === own.policy.system;
    for (const older of sorted.slice(0, i).reverse()) {
      if (same(older) && (older.to === null || addDays(older.to, 1) >= from)) from = older.from;
    }
    for (const younger of sorted.slice(i + 1)) {
      if (same(younger) && to !== null && addDays(to, 1) >= younger.from) to = younger.to;
    }
    return from === own.from && to === own.to ? [own] : [{ ...own, from, to }];
  });
}

/** In force from the first third of the period on (or earlier) to its end. */
export function isAsked(adoption: Adoption, period: Period): boolean {
  if (adoption.to !== null && adoption.to < period.to) return false;
  // a campaign has dates of its own: whoever adopts it while it runs means it
  if (period.per === 'campaign') return adoption.from <= period.to;
  if (adoption.from <= period.from) return true;
  return daysBetween(period.from, adoption.from) * 3 < lengthOf(period);
}

/** A campaign without dates of its own runs as long as the adoption, at most to the end of the year it began in. */
export function campaignOf(adoption: Adoption): Span {
  return { from: adoption.from, to: adoption.to ?? makeDay(yearOf(adoption.from), 12, 31) };
}

/** A household or point with every stretch of time over which it was linked. */
export type Linked = { id: number; name: string | null; spans: readonly Link[] };

/** The same household linked twice, with a gap or without, is one. */
export function mergeLinks(links: readonly Link[]): Linked[] {
  const byId = new Map<number, { id: number; name: string | null; spans: Link[] }>();
  for (const link of links) {
    const known = byId.get(link.id);
    if (known) known.spans.push(link);
    else byId.set(link.id, { id: link.id, name: link.name ?? null, spans: [link] });
  }
  return [...byId.values()];
}

/** Whether the link holds on that day. */
export function isOn(link: Pick<Linked, 'spans'>, day: Day): boolean {
  return link.spans.some((span) => span.from <= day && (span.to === null || day <= span.to));
}

/** Holds today (or at the end of a past period), and began early enough to be told of: by the second nudge day. */
export function isOwed(link: Linked, period: Period, today: Day, calendar: Calendar): boolean {
  const ref = earlier(today, period.to);
  const span = link.spans.find((one) => one.from <= ref && (one.to === null || ref <= one.to));
  if (span === undefined) return false;
  return span.from <= period.from || span.from <= nudgeDays(period, calendar)[1];
}

function namesOf(member: Named): string[] {
  const names = [...(member.cohorts ?? []), ...member.roles];
  return member.rank ? [...names, member.rank] : names;
}
