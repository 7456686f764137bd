import { type Day, dayOf, daysBetween } from '../lib/day.ts';
import { dayToCome } from './issue-line.ts';
import { dateAt } from './text/dates.ts';
import { fold } from './text/normalise.ts';

/** Which year or week is meant where the words do not say: the one before, the one to come, or whichever is nearer. */
export type Towards = 'past' | 'future' | 'near';

/**
 * The day at the head of a text, in any form in which people say one: 2026-11-30, 11-30, 11月30日, 昨天, 下周三; and what
 * follows it. null: no day stands there.
 */
export function dayAtHead(text: string, now: number, towards: Towards): { day: Day; rest: string } | null {
  const head = /^[^\s，,；;]+/u.exec(text)?.[0] ?? '';
  const gone = dateAt(fold(text), 0, now);
  const coming = dayToCome(head, now);
  const past = gone && { day: gone.day, rest: text.slice(gone.end) };
  const ahead =
    coming && coming.rest.length < head.length && head.endsWith(coming.rest)
      ? { day: coming.day, rest: coming.rest + text.slice(head.length) }
      : null;
  const found = past && ahead ? choose(past, ahead, now, towards) : (past ?? ahead);
  return found && { day: found.day, rest: found.rest.replace(/^[\s，,、至到—~前-]+/u, '').trim() };
}

function choose<T extends { day: Day }>(past: T, ahead: T, now: number, towards: Towards): T {
  if (towards !== 'near') return towards === 'past' ? past : ahead;
  const today = dayOf(now);
  return daysBetween(past.day, today) < daysBetween(today, ahead.day) ? past : ahead;
}
