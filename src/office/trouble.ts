import type { Queries } from '../../db/queries/index.ts';
import type { OutboxRow } from '../../db/queries/outbox.ts';
import { DAY, type Day, dayOf, HOUR } from '../lib/day.ts';
import { makeEffects } from './effects.ts';
import type { Parts } from './parts.ts';

const CAUSE = 'trouble:';

/** Row ids of who is told of the office's own troubles. */
export function administrators(q: Queries, day: Day): Set<number> {
  return new Set(
    q.orgs.all().flatMap((org) => q.members.holders(org.id, ['管理员'], day).map((member) => member.id)),
  );
}

/** Dead and uncertain messages are told to administrators at most once an hour, never about themselves (decision 40). */
export function tellAdministrators(parts: Parts, row: OutboxRow, now: number): void {
  if (row.cause.startsWith(CAUSE)) return;
  const { q } = parts;
  const people = administrators(q, dayOf(now));
  if (people.size === 0 || !q.told.first('administrators', 'trouble', now, now - HOUR)) return;
  const fx = makeEffects({
    q,
    vault: parts.vault,
    calendar: parts.calendar(),
    now,
    cause: `${CAUSE}${row.id}`,
    actorId: null,
    exempt: false,
    connection: row.connection,
  });
  for (const member of people)
    fx.privately(member, { view: 'care.troubles', params: {} }, { lane: 'digest' });
}

/** What a platform has to say to who looks after it, at most once a day each; a sentence of ours, with nobody's words in it. */
export function tellSentence(parts: Parts, sentence: string, now: number): void {
  const { q } = parts;
  const people = administrators(q, dayOf(now));
  const mark = parts.vault.digest('sentence', sentence);
  if (people.size === 0 || !q.told.first('administrators', mark, now, now - DAY)) return;
  const fx = makeEffects({
    q,
    vault: parts.vault,
    calendar: parts.calendar(),
    now,
    cause: `${CAUSE}${mark}:${now}`,
    actorId: null,
    exempt: false,
    connection: null,
  });
  for (const member of people) fx.privately(member, { text: sentence }, { lane: 'digest' });
}
