import { DAY, dayOf, HOUR } from '../lib/day.ts';
import { purgeSeen } from '../work/group-people.ts';
import type { GroupCommit } from './group-commit.ts';
import type { Parts } from './parts.ts';

/** Decision 28: what was typed goes after 7 days; the keys of events when no platform can push them again. */
const BODIES = 7 * DAY;
const KEYS = 30 * DAY;
/** What was sent holds references and sealed text only, and is of use while somebody asks after it. */
const SENT = 30 * DAY;
const CARDS = 60 * DAY;
/** Care 17: where a photo stands, unless an issue born of the visit is open. */
const PHOTOS = 90 * DAY;
/** Far beyond every job's lookback and every "once in so many days". */
const MARKS = 400 * DAY;
/** Rows a commit (decision 41: no slice over 50 ms). */
const SLICE = 500;
/** Settings: when it was last done, and up to which event bodies are gone. */
const DONE = 'retention';
const BODIES_UP_TO = 'retention-bodies';

/**
 * What is not kept for ever goes, once an hour, in short transactions beside other work (decision 28; care 17).
 * A stop in between loses nothing: the next hour goes on.
 */
export async function keepWithinTerms(parts: Parts, commit: GroupCommit): Promise<void> {
  const { q } = parts;
  const now = parts.clock.now();
  const last = q.settings.get<number>(DONE);
  if (last !== null && now - last < HOUR && last <= now) return;
  // Bodies up to there are gone already.
  let upTo = q.settings.get<number>(BODIES_UP_TO) ?? 0;
  for (;;) {
    const next = await commit.run(() => q.upkeep.dropBodies(upTo, now - BODIES, now, SLICE));
    if (next === null) break;
    upTo = next;
  }
  const slices = [
    () => q.upkeep.dropKeys(now - KEYS, SLICE),
    () => q.upkeep.dropSent(now - SENT, SLICE),
    () => q.upkeep.dropCards(now - CARDS, SLICE),
    () => q.photos.purge(now - PHOTOS, SLICE),
    () => purgeSeen(q, now - BODIES, now, SLICE),
  ];
  for (const slice of slices) while ((await commit.run(slice)) === SLICE);
  await commit.run(() => {
    q.strangers.purge(now - BODIES);
    q.upkeep.dropTold(now - MARKS);
    q.upkeep.dropRuns(now - MARKS);
    q.quota.drop(dayOf(now - MARKS));
    q.settings.set(BODIES_UP_TO, upTo);
    q.settings.set(DONE, now);
  });
}
