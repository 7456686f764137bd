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

describe('the days before the playground opens', () => {
  it('are played by several people in order, on working days, and end at the real now', async () => {
    const now = at('2026-11-18', '15:00');
    const { clock, heard } = await played(now);
    const times = heard.map((event) => event.at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect([dayOf(times[0] ?? 0), dayOf(times.at(-1) ?? 0)]).toEqual(['2026-11-06', '2026-11-17']);
    expect(times.map(dayOf)).not.toContain('2026-11-14');
    expect(
      new Set(heard.map((event) => ('sender' in event ? event.sender.id : ''))).size,
    ).toBeGreaterThanOrEqual(5);
    expect(clock.now()).toBe(now);
  });

  it('step over the holidays', async () => {
    const { heard } = await played(at('2026-10-08', '12:00'));
    const days = new Set(heard.map((event) => dayOf(event.at)));
    expect([...days].filter((day) => day >= '2026-10-01')).toEqual([]);
    expect(days.has('2026-09-30')).toBe(true);
  });

  it('hold a secretary’s decision by the button he would press', async () => {
    const { heard } = await played(at('2026-11-18', '15:00'));
    expect(heard.filter((event) => event.kind === 'action')).toMatchObject([
      { action: 'issue.accept', value: { issue: 128 }, sender: { id: 'he-li' } },
    ]);
  });

  it('leave nothing unread', async () => {
    const { playground } = await played(at('2026-11-20', '12:00'));
    const { rooms } = playground;
    for (const person of rooms.people)
      for (const chat of rooms.chatsOf(person.id)) expect(rooms.unread(person.id, chat.id)).toBe(0);
  });
});
