import { describe, expect, it } from 'vitest';
import { makeCalendar } from '../../../src/domain/calendar.ts';
import { at, dayOf } from '../../../src/lib/day.ts';
import { playHistory } from '../../../src/web/playground/history.ts';
import { fakeRoom } from './fake-host.ts';

async function played(now: number) {
  const room = fakeRoom();
  room.clock.set(now);
  await playHistory({
    host: room.host,
    stage: room.web.stage,
    rooms: room.playground.rooms,
    calendar: makeCalendar(),
  });
  return room;
}

describe('the weeks before the playground opens', () => {
  it('are said by several people in order, on working days of last week and this, and end at the real now', async () => {
    const now = at('2026-11-18', '15:00');
    const { clock, heard } = await played(now);
    const times = heard.map((event) => event.at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect([...new Set(times.map(dayOf))]).toEqual([
      '2026-11-09',
      '2026-11-10',
      '2026-11-11',
      '2026-11-12',
      '2026-11-16',
      '2026-11-17',
      '2026-11-18',
    ]);
    expect(
      new Set(heard.map((event) => ('sender' in event ? event.sender.id : ''))).size,
    ).toBeGreaterThanOrEqual(5);
    expect(times.every((time) => time < now)).toBe(true);
    expect(clock.now()).toBe(now);
  });

  it('leave out what is not past yet, and the days of a holiday week', async () => {
    const monday = await played(at('2026-11-16', '08:00'));
    expect(monday.heard.every((event) => dayOf(event.at) < '2026-11-16')).toBe(true);
    // 1–7 October 2026 are holidays: of the week before, three working days are left.
    const holiday = await played(at('2026-10-05', '12:00'));
    expect(holiday.heard.every((event) => dayOf(event.at) <= '2026-09-30')).toBe(true);
    expect(holiday.heard.length).toBeGreaterThan(0);
  });

  it('leave nothing unread', async () => {
    const { playground } = await played(at('2026-11-20', '12:00'));
    const { rooms } = playground;
    for (const person of rooms.people)
      for (const chat of rooms.chatsOf(person.id)) expect(rooms.unread(person.id, chat.id)).toBe(0);
  });
});
