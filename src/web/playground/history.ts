import type { Calendar } from '../../domain/calendar.ts';
import { addDays, at, type Day, dayOf } from '../../lib/day.ts';
import type { Rooms } from '../../platforms/playground/index.ts';
import { fastForward } from './forward.ts';
import { PAST } from './history-lines.ts';
import { pressNamed } from './history-press.ts';
import type { PlaygroundHost } from './host.ts';
import type { Stage } from './stage.ts';

/**
 * Plays the working days before today, each act at its own time through the front door, with every job that
 * falls due on the way, and comes back to the real now. The same for every start on the same day.
 */
export async function playHistory(options: {
  host: PlaygroundHost;
  stage: Stage;
  rooms: Rooms;
  calendar: Calendar;
}): Promise<void> {
  const { host, stage, rooms, calendar } = options;
  const now = host.clock.now();
  const acts = PAST.map((act) => ({
    ...act,
    at: at(workingDayAgo(calendar, dayOf(now), act.ago), act.time),
  }));
  const first = acts[0];
  if (first) host.clock.set(first.at - 60_000);
  for (const act of acts) {
    await fastForward(host, act.at, () => {});
    if ('press' in act) await pressNamed({ rooms, stage, label: act.press, fill: act.fill ?? {} });
    else await stage.say(act);
    await host.settle();
  }
  await fastForward(host, now, () => {});
  // A newcomer's marks begin with what he does himself.
  for (const person of rooms.people) {
    for (const chat of rooms.chatsOf(person.id)) rooms.markRead(person.id, chat.id);
  }
}

function workingDayAgo(calendar: Calendar, today: Day, ago: number): Day {
  let day = today;
  for (let left = ago; left > 0; ) {
    day = addDays(day, -1);
    if (calendar.isWorkingDay(day)) left -= 1;
  }
  return day;
}
