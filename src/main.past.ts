import { sql } from 'drizzle-orm';
import { makeCalendar } from './domain/calendar.ts';
import { addDays, dayOf, weekOf } from './lib/day.ts';
import { assemblePlayground, type PlaygroundPlan } from './playground-office.ts';
import { seeder } from './playground-seeder.ts';
import { seedCommunity } from './web/playground/community.ts';
import { playHistory } from './web/playground/history.ts';
import { createStage } from './web/playground/stage.ts';

/** Composition root 3, a child process: founds the playground's community, plays its past, and answers with what was said. */
async function play(plan: PlaygroundPlan): Promise<void> {
  const { store, clock, playground, office, host } = assemblePlayground(plan);
  // What a power cut could take is gone with the process anyway.
  store.db.run(sql`PRAGMA synchronous = OFF`);
  // Since the quarter began, so that the duties of the demonstration are in force.
  const since = addDays(weekOf(dayOf(clock.now())).from, -7 * 20);
  await office.write(() => seedCommunity(seeder(office.q, since, clock.now())));
  await office.start();
  const { rooms } = playground;
  await playHistory({ host, stage: createStage(playground, host), rooms, calendar: makeCalendar() });
  await office.stop();
  store.close();
  process.send?.(rooms.past(), () => process.disconnect());
}

process.once('message', (plan) => void play(plan as PlaygroundPlan));
// Also when whoever wanted to know is gone.
process.once('disconnect', () => process.exit());
