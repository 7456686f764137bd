import { describe, expect, it } from 'vitest';
import { makeCalendar } from '../../src/domain/calendar.ts';
import { type AlarmFacts, alarmsOf } from '../../src/domain/issue-alarms.ts';
import { STATES } from '../../src/domain/issue-types.ts';

const calendar = makeCalendar();
const at = (time: string) => Date.parse(`${time}+08:00`);
const facts = (given: Partial<AlarmFacts>): AlarmFacts => ({
  state: 'reported',
  grade: 'ordinary',
  stepAt: at('2026-11-18T15:00'),
  dueAt: at('2026-11-19T17:30'),
  handlerId: null,
  handlerOrgId: null,
  askerId: null,
  ...given,
});
const said = (given: Partial<AlarmFacts>) =>
  alarmsOf(facts(given), calendar).map((alarm) => {
    const time = new Date(alarm.at + 8 * 3_600_000).toISOString().slice(0, 16);
    return `${alarm.stage} ${alarm.whom} ${time}${alarm.urgent ? ' urgent' : ''}`;
  });

describe('a decision that waits', () => {
  it('calls deputies one working day late, the level above after another (decision 17)', () => {
    expect(said({})).toEqual(['late deputies 2026-11-20T17:30', 'later above 2026-11-23T17:30']);
  });

  it('counts working days over a holiday', () => {
    expect(said({ stepAt: at('2026-09-29T09:00'), dueAt: at('2026-09-30T17:30') })).toEqual([
      'late deputies 2026-10-08T17:30',
      'later above 2026-10-09T17:30',
    ]);
  });

  it('of an hour grade goes by the wall clock (decision 34)', () => {
    expect(said({ grade: 'danger', stepAt: at('2026-11-21T23:00'), dueAt: at('2026-11-22T01:00') })).toEqual([
      'half deputies 2026-11-22T00:00 urgent',
      'late above 2026-11-22T01:00 urgent',
    ]);
    expect(said({ state: 'escalated', grade: 'utility', dueAt: at('2026-11-19T15:00') })).toEqual([
      'half deputies 2026-11-19T03:00 urgent',
      'late above 2026-11-19T15:00 urgent',
    ]);
  });
});

describe('work in hand', () => {
  const due = at('2026-11-27T17:30');
  it.each(['handling', 'outside', 'rework', 'resolved', 'explained', 'settledOnSpot'] as const)(
    '%s reminds its holder once, the working day before',
    (state) => {
      expect(said({ state, dueAt: due, handlerId: 5 })).toEqual(['remind holder 2026-11-26T09:00']);
    },
  );

  it('does not remind of what was given today and is due tomorrow', () => {
    expect(said({ state: 'resolved', handlerId: 5 })).toEqual([]);
    expect(said({ state: 'resolved', handlerId: 5, stepAt: at('2026-11-18T07:00') })).toEqual([]);
  });

  it('that nobody took comes back to the secretary when it is due', () => {
    expect(said({ state: 'dispatched', handlerOrgId: 9, dueAt: due })).toEqual([
      'remind holder 2026-11-26T09:00',
      'late secretary 2026-11-27T17:30',
    ]);
    expect(said({ state: 'thirdPath', dueAt: due })).toContain('late secretary 2026-11-27T17:30');
  });

  it('of an hour grade climbs too', () => {
    expect(said({ state: 'handling', grade: 'danger', handlerId: 5, dueAt: at('2026-11-18T17:00') })).toEqual(
      [
        'half holder 2026-11-18T16:00 urgent',
        'late deputies 2026-11-18T17:00 urgent',
        'later above 2026-11-18T18:00 urgent',
      ],
    );
  });

  it('reminds the asker, and leaves a matter without one to Monday’s list (decision 19)', () => {
    const ask = { state: 'awaitingSignOff', dueAt: at('2026-11-20T17:30') } as const;
    expect(said({ ...ask, askerId: 7 })).toEqual(['remind holder 2026-11-19T09:00']);
    expect(said(ask)).toEqual(['remind holder 2026-11-19T09:00']);
  });
});

it('is silent when closed or without a time, and speaks of every other state', () => {
  expect(said({ state: 'closed' })).toEqual([]);
  expect(said({ dueAt: null })).toEqual([]);
  for (const state of STATES.filter((each) => each !== 'closed')) {
    expect(said({ state, dueAt: at('2026-12-10T17:30') }), state).not.toEqual([]);
  }
});
