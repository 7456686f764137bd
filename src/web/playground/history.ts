import type { Calendar } from '../../domain/calendar.ts';
import { addDays, at, type Day, dayOf, weekOf } from '../../lib/day.ts';
import type { Rooms } from '../../platforms/playground/index.ts';
import { fastForward } from './forward.ts';
import { LINES } from './history-lines.ts';
import type { PlaygroundHost } from './host.ts';
import type { Stage } from './stage.ts';

/**
 * Plays what was said last week and this, each line at its own time through the front door, with every job that
 * falls due on the way, and comes back to the real now. Deterministic for a given now.
 */
export async function playHistory(options: {
  host: PlaygroundHost;
  stage: Stage;
  rooms: Rooms;
  calendar: Calendar;
}): Promise<void> {
  const { host, stage, rooms, calendar } = options;
  const now = host.clock.now();
  const monday = weekOf(dayOf(now)).from;
  const weeks = { [-1]: workingDays(calendar, addDays(monday, -7)), 0: workingDays(calendar, monday) };
  const lines = LINES.flatMap((line) => {
    const day = weeks[line.week][line.day];
    return day ? [{ ...line, at: at(day, line.time) }] : [];
  }).filter((line) => line.at < now);
  const first = lines[0];
  if (first) host.clock.set(first.at - 60_000);
  for (const line of lines) {
    await fastForward(host, line.at, () => {});
    await stage.say(line);
    await host.settle();
  }
  await fastForward(host, now, () => {});
  // A newcomer's marks begin with what he does himself.
  for (const person of rooms.people) {
    for (const chat of rooms.chatsOf(person.id)) rooms.markRead(person.id, chat.id);
  }
}

/** The working days of the week that begins on `monday`; a week of holidays has none. */
function workingDays(calendar: Calendar, monday: Day): Day[] {
  return [0, 1, 2, 3, 4, 5, 6].map((n) => addDays(monday, n)).filter((day) => calendar.isWorkingDay(day));
}
