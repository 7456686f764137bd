import { monthOf, sayDay, yearOf } from '../lib/day.ts';

/** `11月25日—28日（出差）`, `12月30日—2027年1月2日（休假）`. */
export function sayLeave(leave: { fromDay: string; toDay: string; reason: string }, today: string): string {
  const from = sayDay(leave.fromDay, today);
  const same =
    monthOf(leave.fromDay) === monthOf(leave.toDay) && yearOf(leave.fromDay) === yearOf(leave.toDay);
  const to = same ? `${Number(leave.toDay.slice(8))}日` : sayDay(leave.toDay, leave.fromDay);
  return `${leave.fromDay === leave.toDay ? from : `${from}—${to}`}（${leave.reason}）`;
}
