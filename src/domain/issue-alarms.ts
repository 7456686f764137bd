/**
 * When an open matter makes itself heard by itself (decisions 17, 34; domain.md "Clock": a scan looks at every open
 * item). Data and one pure function; who is meant by `whom` is looked up when the time comes.
 */
import { at, dayOf, HOUR } from '../lib/day.ts';
import type { Calendar } from './calendar.ts';
import { dueAfter } from './deadline.ts';
import { DECIDING, type IssueFacts, OPEN, WORKING } from './issue-types.ts';

/** remind: once before it is due · half: half of an hour grade's time is gone · late, later: past its time. */
export type Stage = 'remind' | 'half' | 'late' | 'later';
/** Who has it in hand · the secretary · the secretary and his deputies · the level above (decision 17). */
export type Whom = 'holder' | 'secretary' | 'deputies' | 'above';

export interface Alarm {
  stage: Stage;
  whom: Whom;
  /** Epoch ms. */
  at: number;
  /** Hour grades pass quiet hours (decision 34). */
  urgent: boolean;
}

export type AlarmFacts = Pick<
  IssueFacts,
  'state' | 'grade' | 'stepAt' | 'dueAt' | 'handlerId' | 'handlerOrgId' | 'askerId'
> & {
  thirdPath?: IssueFacts['thirdPath'];
};

/** How long before and after `dueAt` an alarm can lie, ms: wide enough for the longest holidays. */
export const ALARM_REACH = 14 * 24 * HOUR;

/** Hour grades: what is asked of whom when, as the share of the time from the step to the due instant. */
const HOURS: Readonly<Record<'deciding' | 'working', readonly (readonly [Stage, Whom, number])[]>> = {
  deciding: [
    ['half', 'deputies', 0.5],
    ['late', 'above', 1],
  ],
  working: [
    ['half', 'holder', 0.5],
    ['late', 'deputies', 1],
    ['later', 'above', 1.5],
  ],
};

/** Ordinary decisions: working days past the due instant. */
const DAYS: readonly (readonly [Stage, Whom, number])[] = [
  ['late', 'deputies', 1],
  ['later', 'above', 2],
];

/** Does somebody have it in hand by name? A unit that nobody of has taken it for has not. */
export function isHeld(facts: AlarmFacts): boolean {
  if (facts.state === 'awaitingSignOff') return facts.askerId !== null;
  if (facts.state === 'thirdPath') return facts.handlerId !== null;
  if (WORKING.includes(facts.state)) return facts.handlerId !== null;
  return !DECIDING.includes(facts.state);
}

/** Every alarm of the present step, by time. */
export function alarmsOf(facts: AlarmFacts, calendar: Calendar): Alarm[] {
  const { state, grade, stepAt, dueAt } = facts;
  if (dueAt === null || !OPEN.includes(state)) return [];
  const deciding = DECIDING.includes(state);
  if ((grade === 'danger' || grade === 'utility') && (deciding || WORKING.includes(state))) {
    const span = Math.max(0, dueAt - stepAt);
    return HOURS[deciding ? 'deciding' : 'working'].map(([stage, whom, share]) => ({
      stage,
      whom,
      at: stepAt + span * share,
      urgent: true,
    }));
  }
  if (deciding) {
    return DAYS.map(([stage, whom, workingDays]) => ({
      stage,
      whom,
      at: dueAfter({ workingDays }, dueAt, calendar),
      urgent: false,
    }));
  }
  const reminder = at(calendar.addWorkingDays(dayOf(dueAt), -1), '09:00');
  const alarms: Alarm[] = [];
  // Who took it an hour ago needs no reminder; neither does who has it only until tonight.
  if (reminder > stepAt && dayOf(reminder) > dayOf(stepAt))
    alarms.push({ stage: 'remind', whom: 'holder', at: reminder, urgent: false });
  // Nobody to name as asker is said in Monday's list (decision 19), not day by day.
  if (!isHeld(facts) && state !== 'awaitingSignOff')
    alarms.push({ stage: 'late', whom: 'secretary', at: dueAt, urgent: false });
  return alarms;
}
