import {
  addDays,
  at,
  DAY,
  type Day,
  dayOf,
  daysInMonth,
  isDay,
  MINUTE,
  makeDay,
  monthOf,
  sayDate,
  sayTime,
  weekday,
  yearOf,
} from '../../lib/day.ts';
import type { PlaygroundHost } from './host.ts';
import type { ForwardBody } from './requests.ts';

/** Farther than this in one go is a slip of the finger. */
const FARTHEST = 200 * DAY;

export type StepKey = Extract<ForwardBody, { step: string }>['step'];

export interface Step {
  key: StepKey;
  /** `今天18:10`, `下周一8:30（11月23日）` */
  label: string;
  /** Epoch ms. */
  at: number;
}

/** The steps offered at `now`, all in the future: 10分钟后, 18:10, 明天9:00, 下周一8:50, 月底. */
export function steps(now: number): Step[] {
  const today = dayOf(now);
  const tomorrow = addDays(today, 1);
  const evening = at(today, '18:10') > now ? today : tomorrow;
  const monday = addDays(today, 8 - weekday(today));
  const end = monthEnd(today, now);
  return [
    { key: 'ten-minutes', label: '10分钟后', at: now + 10 * MINUTE },
    { key: 'evening', label: evening === today ? '今天18:10' : '明天18:10', at: at(evening, '18:10') },
    { key: 'morning', label: '明天9:00', at: at(tomorrow, '09:00') },
    { key: 'monday', label: '下周一8:30', at: at(monday, '08:30') },
    { key: 'month-end', label: `月底${Number(end.slice(8))}日`, at: at(end, '18:30') },
  ];
}

function monthEnd(today: Day, now: number): Day {
  const last = (day: Day): Day => makeDay(yearOf(day), monthOf(day), daysInMonth(yearOf(day), monthOf(day)));
  const end = last(today);
  return at(end, '18:30') > now ? end : last(addDays(end, 1));
}

/** The instant that is asked for, or a sentence saying why it cannot be. */
export function targetOf(body: ForwardBody, now: number): { at: number } | { refused: string } {
  if ('step' in body) {
    const step = steps(now).find((candidate) => candidate.key === body.step);
    return step ? { at: step.at } : { refused: '没有这一步，请另选。' };
  }
  const day = body.at.slice(0, 10);
  const time = body.at.slice(11);
  if (!isDay(day) || time > '23:59') return { refused: '没有这个时间，请另选。' };
  const target = at(day, time);
  if (target <= now) return { refused: `现在是${sayMoment(now)}，只能往后走。` };
  return target - now > FARTHEST ? { refused: '一次最多快进200天。' } : { at: target };
}

/** `11月23日（周一）8:30`; the year is said only when it is not that of `today`. */
export function sayMoment(now: number, today?: Day): string {
  const day = dayOf(now);
  return `${sayDate(day, today ?? day)}${sayTime(now)}`;
}

export interface Passed {
  /** Epoch ms reached. */
  at: number;
  sent: number;
  failed: number;
}

/**
 * Moves the office's clock to `target` by way of every instant at which something is due, in order,
 * so that nothing is skipped and every card shows the state of its own time.
 * `onStep` hears of each stop at which something was sent.
 */
export async function fastForward(
  host: PlaygroundHost,
  target: number,
  onStep: (passed: Passed) => void,
): Promise<Passed> {
  let reached = host.clock.now();
  const sum: Passed = { at: target, sent: 0, failed: 0 };
  const stop = async (instant: number): Promise<void> => {
    // The clock runs on while a step is worked off; it never goes back.
    host.clock.set(Math.max(instant, host.clock.now()));
    const done = await host.tick(instant);
    sum.sent += done.sent;
    sum.failed += done.failed;
    if (done.sent + done.failed > 0) onStep({ at: instant, sent: done.sent, failed: done.failed });
    // Let the open pages be written to between two stops.
    await new Promise((resolve) => setImmediate(resolve));
  };
  for (;;) {
    const due = host.nextDue(reached);
    if (due === null || due >= target || due <= reached) break;
    await stop(due);
    reached = due;
  }
  await stop(target);
  await host.settle();
  return sum;
}
